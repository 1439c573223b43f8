"""Numbers inside answers, for SQL."""

from django.db.models import Case, CharField, Func, IntegerField, When
from django.db.models.functions import Cast
from django.db.models.lookups import In


class JsonType(Func):
    """«number», «null»…; SQLite says «integer» of a whole number."""

    function = "JSONB_TYPEOF"
    output_field = CharField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_TYPE", **context)


def mark() -> Case:
    """The whole number of an answer, else NULL: an answer taken back is kept as JSON null, which PostgreSQL casts to nothing."""
    whole = In(JsonType("value"), ["number", "integer"])
    return Case(When(whole, then=Cast("value", IntegerField())), output_field=IntegerField())
