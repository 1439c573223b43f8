"""The chain of seals as arithmetic: what a digest covers, what is wrong with a row of seals. No database.

A line is (id, school, time, membership, event, kind, id of the object); its text is the same on every
database, so a journal moved from SQLite to PostgreSQL keeps its seals.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FIELDS = ("pk", "organization_id", "at", "membership_id", "event", "object_type", "object_id")


@dataclass(frozen=True)
class Seal:
    """One seal as stored; `lines`: how many lines it was put under."""

    pk: int
    number: int
    at: dt.datetime
    lines: int
    previous: str
    digest: str


@dataclass(frozen=True)
class Flaw:
    """`number`: of the seal; `text`: Russian, without the next step."""

    number: int
    text: str


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def text_of(line: tuple) -> bytes:
    """The canonical text of a line: a JSON list on a line of its own."""
    pk, organization, at, *rest = line
    row = [pk, organization, moment(at), *rest]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest_of(seal: Seal, organization: int, lines: Iterable[tuple]) -> str:
    """SHA-256 of the previous digest, the school, number, time and number of lines, then the lines by id."""
    head = [seal.previous, organization, seal.number, moment(seal.at), seal.lines]
    digest = hashlib.sha256(json.dumps(head, separators=(",", ":")).encode() + b"\n")
    for line in lines:
        digest.update(text_of(line))
    return digest.hexdigest()


class Chain:
    """Looks at seals one after another; keeps two of them, so memory does not grow."""

    def __init__(self, organization: int):
        self.organization = organization
        self.last: Seal | None = None
        self.broken = False  # the digest of the last seal is itself wrong

    def look(self, seal: Seal, lines: list[tuple]) -> Iterator[Flaw]:
        """At most one flaw a seal: what follows from a flaw already told is not told again."""
        expected = self.last.number + 1 if self.last else 1
        holds = digest_of(seal, self.organization, lines) == seal.digest
        if seal.number != expected:
            yield Flaw(expected, gap(expected, seal.number))
        elif not holds:
            yield Flaw(seal.number, what_changed(seal, lines))
        elif seal.previous != (self.last.digest if self.last else "") and not self.broken:
            yield Flaw(seal.number, "цепочка прервана: печать не продолжает предыдущую")
        self.last, self.broken = seal, not holds


def gap(expected: int, found: int) -> str:
    if found - expected == 1:
        return "печать пропала"
    return f"пропали печати с этой по № {found - 1}" if found > expected else "лишняя печать"


def what_changed(seal: Seal, lines: list[tuple]) -> str:
    if len(lines) < seal.lines:
        return f"удалены строки: было {seal.lines}, осталось {len(lines)}"
    if len(lines) > seal.lines:
        return f"вставлены строки: было {seal.lines}, стало {len(lines)}"
    return "строки изменены или переставлены"
