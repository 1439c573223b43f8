"""Papers about single rows of this floor: how they read them back, whom they name, what the head reads first."""

from mentoring.core.errors import RuleError
from people.models import Person
from programs.models import Award, ContestEntry, DutyRelease, MentorSchool, ProgramChange
from roadmap.models import Document
from roadmap.services.wording import resolved_values

GONE = "Такой записи нет. Выберите из списка."
GIVEN_BY_HEAD = [kind for kind in Award.Kind.values if kind not in Award.SUBMITTED]


def extensions(organization):
    rows = ProgramChange.objects.of(organization).filter(kind="extension", state__in=["ordered", "applied"])  # fmt: skip
    return rows.select_related("program__group__mentor").prefetch_related("program__group__members__person")  # fmt: skip


def releases(organization):
    rows = DutyRelease.objects.of(organization).filter(state__in=["ordered", "granted"])
    return rows.select_related("person", "substitute")


def schools(organization):
    rows = MentorSchool.objects.of(organization).select_related("leader")
    return rows.prefetch_related("sessions", "listeners__person")


def awards(organization):
    rows = Award.objects.of(organization).filter(kind__in=GIVEN_BY_HEAD)
    return rows.filter(state__in=["proposed", "given"]).select_related("person")


def submissions(organization):
    rows = Award.objects.of(organization).filter(kind__in=Award.SUBMITTED)
    return rows.exclude(state="declined").select_related("person")


def entries(organization):
    rows = ContestEntry.objects.of(organization)
    return rows.select_related("contest", "person", "partner", "practice")


# Rows that a form offers, narrower than those that a kept paper may name.
CHOOSABLE = {
    "program_extension": lambda organization: extensions(organization).filter(state="ordered"),
    "duty_release": lambda organization: releases(organization).filter(state="ordered"),
    "mentor_school": lambda organization: schools(organization).filter(state="draft"),
    "awards": lambda organization: awards(organization).filter(state="proposed"),
    "award_to_submit": lambda organization: submissions(organization).filter(state="proposed"),
    "contest_entry": entries,
}
READABLE = {
    "program_extension": extensions,
    "duty_release": releases,
    "mentor_school": schools,
    "awards": awards,
    "award_to_submit": submissions,
    "contest_entry": entries,
}


def reader(kind: str):
    """`read` of one kind: a row, or for awards the rows in the order they were ticked."""

    def read(document: Document, raw, name: str):
        ids = [int(pk) for pk in raw or []] if kind == "awards" else [int(raw)] if raw else []
        found = READABLE[kind](document.organization).in_bulk(ids)
        if len(found) != len(set(ids)):
            raise RuleError(GONE, name)
        rows = [found[pk] for pk in ids]
        return rows if kind == "awards" else (rows[0] if rows else None)

    return read


def read_sections(document: Document, raw, name: str) -> list[str]:
    return list(raw or [])


def of_extension(change) -> list[Person]:
    return [change.program.group.mentor, *change.program.group.mentees] if change else []


def of_release(release) -> list[Person]:
    return [release.person, release.substitute] if release else []


def of_school(school) -> list[Person]:
    return [school.leader, *(row.person for row in school.listeners.all())] if school else []


def of_awards(rows) -> list[Person]:
    """The talent pool is restricted: its people do not sign the sheet that all see."""
    return [one.person for one in rows or [] if one.kind not in one.RESTRICTED]


PEOPLE = {
    "program_extension": of_extension,
    "duty_release": of_release,
    "mentor_school": of_school,
    "awards": of_awards,
    "award_to_submit": lambda award: [],
    "contest_entry": lambda entry: [],
}


def digest(document: Document) -> str:
    """One sentence for the head's list."""
    values = resolved_values(document)
    if change := values.get("change"):
        return f"Продлевает программу «{change.program.title}» до {change.new_ends_on:%d.%m.%Y}: {change.reason}."
    if release := values.get("release"):
        return f"{release.person.short_name} не ведёт занятия {release.starts_on:%d.%m.%Y}, заменяет {release.substitute.short_name}."
    if school := values.get("school"):
        return f"Занятий: {school.sessions.count()}, слушателей: {school.listeners.count()}."
    if rows := values.get("awards"):
        names = ", ".join(f"{one.person.short_name} ({one.get_kind_display()})" for one in rows[:4])
        return f"Поощряет: {names}{' и других' if len(rows) > 4 else ''}."
    if award := values.get("award"):
        return f"{award.person.short_name}: {award.name}."
    if entry := values.get("entry"):
        return f"{entry.person.short_name}, конкурс «{entry.contest.title}»."
    return ""


def award_blockers(document: Document) -> list[str]:
    """Whoever is named reads the order, so the restricted talent pool has one of its own (R-806)."""
    rows = resolved_values(document)["awards"] or []
    restricted = sum(one.kind in one.RESTRICTED for one in rows)
    if 0 < restricted < len(rows):
        return ["Кадровый резерв оформите отдельным приказом: этот прочтут все, кого он поощряет."]
    return []


def school_blockers(document: Document) -> list[str]:
    school = resolved_values(document)["school"]
    found = [] if school.sessions.all() else ["В расписании Школы нет занятий."]
    return found if school.listeners.all() else [*found, "У Школы нет слушателей."]
