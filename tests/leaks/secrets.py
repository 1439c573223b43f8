"""Words that only some of one school may read (R-213, R-224, R-305): planted here, looked for at every door.

Each text is «кварц <mark>»: the searches ask for the first word, the answers are looked through for the second.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from people.models import Membership, PersonNote, RestrictedRead, Survey
from people.services import answers, banks, consents, notes, questionnaires, surveys
from people.services.public_addresses import add_address
from programs.models import PrivateNote, Program, Proposal, Referral
from tests.factories import make_person
from tests.leaks.marks import found
from tests.leaks.tally import Tally
from tests.leaks.world import World

DOOR, WORD = "secrets", "кварц"
TODAY = timezone.localdate()
CURATOR = frozenset({"curator"})
MANAGERS = frozenset({"curator", "head"})
CASE = MANAGERS | {"psychologist"}
# Mark → who of our school may read it; nobody else may, and nobody outside.
ALLOWED = {
    "тайна-третьих": CASE,
    "тайна-психолога": frozenset({"psychologist"}),
    "тайна-пары": frozenset({"mentor", "mentee"}),
    "тайна-ответа": CASE,
    "тайна-скрытая": CURATOR | {"psychologist"},
    "тайна-куратору": CURATOR,
    "тайна-анонима": frozenset(),
    "тайна-запроса": CASE,
    "тайна-согласия": MANAGERS,
    "тайна-предложения": MANAGERS | {"psychologist"},
    "тайна-службы": CURATOR | {"mentor", "psychologist"},
}  # fmt: skip
LOGGED = "тайна-третьих"


def text(mark: str) -> str:
    return f"{WORD} {mark}"


def plant(members: dict[str, Membership]) -> None:
    """A colleague in the bank, whom the psychologist accompanies, with everything that may be closed about a person."""
    curator, psychologist = members["curator"], members["psychologist"]
    person = make_person(curator.organization, last_name="Иволгина")
    asked = consents.ask([person], "data", on=TODAY, by=curator)[0]
    consents.give(asked, on=TODAY, method="paper", by=curator, saw_original=curator)
    card = banks.enter(person, "mentees", on=TODAY, by=curator, request=text("тайна-запроса"))
    banks.approve([card], on=TODAY, by=members["head"], reason="")
    notes.add_note(person, kind="third_party", author_role="parent", text=text("тайна-третьих"), on=TODAY, by=curator)  # fmt: skip
    notes.open_case(person, psychologist=psychologist, on=TODAY, by=curator)
    notes.add_note(person, kind="psychologist", author_role="psychologist", text=text("тайна-психолога"), on=TODAY, by=psychologist)  # fmt: skip
    plant_answers(curator, person)
    plant_consent(curator, person)
    plant_programme(members)


def plant_answers(curator: Membership, person) -> None:
    form = questionnaires.create_own(title="Закрытая анкета", audience="staff", by=curator)
    kept = {"code": "kept", "type": "text", "text": "Только куратору", "only_curator": True}
    content = {"intro": "", "sections": [{"code": "main", "title": "Раздел", "questions": [{"code": "one", "type": "text", "text": "Вопрос"}, kept]}]}  # fmt: skip
    questionnaires.save_content(form, content, by=curator)
    marks = {"named": "тайна-ответа", "hidden": "тайна-скрытая", "anonymous": "тайна-анонима"}
    extra = [make_person(curator.organization, last_name="Иволгина") for _ in range(4)]
    for privacy, mark in marks.items():
        others = extra if privacy == "anonymous" else []
        survey = surveys.create(form, people=[person, *others], by=curator, title=f"Опрос {privacy}", opens_on=TODAY, closes_on=None, privacy=privacy)  # fmt: skip
        surveys.open_survey(survey, on=TODAY, by=curator)
        values = {"one": text(mark), "kept": text("тайна-куратору")}
        participant = surveys.with_survey(survey.participants.filter(person=person)).get()
        if privacy == Survey.Privacy.ANONYMOUS:
            answers.send_anonymous(participant, {"one": values["one"]})
        else:
            given = values if privacy == "named" else {"one": values["one"]}
            answers.enter_from_paper(participant, given, on=TODAY, by=curator)


def plant_consent(curator: Membership, person) -> None:
    address = add_address(by=curator, url="tajna.example", title="Сайт")
    choices = [{"item": "name", "address": address, "allowed": True, "condition": text("тайна-согласия")}]  # fmt: skip
    asked = consents.ask([person], "dissemination", on=TODAY, by=curator)[0]
    consents.give(asked, on=TODAY, method="paper", by=curator, saw_original=curator, choices=choices)  # fmt: skip


def plant_programme(members: dict[str, Membership]) -> None:
    """In the pair of the mentor and the mentee."""
    mentor = members["mentor"].person
    own = {"organization": mentor.organization}
    program = Program.objects.of(mentor.organization).get(group__mentor=mentor)
    PrivateNote.objects.create(program=program, person=mentor, text=text("тайна-пары"), **own)
    Referral.objects.create(program=program, author=mentor, service="psychologist", text=text("тайна-службы"), sent_on=TODAY, **own)  # fmt: skip
    author = members["psychologist"].person
    Proposal.objects.create(author=author, about=mentor, kind="discipline", text=text("тайна-предложения"), made_on=TODAY - dt.timedelta(days=1), **own)  # fmt: skip


def closed_to(role: str) -> tuple[str, ...]:
    """Marks that the role of our school may not meet."""
    return tuple(mark for mark, roles in ALLOWED.items() if role not in roles)


def every_reading(world: World, tally: Tally, roles=("curator", "head", "psychologist")) -> None:
    """Whoever reads a note of a third party leaves a line in the log of readings, at whichever page."""
    person = PersonNote.objects.of(world.school).filter(text=text(LOGGED)).get().person_id
    pages = [f"/s/{world.school.slug}/{end}" for end in readings(world, person)]
    for role in roles:
        for path in pages:
            tally.asked(DOOR, role, path)
            with transaction.atomic():
                before = RestrictedRead.objects.of(world.school).count()
                answer = world.visit(role, "GET", path, keep=True)
                logged = RestrictedRead.objects.of(world.school).count() - before
                transaction.set_rollback(True)
            if found(answer, [LOGGED, "тайна-психолога"]) and not logged:
                tally.leak(DOOR, f"{role} {path}: read without a line in the log")


def readings(world: World, person: int) -> list[str]:
    """Pages about the person, and where texts of all kinds are searched for."""
    rows = PersonNote.objects.of(world.school).values_list("pk", flat=True)
    return [
        f"people/{person}/", f"people/{person}/notes/", f"people/{person}/extract.pdf", f"banks/mentees/{person}/", f"search/?q={WORD}",
        *(f"notes/{pk}/" for pk in rows),
    ]  # fmt: skip
