"""Tables as JSON lines, the same on every database: reading, writing, numbers of rows to come.

Rows are read by primary key, some hundred at a time, and written by plain INSERT: no signals, no `auto_now`.
"""

import datetime as dt
import decimal
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice

from django.apps import apps as current_apps
from django.db import connection, models
from django.utils.duration import duration_iso_string

AT_ONCE = 500
# Everybody signs in again: a stolen archive opens no session. Counted tries begin anew.
LEFT_OUT = {"sessions.session", "usersessions.usersession", "people.tries"}


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def kept_models(apps=current_apps) -> list[type[models.Model]]:
    """Every table of the portal and of its parts, links of many-to-many fields included."""
    found = apps.get_models(include_auto_created=True)
    real = [model for model in found if model._meta.managed and not model._meta.proxy]
    return [model for model in real if label(model) not in LEFT_OUT]


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def rows(model: type[models.Model], names: list[str] | None = None) -> Iterator[str]:
    """JSON lines by primary key; memory for `AT_ONCE` rows. `names`: the columns where their order is given: models
    of an earlier time have them in another one.
    """
    chosen = model._base_manager.order_by("pk").values_list("pk", *(names or columns(model)))
    part = list(chosen[:AT_ONCE])
    while part:
        for _, *values in part:
            yield text_of(values)
        part = list(chosen.filter(pk__gt=part[-1][0])[:AT_ONCE])


def text_of(values: list) -> str:
    row = [plain(value) for value in values]
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value):
    """Exact to the microsecond, in UTC, whatever the database keeps."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration_iso_string(value)
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    return value


def measure(lines: Iterable[str]) -> tuple[int, str]:
    """Number of rows and SHA-256 of their lines."""
    number, digest = 0, hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
        number += 1
    return number, digest.hexdigest()


def write(model: type[models.Model], names: list[str], lines: Iterable[str]) -> int:
    """Insert the rows as they were; `names`: the columns in the order of the lines."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    prepared, number = (values_of(fields, line) for line in lines), 0
    while part := list(islice(prepared, AT_ONCE)):
        insert(model, fields, part)
        number += len(part)
    return number


def values_of(fields: list[models.Field], line: str) -> tuple:
    found = []
    for field, value in zip(fields, json.loads(line), strict=True):
        if not isinstance(field, models.JSONField):
            value = field.to_python(value)
        elif value is None and not field.null:
            value = models.Value(None, models.JSONField())
        found.append(field.get_db_prep_save(value, connection))
    return tuple(found)


def insert(model: type[models.Model], fields: list[models.Field], part: list[tuple]) -> None:
    quote = connection.ops.quote_name
    into = ", ".join(quote(field.column) for field in fields)
    start = f"INSERT INTO {quote(model._meta.db_table)} ({into}) VALUES "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            with connection.wrap_database_errors:
                execute_values(cursor.cursor, f"{start}%s", part, page_size=AT_ONCE)
        else:
            cursor.executemany(f"{start}({', '.join(['%s'] * len(fields))})", part)


def last_number(model: type[models.Model]) -> int | None:
    """The last number given out, also to a row deleted since: it must not be given again."""
    pk = model._meta.pk
    if not isinstance(pk, models.AutoField):
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', pk.column])  # fmt: skip
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value END FROM {cursor.fetchone()[0]}")  # fmt: skip
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])  # fmt: skip
        found = cursor.fetchone()
    return found[0] if found else None


def set_last_number(model: type[models.Model], number: int | None) -> None:
    if not number:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', model._meta.pk.column, number])  # fmt: skip
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])  # fmt: skip
