"""How many places of a mentor are taken; the floor that knows pairs registers the answer.

`COUNTERS`: functions (mentor person ids, day) → {person id: mentees now}. Without pairs nobody is taken.
"""

import datetime as dt
from collections.abc import Callable, Iterable

Counter = Callable[[list[int], dt.date], dict[int, int]]
COUNTERS: list[Counter] = []


def register(counter: Counter) -> None:
    COUNTERS.append(counter)


def taken(person_ids: Iterable[int], on: dt.date) -> dict[int, int]:
    ids = list(person_ids)
    found = dict.fromkeys(ids, 0)
    for counter in COUNTERS:
        for person, number in counter(ids, on).items():
            found[person] = found.get(person, 0) + number
    return found
