"""Erasing for good: rows with their history, and the bytes of files."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from people.models import Organization, StoredFile

CHUNK = 500  # SQLite takes at most 999 parameters


def chunks(ids: Iterable) -> Iterable[list]:
    row = list(ids)
    return (row[start : start + CHUNK] for start in range(0, len(row), CHUNK))


def erase_rows(model, ids: Iterable[int]) -> None:
    """Delete rows and every version of them; the history goes last, for a deletion writes one itself."""
    ids = list(ids)
    for part in chunks(ids):
        model.objects.filter(pk__in=part).delete()
    if hasattr(model, "history"):
        erase_history(model, ids)


def erase_history(model, ids: Iterable[int]) -> None:
    for part in chunks(ids):
        model.history.filter(**{f"{model._meta.pk.attname}__in": part}).delete()


def erase_files(ids: Iterable[int | None]) -> None:
    """Delete the rows of stored files now and their bytes when the transaction is through.

    So a transaction that fails loses no file that a row still names. A machine that stops in between leaves bytes
    without a row; `erase_strays` finds them at the next purge.
    """
    for part in chunks(pk for pk in ids if pk):
        found = list(StoredFile.objects.filter(pk__in=part))
        StoredFile.objects.filter(pk__in=part).delete()
        for stored in found:
            transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))


def erase_strays(organization: Organization, *, before: dt.datetime) -> int:
    """Delete bytes that no row names: of a transaction that failed after writing them, of a process killed while erasing.

    `before`: younger ones may belong to a transaction under way.
    """
    found = strays(organization, before=before)
    for name in found:
        default_storage.delete(name)
    return len(found)


def strays(organization: Organization, *, before: dt.datetime) -> list[str]:
    """Names in the school's folder that no row knows, written before that moment."""
    folder = str(organization.pk)
    try:
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []
    found = []
    for part in chunks(sorted(names)):
        known = set(StoredFile.objects.filter(file__in=part).values_list("file", flat=True))
        found += [name for name in part if name not in known and written(name) < before]
    return found


def written(name: str) -> dt.datetime:
    """When; the far future for what has gone meanwhile."""
    try:
        return default_storage.get_modified_time(name)
    except FileNotFoundError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
