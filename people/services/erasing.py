"""Erasing for good: rows with their history, and the bytes of files."""

from collections.abc import Iterable

from people.models import StoredFile

CHUNK = 500  # SQLite takes at most 999 parameters


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
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
    """Delete stored files and their bytes.

    The bytes go before the commit: when the machine stops in between, the row is still due and the next
    run finds it again; the other way round bytes without a row would stay for ever.
    """
    for part in chunks(pk for pk in ids if pk):
        found = list(StoredFile.objects.filter(pk__in=part))
        StoredFile.objects.filter(pk__in=part).delete()
        for stored in found:
            stored.file.storage.delete(stored.file.name)
