"""Many rows made from rows, inside the database: one statement however many there are."""

import json

from django.db import connection, models
from django.db.models import F


def copy_rows(
    source: type[models.Model], ids: list[int], target: type[models.Model], values: dict
) -> None:
    """Insert into `target` one row for each row of `source` with these ids.

    `values`: field name of the target → `F("field of the source")` or a constant. Fields not named
    must be allowed to be absent in the database. No signals, no model code: the caller has checked.
    """
    if not ids:
        return
    fields = [target._meta.get_field(name) for name in values]
    chosen, constants = [], []
    for field, value in zip(fields, values.values(), strict=True):
        if isinstance(value, F):
            chosen.append(_quoted(source._meta.get_field(value.name).column))
        else:
            chosen.append("%s")
            constants.append(field.get_db_prep_save(value, connection))
    wanted, parameter = _ids(ids)
    # Names come from the models, everything else is a parameter.
    statement = (
        f"INSERT INTO {_quoted(target._meta.db_table)} "
        f"({', '.join(_quoted(field.column) for field in fields)}) "
        f"SELECT {', '.join(chosen)} FROM {_quoted(source._meta.db_table)} WHERE id {wanted} ORDER BY id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*constants, parameter])


def _ids(ids: list[int]) -> tuple[str, object]:
    """All ids as one parameter: SQLite allows few of them."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(ids)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(ids))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def write_history(
    model: type[models.Model], ids: list[int], kind: str, *, by, now, reason=""
) -> None:
    """History rows («+» made, «~» changed, «-» removed) of the rows as they stand in the table."""
    history = model.history.model
    tracked = {field.name: F(field.name) for field in history.tracked_fields}
    copy_rows(model, ids, history, {
        **tracked, "history_date": now, "history_type": kind,
        "history_change_reason": reason, "history_user": by.user_id,
    })  # fmt: skip
