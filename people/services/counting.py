"""Numbers and days of many sets of rows in one query: the desk, the facts of the roadmap and the figures ask so.

To put such a query into SQL takes Django milliseconds for each set. So what is asked again and again is put into SQL
once a process (`prepared`): written for any school and any day, with a `Key` where the number of the school or
person or the day stands.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count, DateField, Max, Min, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mentoring.core.keys import Key
from people.models import Organization

SCHOOL, PERSON, TODAY = Key("school"), Key("person"), Key("today", DateField())


@dataclass(frozen=True)
class Column:
    """A scalar in SQL; among its parameters may be keys."""

    sql: str
    params: tuple
    converters: tuple
    expression: Any

    def read(self, value):
        for convert in self.converters:
            value = convert(value, self.expression, connection)
        return value


def prepared(expressions: dict) -> dict[str, Column]:
    """Scalar expressions by name, put into SQL. They hold only as long as the values in them: keep them by these."""
    if not expressions:
        return {}
    # Names of facts hold colons, names of columns may not.
    names = {f"value{place}": name for place, name in enumerate(expressions)}
    columns = dict(zip(names, expressions.values(), strict=True))
    compiler = Organization.objects.values(**columns).query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.pre_sql_setup()
    converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
    return {
        names[alias]: Column(sql, tuple(params), tuple(converters.get(place, ((), None))[0]), expression)
        for place, (expression, (sql, params), alias) in enumerate(compiler.select)
    }  # fmt: skip


def read(columns: dict[str, Column], **keys: int | dt.date) -> dict:
    """Values of prepared scalars by name; one query whatever the names."""
    return read_each(columns, [keys])[0]


def read_each(columns: dict[str, Column], sets: Sequence[dict[str, int | dt.date]]) -> list[dict]:
    """The same for several sets of keys, such as years beside one another: one query, which the database plans once."""
    if not columns:
        return [{} for _ in sets]
    rows = fetched_each(
        ", ".join(column.sql for column in columns.values()),
        [one for column in columns.values() for one in column.params],
        sets,
    )
    return [
        {name: column.read(value) for (name, column), value in zip(columns.items(), row, strict=True)}
        for row in rows
    ]  # fmt: skip


def fetched_each(asked: str, params: Iterable, sets: Sequence[dict]) -> list[tuple]:
    """A row of the scalars for each set. A key that differs among the sets becomes a column of a table of them."""
    params, sent = iter(params), []
    columns: dict[tuple, str] = {}  # name by the values in the sets

    def placed(found: re.Match) -> str:
        if found[0] == "%%":
            return "%%"
        one = next(params)
        values = tuple(one.known(keys) for keys in sets) if isinstance(one, Key) else (one,)
        if all(value == values[0] for value in values):
            sent.append(values[0])
            return "%s"
        return "sets." + columns.setdefault(values, f"key{len(columns)}")

    asked = re.sub("%[%s]", placed, asked)
    lines = zip(range(len(sets)), *columns, strict=True)
    line = f"({', '.join(['%s'] * (len(columns) + 1))})"
    table = f"sets ({', '.join(['place', *columns.values()])}) AS (VALUES {', '.join([line] * len(sets))})"
    return fetched(
        f"WITH {table} SELECT {asked} FROM sets ORDER BY place",
        [*(value for each in lines for value in each), *sent],
    )


def fetched(sql: str, params: Iterable, **keys: int | dt.date) -> list[tuple]:
    """Rows of a query that was put into SQL with keys among its parameters."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [one.known(keys) if isinstance(one, Key) else one for one in params])
        return cursor.fetchall()


def read_all(organization: Organization, expressions: dict) -> dict:
    """Values of scalar expressions that are asked once."""
    return read(prepared(expressions), school=organization.pk)


def number_of(rows: QuerySet, organization: Organization | Key) -> Coalesce:
    counted = rows.filter(organization=organization).order_by().values("organization")
    number = counted.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number), 0)


def first_day(rows: QuerySet, field: str) -> Subquery:
    """Earliest day of the rows (None without rows); moments count as days of the school's clock."""
    return _edge(rows, field, Min)


def last_day(rows: QuerySet, field: str) -> Subquery:
    return _edge(rows, field, Max)


def _edge(rows: QuerySet, field: str, edge) -> Subquery:
    # `organization` groups the rows, so the aggregate stays a scalar subquery of one row.
    found = rows.order_by().values("organization").annotate(day=edge(field)).values("day")
    return Subquery(found[:1])
