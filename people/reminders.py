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


def register(code: str, find: Finder) -> None:
    FINDERS[code] = find


def due(organization: Organization, day: dt.date) -> dict[str, list[Message]]:
    """Messages by code, in the order of registration."""
    return {code: list(find(organization, day)) for code, find in FINDERS.items()}


def week(day: dt.date) -> str:
    """ISO week for keys: «2026-w47»."""
    year, number, _ = day.isocalendar()
    return f"{year}-w{number:02d}"
