"""The record of the last backup: kept in the file storage, so every machine of the portal reads the same one.

`manage.py backup` writes it (`mentoring/portal/backup/`), the page «Состояние» reads it.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FOLDER = "backup-record"


@dataclass(frozen=True)
class LastBackup:
    """`where`: the archive as the administrator named it; `size` in bytes; `at` with time zone, UTC."""

    at: dt.datetime
    size: int
    where: str


def last_backup() -> LastBackup | None:
    """The newest complete backup, or None where there was none. One listing and one small read."""
    names = records()
    if not names:
        return None
    with default_storage.open(f"{FOLDER}/{names[-1]}") as stream:
        found = json.loads(stream.read())
    return LastBackup(dt.datetime.fromisoformat(found["at"]), found["size"], found["where"])


def note(backup: LastBackup) -> None:
    """Write the new record first and take the older ones away afterwards: a reader always finds one."""
    older = records()
    content = json.dumps({**asdict(backup), "at": backup.at.isoformat()}, ensure_ascii=False)
    name = f"{FOLDER}/{backup.at:%Y%m%dT%H%M%S%f}.json"
    saved = default_storage.save(name, ContentFile(content.encode()))
    for old in older:
        if f"{FOLDER}/{old}" != saved:
            default_storage.delete(f"{FOLDER}/{old}")


def records() -> list[str]:
    """Names of the records, oldest first."""
    try:
        return sorted(default_storage.listdir(FOLDER)[1])
    except FileNotFoundError:
        return []
