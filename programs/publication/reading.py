"""How a block is read: rows first, then one gate for the people of all blocks, then what may be shown."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from people.models import Person
from people.models.consents import PublicItem
from programs.models import PublicSection
from programs.publication.gate import Gate, Place

PAGE = 20


@dataclass(frozen=True)
class Asked:
    """A stretch of a block's list: `size` rows from `start` on."""

    section: PublicSection
    place: Place
    on: dt.date
    start: int = 0
    size: int = PAGE

    @property
    def organization(self):
        return self.section.organization

    def cut(self, rows) -> list:
        """One row more than asked for: it tells that there is a next page, without counting."""
        return list(rows[self.start : self.start + self.size + 1])


@dataclass
class Part:
    """Rows of one block. `make` turns them into items once the gate is known; `ends` – last days on which it holds."""

    make: Callable[[Gate], Iterable]
    people: set[int] = field(default_factory=set)
    ends: list[dt.date] = field(default_factory=list)


def shown_name(gate: Gate, person: Person, *items, instead: str = "") -> str:
    """The full name where the name and all of `items` are allowed."""
    wanted = (PublicItem.NAME, *items)
    return person.full_name if all(gate.may(person, item) for item in wanted) else instead
