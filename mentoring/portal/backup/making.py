"""Making an archive: one snapshot of the database, then the files it names.

Files are written before their rows are committed and never change, so every file of the snapshot is there, but for
those destroyed by their term while we copy: the manifest names them. Until the last byte is read back the
archive has another name, so an interrupted backup leaves nothing that looks whole.
"""

import contextlib
import datetime as dt
import gzip
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from mentoring.core.backups import LastBackup, note
from mentoring.portal.backup import tables
from mentoring.portal.backup.archive import FORMAT, Writer, read_through
from mentoring.portal.backup.encryption import Key, for_writing, locked
from people.models import StoredFile
from people.services import sealing

NAME = re.compile(r"mentoring-\d{8}-\d{6}\.tar(\.age|\.locked)?")
NAMED = 1_000  # missing files the manifest names
SPOOL = 16 << 20  # larger files are copied by way of the disk


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    rows: int
    files: int
    missing: int


def backup(to: Path, *, key: Key, keep: int = 0) -> Made:
    """Write, read back, give the final name, then remove what is older than the newest `keep`."""
    at, key = timezone.now(), for_writing(key)
    whole = to / name_of(at, key) if to.is_dir() else to
    partial = whole.with_name(f".{whole.name}.{os.getpid()}.partial")
    try:
        with open(partial, "wb", opener=private) as out:
            with locked(out, key) as stream:
                manifest = write(stream, at, partial.parent)
            out.flush()
            os.fsync(out.fileno())
        if not key.recipient:  # what is locked by a public key can be read elsewhere only
            read_through(partial, key)
        size = partial.stat().st_size
        os.replace(partial, whole)
    finally:
        partial.unlink(missing_ok=True)
    note(LastBackup(at, size, str(whole)))
    if keep and to.is_dir():
        thin_out(to, whole, keep)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return Made(whole, size, rows, manifest["files"]["number"], manifest["files"]["missing"])


def private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def name_of(at: dt.datetime, key: Key) -> str:
    return f"mentoring-{at:%Y%m%d-%H%M%S}.tar{key.suffix}"


def thin_out(folder: Path, fresh: Path, keep: int) -> None:
    """The fresh archive always stays, also where the clock was set back."""
    older = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name) and path != fresh)
    for path in older[: max(len(older) - keep + 1, 0)]:
        path.unlink()


def write(stream: BinaryIO, at: dt.datetime, folder: Path) -> dict:
    """Members, then the manifest; `folder` has room for one packed table at a time."""
    writer = Writer(stream)
    with tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8") as names:
        with snapshot():
            manifest = {
                "format": FORMAT, "portal": version(), "at": at.isoformat(), "engine": connection.vendor,
                "migrations": applied_migrations(), "heads": sealing.heads(),
                "tables": {tables.label(model): add_table(writer, model, folder) for model in tables.kept_models()},
            }  # fmt: skip
            for name in stored_names():
                names.write(f"{name}\n")
        names.seek(0)
        manifest["files"] = add_files(writer, (line.rstrip("\n") for line in names), folder)
    writer.close(manifest)
    return manifest


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all tables; writers go on. Inside a transaction that one counts."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")  # not IMMEDIATE: reading must not lock out the portal
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def add_table(writer: Writer, model, folder: Path) -> dict:
    with tempfile.TemporaryFile(dir=folder) as packed:
        with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
            number, digest = tables.measure(copied(tables.rows(model), out))
        writer.add(f"tables/{tables.label(model)}.jsonl.gz", packed)
    return {
        "rows": number, "sha256": digest, "columns": tables.columns(model),
        "last_number": tables.last_number(model),
    }  # fmt: skip


def copied(lines: Iterator[str], out: BinaryIO) -> Iterator[str]:
    for line in lines:
        out.write(line.encode() + b"\n")
        yield line


def stored_names() -> Iterator[str]:
    seen, rows = 0, StoredFile.objects.order_by("pk").values_list("pk", "file")
    while part := list(rows.filter(pk__gt=seen)[:1_000]):
        seen = part[-1][0]
        yield from (name for _, name in part if name)


def add_files(writer: Writer, names: Iterator[str], folder: Path) -> dict:
    number = size = 0
    missing: list[str] = []
    for name in names:
        with tempfile.SpooledTemporaryFile(SPOOL, dir=folder) as content:
            try:
                with default_storage.open(name) as source:
                    for piece in source.chunks():
                        content.write(piece)
            except FileNotFoundError:
                missing.append(name)
                continue
            size += writer.add(f"files/{name}", content)
            number += 1
    return {"number": number, "bytes": size, "missing": len(missing), "names": missing[:NAMED]}


def applied_migrations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def summary(manifest: dict) -> str:
    """For the person who is about to restore it."""
    at = timezone.localtime(dt.datetime.fromisoformat(manifest["at"]))
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return f"копия от {at:%d.%m.%Y %H:%M}, строк {rows}, файлов {manifest['files']['number']}"
