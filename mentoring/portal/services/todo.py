"""«Что сделать сегодня»: live queries, one small function per line of the list."""

import datetime as dt
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mentoring.core.keys import Key
from mentoring.portal.services import (
    desk_plan,
    todo_curator,
    todo_groups,
    todo_office,
    todo_people,
    todo_programs,
)
from mentoring.portal.services.desk_plan import DeskPlan
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import Membership, Person
from people.models.accounts import Role
from people.permissions import CURATORS, HEADS, MANAGERS, has_any
from people.services.counting import SCHOOL, Column, number_of, prepared, read
from people.services.unchanged import last_line
from roadmap.document_permissions import can_decide
from roadmap.kinds import KINDS
from roadmap.models import Acknowledgement, ApprovalStep, Document, Reading

State = Document.State


def desk(membership: Membership) -> dict:
    """Lists for the home page: `todo` lines, the `plan` of today, `papers` in force, `numbers` of the bank."""
    today = timezone.localdate()
    numbers = counted(membership, today)
    plan = desk_plan.shown(membership.organization, today, numbers["line"])
    lines = [
        *to_decide(membership, numbers),
        *to_read(membership, numbers),
        *to_acknowledge(membership, numbers),
    ]
    lines += [
        *todo_people.own_lines(membership, numbers, today),
        *todo_groups.own_lines(membership, numbers),
        *todo_programs.own_lines(membership, numbers),
        *todo_programs.head_lines(membership, numbers),
        *todo_people.head_lines(membership, numbers),
        *todo_office.lines(membership, numbers, today),
        *todo_curator.curator_lines(membership, numbers),
    ]
    if has_any(membership, CURATORS):
        papers = list(current_papers(membership))
        lines += [*to_plan(membership, plan), *to_draft(membership, plan, papers)]
        lines += [*to_send(membership, papers), *to_sign(membership, papers)]
    return {
        "todo": sorted(lines, key=lambda one: ORDER[one.tone]), "plan": plan, "papers": numbers["in_force"],
        "numbers": todo_office.bank_numbers(membership, numbers), "today": today,
        "manages": has_any(membership, MANAGERS),
    }  # fmt: skip


# What waits for this person comes first, what is late before everything.
ORDER = {"late": 0, "wait": 1, "work": 2, "done": 3}


def counted(membership: Membership, today: dt.date) -> dict[str, int]:
    """Numbers of all lines, and under "line" the last line of the journal: one query."""
    school = membership.organization
    asked = numbers_of(Asker(membership.current_roles, school.head_approves_programs)) | last_line()
    return read(asked, school=school.pk, person=membership.person_id, today=today)


@lru_cache(maxsize=256)  # some twenty sets of roles
def numbers_of(asker: Asker) -> dict[str, Column]:
    """What the lines of these roles count, put into SQL for any person of any school on any day."""
    rows = {
        "steps": open_steps(asker), "in_force": Document.objects.in_force(), "readings": unread(asker.person), "sheets": unacknowledged(asker.person),
        **todo_people.own_rows(asker), **todo_groups.own_rows(asker),
        **todo_programs.rows(asker.person), **todo_curator.rows(asker),
        **todo_office.rows(asker), **todo_people.head_rows(asker),
        **todo_programs.head_rows(asker),
    }  # fmt: skip
    return prepared({name: number_of(each, SCHOOL) for name, each in rows.items()})


def current_papers(membership: Membership):
    rows = Document.objects.of(membership.organization).exclude(
        state__in=[State.CANCELLED, State.REPLACED]
    )
    return rows.select_related("annexed_to").defer("body")


def document_url(document: Document, membership: Membership) -> str:
    return reverse("document", args=[membership.organization.slug, document.pk])


def days_since(moment) -> str:
    days = (timezone.now() - moment).days
    return f"ждёт {days} дн." if days else "пришло сегодня"


