"""Door 5: programs and background work – tokens of the API, tasks given foreign ids, letters that went out."""

import re

from django.core import mail
from django.db import transaction

from people.models import ImportBatch, Job, Membership
from people.tasks import write_staff_list
from programs.models import Program, ReportRequest
from programs.tasks import count_summary, print_programs
from tests.api.makers import ALL_SCOPES, SCHOOL_SCOPES, make_token
from tests.leaks.marks import words_of
from tests.leaks.tally import Tally
from tests.leaks.untouched import Untouched, capture
from tests.leaks.world import World

API, TASKS, LETTERS = "api", "tasks", "letters"
ADDRESSES = (
    "", "openapi.json", "organization", "indicators", "reports", "reports/{report}", "requests", "requests/{request}", "requests/{request}/summary",
    "requests/{request}/submissions", "requests/{request}/submissions/{school}",
)  # fmt: skip
TOKENS = {"curator": SCHOOL_SCOPES, "stranger": SCHOOL_SCOPES, "authority_curator": ALL_SCOPES}
OWNER = re.compile(r"@([a-z]+)\.example")


def every_token(world: World, tally: Tally, *, single: bool = True) -> None:
    """Tokens of our school, of a stranger and of the authority at each other's rows; `single`: of each scope too."""
    for role, scopes in TOKENS.items():
        if role not in world.members:
            continue
        for chosen in [scopes, *([scope] for scope in scopes if single)]:
            secret = make_token(world.members[role], *chosen, name="проверка")
            for address in ADDRESSES:
                for ids in foreign_numbers(world, role):
                    ask(world, tally, role, secret, address.format(**ids))


def foreign_numbers(world: World, role: str) -> list[dict]:
    from roadmap.models import Document

    paper = Document.objects.of(world.other).filter(kind="authority_report").values_list("pk", flat=True).first()  # fmt: skip
    requests = [] if role == "authority_curator" else [world.foreign_ids["request"]]
    foreign = ReportRequest.objects.exclude(organization=world.members[role].organization)
    requests += foreign.order_by("pk").values_list("pk", flat=True)[:2]
    return [{"report": paper or 0, "request": pk, "school": world.other.pk} for pk in requests]


def ask(world: World, tally: Tally, role: str, secret: str, address: str) -> None:
    """What is not of the token's owner is 404 (or 403 without the scope), and says nothing."""
    from tests.leaks.pages import hidden_from

    path = f"/api/v1/{address}"
    tally.asked(API, f"token of {role}", path)
    for query in ("", f"?school={world.other.pk}&organization={world.other.pk}"):
        answer = world.visit("anonymous", "GET", path + query, headers={"authorization": f"Bearer {secret}"})  # fmt: skip
        text = words_of(answer.body).casefold()
        for mark in hidden_from(world, role):
            if mark.casefold() in text:
                tally.leak(API, f"{role} {path}: {answer.status_code}, «{mark}»")
        if re.search(r"/\d", address) and answer.status_code == 200:
            tally.leak(API, f"{role} {path}: 200")


def every_task(world: World, tally: Tally) -> None:
    """A task of our school given an id of the neighbour refuses, or finds nothing to do."""
    untouched = Untouched([world.other, *filter(None, [world.strange])])
    untouched.remember()
    other = {model: model.objects.of(world.other).order_by("pk").values_list("pk", flat=True).first() for model in (ImportBatch, Program)}  # fmt: skip
    foreign = ReportRequest.objects.exclude(organization=world.school).values_list("pk", flat=True)
    ImportBatch.objects.filter(pk=other[ImportBatch]).update(state=ImportBatch.State.RUNNING)
    untouched.remember()
    curator = world.members["curator"]
    calls = (
        (write_staff_list, {"batch_id": other[ImportBatch], "only_valid": True}),
        (print_programs, {"program_ids": [other[Program]]}),
        (count_summary, {"request_id": foreign.first(), "closing": True}),
    )
    for task, arguments in calls:
        run(tally, untouched, task, curator, arguments)


def run(tally: Tally, untouched: Untouched, task, by: Membership, arguments: dict) -> None:
    tally.asked(TASKS, "curator", f"task:{task.func.__name__}")
    job = Job.objects.create(organization=by.organization, membership=by, title="Проверка")
    with transaction.atomic():
        with capture() as captured:
            try:
                with transaction.atomic():
                    task.func(job.pk, **arguments)
            except Exception as error:
                if "DoesNotExist" not in type(error).__name__:
                    tally.requests[f"refused by {type(error).__name__}"] += 1
        for fault in untouched.after(captured):
            tally.leak(TASKS, f"{task.func.__name__} {arguments}: {fault}")
        transaction.set_rollback(True)


def every_letter(world: World, tally: Tally) -> None:
    """What left while the schools were filled names the addressee's school only."""
    words = {world.school.slug: world.own_mark, world.other.slug: world.marks[0]}
    words |= {world.strange.slug: world.marks[1]} if world.strange else {}
    for letter in mail.outbox:
        whose = OWNER.search(letter.to[0])
        tally.asked(LETTERS, "addressee", f"letter:{letter.to[0]}")
        text = f"{letter.subject}\n{letter.body}\n{letter.alternatives}".casefold()
        for slug, mark in words.items():
            if whose and slug != whose[1] and mark.casefold() in text:
                tally.leak(LETTERS, f"{letter.to[0]}: «{mark}»")
