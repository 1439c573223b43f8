"""Registry of destruction: what is kept for which purpose, what is due to go, how it goes.

A topic registers a `Purpose` in `AppConfig.ready()`; `people/services/purging.py` runs them in the order
of registration, each in a transaction of its own.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from people.models import Organization


class Rows(Protocol):
    """A queryset or a list of rows of one model."""

    def __iter__(self): ...
    def __len__(self): ...


Find = Callable[[Organization, dt.date], Rows]
Destroy = Callable[[list, dt.date], None]


@dataclass(frozen=True)
class Purpose:
    """`find(organization, on)` gives the rows due on that day, and nothing of what is destroyed already;
    `destroy(rows, on)` destroys them with their history and files. `person_of(row)`: id of the person
    for the act, or None. `data`: categories of data for the act (приказ РКН № 179).

    `term`: code of fixtures/legal_terms.json whose term has passed; the act names its norm.
    """

    code: str
    title: str
    term: str
    data: str
    find: Find
    destroy: Destroy
    person_of: Callable[[object], int | None] = lambda row: getattr(row, "person_id", None)
    reason: str = "истёк срок хранения"  # in the act, before the norm
    personal: bool = True  # False: nothing about a person goes, the act leaves it out


PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    PURPOSES[purpose.code] = purpose


def purposes(codes: Iterable[str] = ()) -> list[Purpose]:
    """All purposes in the order of registration, or those of the codes."""
    chosen = set(codes)
    return [row for row in PURPOSES.values() if not chosen or row.code in chosen]


# Functions (organization) -> ids of people whose name another ground still needs (signed papers in force).
still_needed: list[Callable[[Organization], Iterable[int]]] = []

# Functions (run, by=membership or None) called in one transaction with a finished run: the act is drafted there.
on_purged: list[Callable[..., None]] = []
