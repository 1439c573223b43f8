"""Places in a queryset for values that are known only when its query is sent (`people/services/counting.py`)."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import IntegerField, Value


class Key(Value):
    """`rows.filter(person=Key("person"))`: put into SQL once, sent with any person."""

    def __init__(self, value: str, output_field=None, through: Callable | None = None):
        """`through`: what is made of the value before it is sent."""
        super().__init__(value, output_field or IntegerField())
        self.through = through

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def known(self, keys: dict[str, Any]):
        """The value to send, as the database takes it; KeyError when the key is not among them."""
        value = keys[self.value]
        value = self.through(value) if self.through else value
        return self.output_field.get_db_prep_value(value, connection)


def moved(day, change: Callable, output_field=None):
    """The day changed; a key for a day becomes a key for what is made of it (a day, unless `output_field` says else)."""
    return Key(day.value, output_field or day.output_field, change) if isinstance(day, Key) else change(day)  # fmt: skip
