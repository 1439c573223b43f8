"""The arithmetic of the chain: whatever is done to lines or seals past the portal is told."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from people.journal_chain import Chain, Flaw, Seal, digest_of

THEN = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


def built(sizes: list[int]) -> list[tuple[Seal, list[tuple]]]:
    """A chain of seals over so many lines each, as `people/services/sealing.py` makes it."""
    rows, previous, pk = [], "", 1
    for number, size in enumerate(sizes, start=1):
        lines = [(pk + n, 7, THEN + dt.timedelta(seconds=pk + n), 5, "person.updated", "people.person", n) for n in range(size)]  # fmt: skip
        pk += size
        open_seal = Seal(number, number, THEN, size, previous, "")
        previous = digest_of(open_seal, 7, lines)
        rows.append((Seal(number, number, THEN, size, open_seal.previous, previous), lines))
    return rows


def flaws(rows: list[tuple[Seal, list[tuple]]]) -> list[Flaw]:
    chain = Chain(7)
    return [flaw for seal, lines in rows for flaw in chain.look(seal, lines)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_tampering_with_one_place_is_told_once(data):
    sizes = data.draw(st.lists(st.integers(2, 5), min_size=3, max_size=6))
    rows = built(sizes)
    assert flaws(rows) == []
    place = data.draw(st.integers(0, len(rows) - 2))  # the last seal has nothing after it
    seal, lines = rows[place]
    at = data.draw(st.integers(0, len(lines) - 1))
    kind = data.draw(st.sampled_from(["change", "delete", "insert", "swap", "drop", "digest", "redone"]))  # fmt: skip
    if kind in ("change", "redone"):
        column = data.draw(st.integers(0, 6))
        old = lines[at][column]
        new = old + dt.timedelta(microseconds=1) if column == 2 else f"{old}x"
        lines[at] = (*lines[at][:column], new, *lines[at][column + 1 :])
    elif kind == "delete":
        del lines[at]
    elif kind == "insert":
        lines.insert(at, (10**6, 7, THEN, None, "person.updated", "people.person", 1))
    elif kind == "swap":
        other = (at + 1) % len(lines)
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "digest":
        rows[place] = (Seal(seal.pk, seal.number, seal.at, seal.lines, seal.previous, "0" * 64), lines)  # fmt: skip
    elif kind == "drop":
        del rows[place]
    if kind == "redone":  # the seal itself is computed anew: the next one does not continue it
        fresh = digest_of(seal, 7, lines)
        rows[place] = (Seal(seal.pk, seal.number, seal.at, seal.lines, seal.previous, fresh), lines)
    found = flaws(rows)
    assert len(found) == 1
    assert found[0].number == seal.number + (kind == "redone")


def test_same_lines_under_another_school_or_time_give_another_digest():
    ((seal, lines),) = built([3])
    moved = Seal(seal.pk, 1, THEN + dt.timedelta(microseconds=1), 3, "", "")
    assert digest_of(seal, 7, lines) == seal.digest
    assert digest_of(seal, 8, lines) != seal.digest
    assert digest_of(moved, 7, lines) != seal.digest


def test_digest_does_not_depend_on_the_time_zone_of_the_machine():
    ((seal, lines),) = built([2])
    zone = dt.timezone(dt.timedelta(hours=3))
    elsewhere = [(pk, owner, at.astimezone(zone), *rest) for pk, owner, at, *rest in lines]
    assert digest_of(seal, 7, elsewhere) == seal.digest
