"""Registry of facts: what closes an activity of the roadmap by itself (R-116).

A floor registers its facts in `AppConfig.ready()`. A fact reads its day from live rows: `read(window)`
gives scalar expressions, put into SQL once a process; all facts of a roadmap travel in one query (`services/evidence.py`).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import DateField

from mentoring.core.keys import Key
from people.models import Organization
from people.services.counting import SCHOOL


@dataclass(frozen=True)
class Window:
    """Rows of which time count: the roadmap's years (summer before them included), up to `last`, the day asked.

    While a fact is put into SQL all four are keys (`ANY`): a fact may only filter by them.
    """

    organization: Organization | Key
    last: dt.date | Key
    since: dt.date | Key = dt.date(1900, 1, 1)
    until: dt.date | Key = dt.date(2999, 12, 31)

    @property
    def days(self) -> tuple[dt.date | Key, dt.date | Key]:
        """For `field__range`."""
        return self.since, self.last

    @property
    def keys(self) -> dict[str, int | dt.date]:
        """What to send with a fact that was put into SQL."""
        return {"school": self.organization.pk, "last": self.last, "since": self.since, "until": self.until}  # fmt: skip


ANY = Window(SCHOOL, *(Key(name, DateField()) for name in ("last", "since", "until")))


@dataclass(frozen=True)
class Reading:
    """Expressions of one fact.

    `days`: any of them closes it, the earliest wins. With `total` it closes when `done` reaches a
    `total` above zero, on the latest of `days`: the last deed, or the last one who came to be counted.
    `begun` says that work has started.
    """

    days: tuple = ()
    done: object = None
    total: object = None
    begun: object = None


@dataclass(frozen=True)
class Fact:
    """`title`: what the fact is; `left`: what to do while it is open; `page`: where (name of a school's URL)."""

    code: str
    title: str
    left: str
    read: Callable[[Window], Reading]
    page: str
    query: str = ""
    noun: str = ""


@dataclass(frozen=True)
class State:
    """How a fact stands: `day` when it is there, else numbers and what is left."""

    fact: Fact
    day: dt.date | None = None
    done: int | None = None
    total: int | None = None
    begun: bool = False

    @property
    def numbers(self) -> str:
        """«12 из 14» or "" for a fact that is there or not."""
        return f"{self.done} из {self.total}" if self.total else ""

    @property
    def left(self) -> str:
        return "" if self.day else self.fact.left


@dataclass
class Registry:
    facts: dict[str, Fact] = field(default_factory=dict)

    def add(self, *facts: Fact) -> None:
        for fact in facts:
            self.facts[fact.code] = fact

    def get(self, code: str) -> Fact | None:
        return self.facts.get(code)

    def choices(self) -> list[tuple[str, str]]:
        """For the form of an activity, by title."""
        return sorted(((code, fact.title) for code, fact in self.facts.items()), key=lambda one: one[1])  # fmt: skip


REGISTRY = Registry()
