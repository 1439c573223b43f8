"""Registries of mentors and mentees with the columns of the model (методология Р-145, R-222): lines for tables and papers.

Made on demand of people with a valid consent, kept nowhere; who took one stands in the journal.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse

from people.models import Membership, MenteeProfile, MentorProfile, Organization, Person
from people.models.banks import BankState
from people.services import catalogues, journal
from programs.models import GroupMember, MentoringGroup, Practice, Program
from programs.monitoring.scope import STARTED
from programs.report_permissions import can_read_reports

MENTEE_HEADINGS = (
    "№", "Фамилия, имя, отчество", "Контакты", "Год рождения", "Основной запрос", "Дата вхождения", "Наставник", "Форма",
    "Место работы наставника", "Дата завершения", "Результаты", "Ссылка на кейс или отзыв", "Отметка о прохождении",
)  # fmt: skip
MENTOR_HEADINGS = (
    "№", "Фамилия, имя, отчество", "Контакты", "Место работы", "Основные компетенции", "Важные достижения", "Интересы",
    "Кого хотел бы сопровождать", "Ресурс времени", "Дата вхождения", "Наставляемые", "Форма", "Место работы наставляемого",
    "Дата завершения", "Результаты", "Ссылка на кейс или отзыв",
)  # fmt: skip
PASSED = "пройдена"


@dataclass(frozen=True)
class Line:
    """What both registries say of a person and one pair or group (empty words without a pair)."""

    number: int
    person: Person
    contacts: str
    entered_on: dt.date
    partners: str
    form: str
    partners_work: str
    ended_on: dt.date | None
    result: str
    link: str


@dataclass(frozen=True)
class MenteeLine(Line):
    request: str
    mark: str

    def cells(self) -> list:
        return [
            self.number, self.person.full_name, self.contacts, self.person.birth_year, self.request, self.entered_on, self.partners,
            self.form, self.partners_work, self.ended_on, self.result, self.link, self.mark,
        ]  # fmt: skip


@dataclass(frozen=True)
class MentorLine(Line):
    work: str
    competences: str
    achievements: str
    interests: str
    wishes: str
    time: str

    def cells(self) -> list:
        return [
            self.number, self.person.full_name, self.contacts, self.work, self.competences, self.achievements, self.interests,
            self.wishes, self.time, self.entered_on, self.partners, self.form, self.partners_work, self.ended_on, self.result, self.link,
        ]  # fmt: skip


@transaction.atomic
def take(bank: str, *, on: dt.date, by: Membership) -> list[Line]:
    """The lines of one registry («mentors» or «mentees») for somebody who will take them out; says so in the journal."""
    can_read_reports(by).require()
    lines = LINES[bank](by.organization, on)
    journal.record(by, f"registry.{bank}", by.organization)
    return lines


def mentees(organization: Organization, on: dt.date) -> list[MenteeLine]:
    """A line for each mentor the person had; eight queries."""
    members = GroupMember.objects.of(organization).filter(group__state__in=STARTED).select_related("group__mentor").prefetch_related(Prefetch("group__programs", newest_first()))  # fmt: skip
    cards = shown(MenteeProfile, organization, on).prefetch_related(Prefetch("person__group_members", members), "needs")  # fmt: skip
    forms, directions = (catalogues.titles(organization, name) for name in ("form", "direction"))
    rows = [(card, member) for card in cards for member in [*card.person.group_members.all()] or [None]]  # fmt: skip
    found = []
    for number, (card, member) in enumerate(rows, start=1):
        group = member.group if member else None
        program = last_program(group)
        found.append(MenteeLine(
            **shared(number, card, group, program, forms),
            partners=group.mentor.full_name if group else "",
            partners_work=workplace(group.mentor, organization) if group else "",
            request=card.request or words_of([need.direction for need in card.needs.all()], directions),
            mark=PASSED if program and program.completed_on else "",
        ))  # fmt: skip
    return found


def mentors(organization: Organization, on: dt.date) -> list[MentorLine]:
    """A line for each pair or group; eight queries."""
    groups = MentoringGroup.objects.of(organization).filter(state__in=STARTED).prefetch_related(Prefetch("members", GroupMember.objects.select_related("person")), Prefetch("programs", newest_first()))  # fmt: skip
    cards = shown(MentorProfile, organization, on).prefetch_related(Prefetch("person__mentored_groups", groups))  # fmt: skip
    forms, competences = (catalogues.titles(organization, name) for name in ("form", "competence"))
    rows = [(card, group) for card in cards for group in [*card.person.mentored_groups.all()] or [None]]  # fmt: skip
    found = []
    for number, (card, group) in enumerate(rows, start=1):
        people = group.mentees if group else []
        found.append(MentorLine(
            **shared(number, card, group, last_program(group), forms),
            partners=", ".join(one.full_name for one in people),
            partners_work="; ".join(dict.fromkeys(workplace(one, organization) for one in people)),
            work=workplace(card.person, organization), competences=words_of(card.competences, competences),
            achievements=card.achievements, interests=card.interests, wishes=card.mentee_wishes,
            time=f"{card.hours_per_month} ч в месяц" if card.hours_per_month else "",
        ))  # fmt: skip
    return found


LINES = {"mentees": mentees, "mentors": mentors}


def shared(number: int, card, group: MentoringGroup | None, program: Program | None, forms: dict) -> dict:  # fmt: skip
    return {
        "number": number, "person": card.person, "contacts": contacts(card.person), "entered_on": card.entered_on,
        "form": forms.get(group.form, "") if group else "", "ended_on": ended(group, program),
        "result": outcome(program, card.person), "link": case_link(program),
    }  # fmt: skip


def shown(model, organization: Organization, on: dt.date):
    """Cards of people whose consent holds on that day; candidates are not in the programme yet."""
    rows = model.objects.of(organization).with_consent(on=on).exclude(state=BankState.CANDIDATE)
    return rows.select_related("person").order_by("person__last_name", "person__first_name", "pk")


def newest_first():
    """Programmes with what their lines need, the newest first."""
    published = Prefetch("practices", Practice.objects.filter(published=True), to_attr="published_practices")  # fmt: skip
    return Program.objects.select_related("organization").prefetch_related("outcomes", published).order_by("-starts_on", "-pk")  # fmt: skip


def contacts(person: Person) -> str:
    return ", ".join(filter(None, [person.phone, person.email]))


def workplace(person: Person, organization: Organization) -> str:
    return person.institution or organization.short_name


def words_of(codes: list[str], titles: dict[str, str]) -> str:
    return ", ".join(titles.get(code, code) for code in codes)


def last_program(group: MentoringGroup | None) -> Program | None:
    rows = list(group.programs.all()) if group else []
    return rows[0] if rows else None


def ended(group: MentoringGroup | None, program: Program | None) -> dt.date | None:
    return (program and program.completed_on) or (group and group.ends_on) or None


def outcome(program: Program | None, person: Person) -> str:
    """What the completed programme left in the person's card."""
    rows = program.outcomes.all() if program else ()
    return "; ".join(row.text for row in rows if row.person_id == person.pk and row.text)


def case_link(program: Program | None) -> str:
    """The school's public section when a practice of the programme is published there, else nothing."""
    if program is None or not program.published_practices:
        return ""
    return settings.PUBLIC_URL + reverse("public", args=[program.organization.slug])
