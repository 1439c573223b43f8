"""Registry of what stands in a person's calendar: meetings and deadlines of all floors.

A floor registers `rows(person, since) -> iterable of CalendarRow` in `AppConfig.ready()`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from people.models import Person


@dataclass(frozen=True)
class CalendarRow:
    """`starts`: a moment, or a day for what lasts the whole day; `url` is an address inside the portal."""

    uid: str
    starts: dt.datetime | dt.date
    title: str
    ends: dt.datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False

    @property
    def day(self) -> dt.date:
        moment = isinstance(self.starts, dt.datetime)
        return timezone.localtime(self.starts).date() if moment else self.starts


Finder = Callable[[Person, dt.date], Iterable[CalendarRow]]
FINDERS: list[Finder] = []


def register(find: Finder) -> None:
    FINDERS.append(find)


def of(person: Person, since: dt.date) -> list[CalendarRow]:
    """Everything from that day on, earliest first."""
    found = [row for find in FINDERS for row in find(person, since)]
    return sorted(found, key=lambda row: (row.day, str(row.starts)))
