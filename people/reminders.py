"""Registry of reminders: who has not acted yet, found by live queries.

A floor registers `find(organization, day) -> iterable of Message` in `AppConfig.ready()`. The key of a
message says how often it may come: a key with the ISO week comes once a week.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from people.models import Organization
from people.services.notices import Message

Finder = Callable[[Organization, dt.date], Iterable[Message]]
FINDERS: dict[str, Finder] = {}
# What ends by itself at midnight: `duty(organization, on=day)`, run before anybody is told.
DUTIES: list[Callable[..., object]] = []


# Event code of the messages → what it is about, for the person's own choice of letters.
TITLES: dict[str, str] = {}


OFFICE: set[str] = set()  # events of which only those who keep the programme are reminded


def register(code: str, find: Finder, title: str, *, event: str = "", office: bool = False) -> None:
    """`event` where the messages of the finder carry another code than the finder itself."""
    FINDERS[code] = find
    TITLES[event or code] = title
    if office:
        OFFICE.add(event or code)


def due(organization: Organization, day: dt.date) -> dict[str, list[Message]]:
    """Messages by code, in the order of registration."""
    return {code: list(find(organization, day)) for code, find in FINDERS.items()}


def week(day: dt.date) -> str:
    """ISO week for keys: «2026-w47»."""
    year, number, _ = day.isocalendar()
    return f"{year}-w{number:02d}"