def open_steps(asker: Asker | Membership) -> QuerySet:
    """Those that this one may have to decide; `can_decide` has the last word."""
    Kind, roles = ApprovalStep.Kind, asker.current_roles
    roles = roles | {Role.HEAD} if has_any(asker, HEADS) else roles
    own = Q(kind=Kind.ROLE, role__in=roles) | Q(kind=Kind.PERSON, person=asker.person)
    own = own | Q(kind=Kind.BODY) if has_any(asker, CURATORS) else own
    return ApprovalStep.objects.filter(own, state=ApprovalStep.State.OPEN)


def unread(person: Person | Key) -> QuerySet:
    return Reading.objects.filter(person=person, read_at=None)


def unacknowledged(person: Person | Key) -> QuerySet:
    return Acknowledgement.objects.filter(person=person, acknowledged_on=None, document__state=State.IN_FORCE)  # fmt: skip


def to_decide(membership: Membership, found: dict[str, int]) -> list[Todo]:
    """Open steps that this member may decide."""
    if not found["steps"]:
        return []
    steps = open_steps(membership).of(membership.organization)
    steps = steps.select_related("document", "person").defer("document__body").order_by("opened_at")  # fmt: skip
    return [
        Todo(
            f"{verb(step)}: {step.document.full_title}",
            document_url(step.document, membership),
            "wait",
            days_since(step.opened_at),
        )
        for step in steps
        if can_decide(membership, step)
    ]


def verb(step: ApprovalStep) -> str:
    if step.kind == ApprovalStep.Kind.BODY:
        return f"Записать решение ({step.body_name})"
    return "Утвердить" if step.is_head_step else "Согласовать"


def to_read(membership: Membership, found: dict[str, int]) -> list[Todo]:
    if not found["readings"]:
        return []
    readings = unread(membership.person).of(membership.organization)
    school = membership.organization.slug
    return [
        Todo(
            f"Прочитать проект: {reading.circulation.title}",
            reverse("circulation", args=[school, reading.circulation_id]),
            "wait",
            f"до {reading.circulation.due_on:%d.%m.%Y}" if reading.circulation.due_on else "",
        )
        for reading in readings.select_related("circulation")
    ]


def to_acknowledge(membership: Membership, found: dict[str, int]) -> list[Todo]:
    if not found["sheets"]:
        return []
    rows = unacknowledged(membership.person).of(membership.organization)
    return [
        Todo(
            f"Ознакомиться: {row.document.full_title}",
            document_url(row.document, membership),
            "wait",
        )
        for row in rows.select_related("document").defer("document__body")
    ]


def to_plan(membership: Membership, plan: DeskPlan | None) -> list[Todo]:
    """The first step of a new school: a roadmap."""
    if plan:
        return []
    url = reverse("roadmap_new", args=[membership.organization.slug])
    return [Todo("Составить дорожную карту", url, note="начните с готового образца")]


def to_draft(membership: Membership, plan: DeskPlan | None, papers: list[Document]) -> list[Todo]:
    """Papers that the newest plan names and nobody has drafted yet (of kinds the portal makes)."""
    made = {paper.kind for paper in papers}
    url = reverse("document_new", args=[membership.organization.slug])
    return [
        Todo(f"Подготовить: {KINDS[kind].title}", f"{url}?kind={kind}&roadmap={plan.pk}")
        for kind in (plan.kinds if plan else ())
        if kind in KINDS and kind not in made
    ]


def to_send(membership: Membership, papers: list[Document]) -> list[Todo]:
    drafts = [paper for paper in papers if paper.state == State.DRAFT]
    return [
        Todo(f"Дописать и отправить: {draft.full_title}", document_url(draft, membership))
        for draft in drafts
    ]


def to_sign(membership: Membership, papers: list[Document]) -> list[Todo]:
    waiting = [
        paper
        for paper in papers
        if paper.state == State.APPROVED and not hasattr(paper, "annexed_to")
    ]
    return [
        Todo(
            f"Отметить подпись: {paper.full_title}",
            document_url(paper, membership),
            "wait",
            "утверждён, ждёт подписи",
        )
        for paper in waiting
    ]
