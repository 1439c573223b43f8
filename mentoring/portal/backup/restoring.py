"""The way back: every hash first, then the files, then all tables in one transaction.

Whatever breaks off before the last step leaves the data that were there: files have random names and meet no
other, and the database takes the new state in one commit. Stop web server and workers before.
"""

import datetime as dt
import gzip
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from mentoring.portal.backup import schema, tables
from mentoring.portal.backup.archive import reading
from mentoring.portal.backup.encryption import Key
from mentoring.portal.backup.making import SPOOL
from people.services.after_restore import Settled, settle

PIECE = 1 << 20


class Differs(Exception):
    """What was written is not what the archive says; nothing is committed. The message is Russian."""


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int
    settled: Settled


def restore(path: Path, manifest: dict, *, key: Key, moved: bool) -> Restored:
    """`manifest` comes from `archive.read_through`, which has checked every byte."""
    files = bring_files(path, key)
    with one_transaction():
        apps = schema.emptied(manifest["migrations"])
        found = {tables.label(model): model for model in tables.kept_models(apps)}
        rows = bring_rows(path, key, manifest, found)
        for label, table in manifest["tables"].items():
            tables.set_last_number(found[label], table["last_number"])
        check(manifest, found)
        schema.forward()
        settled = settle(dt.datetime.fromisoformat(manifest["at"]), moved=moved)
    return Restored(rows, files, settled)


@contextmanager
def one_transaction() -> Iterator[None]:
    """Links are checked once, at the end: tables come in any order."""
    lite = connection.vendor == "sqlite"
    if lite:
        connection.disable_constraint_checking()  # has no effect inside a transaction
    try:
        with transaction.atomic():
            yield
            if lite:
                connection.check_constraints()
    finally:
        if lite:
            connection.enable_constraint_checking()


def bring_rows(path: Path, key: Key, manifest: dict, found: dict) -> int:
    number = 0
    with reading(path, key) as members:
        for name, content in members:
            if not name.startswith("tables/"):
                continue
            label = name.removeprefix("tables/").removesuffix(".jsonl.gz")
            columns = manifest["tables"][label]["columns"]
            with gzip.GzipFile(fileobj=content) as packed:
                number += tables.write(found[label], columns, io.TextIOWrapper(packed, "utf-8"))
    schema.check_links()
    return number


def check(manifest: dict, found: dict) -> None:
    """Every table is read back and compared by its hash."""
    for label, table in manifest["tables"].items():
        lines = tables.rows(found[label], table["columns"])
        if tables.measure(lines) != (table["rows"], table["sha256"]):
            raise Differs(f"Таблица {label} записалась не так, как в копии.")


def bring_files(path: Path, key: Key) -> int:
    number = 0
    with reading(path, key) as members:
        for name, content in members:
            if name.startswith("files/"):
                bring_file(name.removeprefix("files/"), content)
                number += 1
    return number


def bring_file(name: str, content: BinaryIO) -> None:
    """A file already there is read: the same stays, a damaged one is written anew."""
    with tempfile.SpooledTemporaryFile(SPOOL) as spool:
        shutil.copyfileobj(content, spool, PIECE)
        if default_storage.exists(name):
            with default_storage.open(name) as there:
                if digest_of(there) == digest_of(File(spool)):
                    return
            default_storage.delete(name)
        spool.seek(0)
        if default_storage.save(name, File(spool)) != name:
            raise Differs(f"Файл {name} не записался под своим именем.")


def digest_of(content: File) -> str:
    digest = hashlib.sha256()
    for piece in content.chunks(PIECE):
        digest.update(piece)
    return digest.hexdigest()
