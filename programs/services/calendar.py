"""Meetings and tasks of programmes in a person's calendar."""

import datetime as dt
from collections.abc import Iterator

from people.calendar_rows import CalendarRow
from people.models import Person
from programs.models import Assignment, Meeting, Program


def meetings(person: Person, since: dt.date) -> Iterator[CalendarRow]:
    own = Program.objects.of(person.organization).of_person(person)
    rows = Meeting.objects.of(person.organization).filter(
        program__in=own.values("pk"), starts_at__date__gte=since
    )
    for row in rows.select_related("organization", "program"):
        yield CalendarRow(
            f"meeting-{row.pk}", row.starts_at, f"Встреча: {row.topic or row.get_type_display()}",
            row.starts_at + dt.timedelta(minutes=row.minutes), row.place or row.link, row.program.title,
            row.get_absolute_url(), row.state == Meeting.State.MISSED,
        )  # fmt: skip


def tasks(person: Person, since: dt.date) -> Iterator[CalendarRow]:
    rows = Assignment.objects.of(person.organization).filter(
        person=person, due_on__gte=since, state__in=["given", "returned"]
    )
    for row in rows.select_related("organization"):
        yield CalendarRow(f"assignment-{row.pk}", row.due_on, f"Срок задания: {row.title}", url=row.get_absolute_url())  # fmt: skip
