"""Events and tasks in a person's calendar."""

import datetime as dt
from collections.abc import Iterator

from people.calendar_rows import CalendarRow
from people.models import Person
from roadmap.models import Event
from roadmap.services.order_tasks import open_tasks


def events(person: Person, since: dt.date) -> Iterator[CalendarRow]:
    rows = Event.objects.of(person.organization).filter(
        participants__person=person, starts_at__date__gte=since
    )
    for row in rows.select_related("organization"):
        yield CalendarRow(
            f"event-{row.pk}", row.starts_at, row.title, row.ends_at, row.place or row.link,
            url=row.get_absolute_url(), cancelled=row.state == Event.State.CANCELLED,
        )  # fmt: skip


def tasks(person: Person, since: dt.date) -> Iterator[CalendarRow]:
    for row in open_tasks(person.organization).filter(person=person, due_on__gte=since):
        yield CalendarRow(f"task-{row.pk}", row.due_on, f"Срок: {row.text}", text=row.document.full_title)  # fmt: skip
