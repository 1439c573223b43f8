"""Numbers of rows as they come from addresses and bodies: whatever was typed, no number is too great.

SQLite refuses a parameter beyond 64 bits, Python a text of more than 4300 digits; neither is a fault of the portal.
"""

from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

GREATEST = 2**63 - 1


def row_number(text: str | None) -> int | None:
    """The number, or None where no row can have it."""
    if not text or not text.isdecimal() or len(text) > 19:
        return None
    number = int(text)
    return number if number <= GREATEST else None


def row_numbers(texts: Iterable[str]) -> list[int]:
    """What is no number is left out."""
    found = (row_number(text) for text in texts)
    return [number for number in found if number is not None]


def fits(value: object) -> bool:
    return not isinstance(value, int) or -GREATEST <= value <= GREATEST


class FittingIn:
    """`pk__in` as Django's `exact`: a number that the column cannot hold is in no row."""

    def process_rhs(self, compiler, connection):
        if self.rhs_is_direct_value():
            self.rhs = [value for value in self.rhs if fits(value)]
        return super().process_rhs(compiler, connection)


class IntegerIn(FittingIn, In):
    pass


class LinkIn(FittingIn, RelatedIn):
    pass


class LinkExact(RelatedExact):
    def process_rhs(self, compiler, connection):
        if not fits(self.rhs):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def register() -> None:
    IntegerField.register_lookup(IntegerIn)
    ForeignObject.register_lookup(LinkIn)
    ForeignObject.register_lookup(LinkExact)
