"""Registries of mentors and mentees with the columns of the model (методология Р-145, R-222); lists for .xlsx."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Prefetch

from people.models import MenteeProfile, MentorProfile, Organization
from people.models.banks import BankState
from people.services import catalogues
from programs.models import GroupMember, MentoringGroup, Program
from programs.monitoring.scope import STARTED

MENTEE_HEADINGS = (
    "№", "Фамилия, имя, отчество", "Контакты", "Год рождения", "Основной запрос", "Дата вхождения", "Наставник", "Форма",
    "Место работы наставника", "Дата завершения", "Результаты", "Отметка о прохождении",
)  # fmt: skip
MENTOR_HEADINGS = (
    "№", "Фамилия, имя, отчество", "Контакты", "Место работы", "Основные компетенции", "Важные достижения", "Интересы",
    "Кого хотел бы сопровождать", "Ресурс времени", "Дата вхождения", "Наставляемые", "Форма", "Дата завершения", "Результаты",
)  # fmt: skip
PROGRAMS = Prefetch("group__programs", Program.objects.prefetch_related("outcomes").order_by("-starts_on"))  # fmt: skip


def mentees(organization: Organization, *, on: dt.date) -> Iterator[list]:
    """Cards with a valid consent, a line for each mentor the person had (one empty without); six queries."""
    cards = shown(MenteeProfile, organization, on)
    members = GroupMember.objects.of(organization).filter(group__state__in=STARTED).select_related("group__mentor").prefetch_related(PROGRAMS)  # fmt: skip
    forms, directions = (catalogues.titles(organization, name) for name in ("form", "direction"))
    number = 0
    for card in cards.prefetch_related(Prefetch("person__group_members", members), "needs"):
        for member in [*card.person.group_members.all()] or [None]:
            number += 1
            yield [number, *mentee_line(card, member, organization, forms, directions)]


def mentee_line(card: MenteeProfile, member: GroupMember | None, organization, forms: dict, directions: dict) -> list:  # fmt: skip
    person, group = card.person, member.group if member else None
    program = last_program(group)
    return [
        person.full_name, contacts(person), person.birth_year, card.request or words_of([need.direction for need in card.needs.all()], directions), card.entered_on,
        group.mentor.full_name if group else "", forms.get(group.form, "") if group else "",
        workplace(group.mentor, organization) if group else "", ended(group, program), outcome(program, person),
        "пройдена" if program and program.completed_on else "",
    ]  # fmt: skip


def mentors(organization: Organization, *, on: dt.date) -> Iterator[list]:
    """Cards with a valid consent, a line for each pair or group (one empty without); six queries."""
    groups = MentoringGroup.objects.of(organization).filter(state__in=STARTED).prefetch_related(
        "members__person", Prefetch("programs", Program.objects.prefetch_related("outcomes").order_by("-starts_on"))
    )  # fmt: skip
    cards = shown(MentorProfile, organization, on)
    forms, competences = (catalogues.titles(organization, name) for name in ("form", "competence"))
    number = 0
    for card in cards.prefetch_related(Prefetch("person__mentored_groups", groups)):
        for group in [*card.person.mentored_groups.all()] or [None]:
            number += 1
            program = last_program(group)
            yield [
                number, card.person.full_name, contacts(card.person), workplace(card.person, organization),
                words_of(card.competences, competences), card.achievements, card.interests, card.mentee_wishes,
                f"{card.hours_per_month} ч в месяц" if card.hours_per_month else "", card.entered_on,
                ", ".join(one.full_name for one in group.mentees) if group else "", forms.get(group.form, "") if group else "",
                ended(group, program), outcome(program, card.person),
            ]  # fmt: skip


def shown(model, organization: Organization, on: dt.date):
    rows = model.objects.of(organization).with_consent(on=on).exclude(state=BankState.CANDIDATE)
    return rows.select_related("person").order_by("person__last_name", "person__first_name", "pk")


def contacts(person) -> str:
    return ", ".join(filter(None, [person.phone, person.email]))


def workplace(person, organization: Organization) -> str:
    return person.institution or organization.short_name


def words_of(codes: list[str], titles: dict[str, str]) -> str:
    return ", ".join(titles.get(code, code) for code in codes)


def last_program(group: MentoringGroup | None) -> Program | None:
    rows = list(group.programs.all()) if group else []
    return rows[0] if rows else None


def ended(group: MentoringGroup | None, program: Program | None) -> dt.date | None:
    return (program and program.completed_on) or (group and group.ends_on) or None


def outcome(program: Program | None, person) -> str:
    """What the completed programme left in the person's card."""
    rows = program.outcomes.all() if program else ()
    return "; ".join(row.text for row in rows if row.person_id == person.pk and row.text)
