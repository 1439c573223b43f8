"""Kinds of questions whose answer is a row: how the draft form asks, how the kept id is read back.

`register(kind, ask, read)` in `AppConfig.ready()` of the floor that owns the rows:
`ask(organization, **common) -> forms.Field` (a model choice), `read(document, raw, name)` → the row or
rows, RuleError for a foreign or missing one. Kept in `Document.values` are ids only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from people.models import Person


@dataclass(frozen=True)
class ValueKind:
    """`people`: whom a row read back names, for the acknowledgement sheet."""

    ask: Callable
    read: Callable
    people: Callable[[object], list[Person]] = lambda value: []


KINDS: dict[str, ValueKind] = {}


def register(kind: str, value_kind: ValueKind) -> None:
    KINDS[kind] = value_kind
