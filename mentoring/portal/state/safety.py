"""What protects the data: backup, seals of the journal, migrations."""

import datetime as dt
import time

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max, Min

from mentoring.core.backups import last_backup
from mentoring.portal.state.lights import Colour, Light, above, size, span
from mentoring.portal.state.work import local
from people.models import JournalEntry, JournalSeal, Organization

LATE_SEAL = (5 * 60, 60 * 60)  # seconds that a line waits for its seal: yellow, red
ASK_AGAIN = 10  # seconds: how often a process looks whether the migrations have come
_known = {"asked": 0.0, "pending": []}


def backup(now: dt.datetime) -> Light:
    """The record lies beside the files, so every host knows of it; where the archive lies is not told to schools."""
    found = last_backup()
    title, meaning = (
        "Резервная копия",
        "Архив базы данных и файлов, из которого портал можно восстановить.",
    )
    if found is None:
        return Light(
            "backup", title, Colour.RED, "ни одной", meaning,
            "Сделайте копию командой manage.py backup и включите ежедневный таймер mentoring-backup.timer.",
        )  # fmt: skip
    age = (now - found.at).total_seconds()
    limit = settings.BACKUP_MAX_HOURS * 3600
    colour = above(age, limit, 3 * limit)
    step = "" if colour == Colour.GREEN else "Проверьте таймер: systemctl status mentoring-backup.timer, и место для архивов."  # fmt: skip
    value = f"{local(found.at)} ({span(age)} назад), {size(found.size)}"
    return Light("backup", title, colour, value, meaning, step)


def seals(now: dt.datetime, school: Organization | None) -> Light:
    """Two queries. Lines wait for a seal for a minute at most."""
    made = JournalSeal.objects.of(school) if school else JournalSeal.objects.all()
    oldest, last = oldest_unsealed(school), made.aggregate(at=Max("at"))["at"]
    late = (now - oldest).total_seconds() if oldest else 0
    colour = above(late, *LATE_SEAL)
    value = f"последняя {local(last)}" if last else "печатей ещё нет"
    if late > LATE_SEAL[0]:
        value += f", строки ждут {span(late)}"
    step = "Проверьте службу: systemctl status mentoring-minute." if colour != Colour.GREEN else ""  # fmt: skip
    return Light(
        "seals", "Печати журнала", colour, value,
        "Каждая минута журнала закрывается печатью: по ним manage.py verify находит подмену строк.", step,
    )  # fmt: skip


def oldest_unsealed(school: Organization | None) -> dt.datetime | None:
    entries = JournalEntry.objects.filter(seal=None)
    return (entries.of(school) if school else entries).aggregate(at=Min("at"))["at"]


def migrations() -> Light:
    pending = pending_migrations()
    colour = Colour.RED if pending else Colour.GREEN
    value = f"не применены: {len(pending)}" if pending else "все применены"
    step = "Завершите обновление: manage.py migrate." if pending else ""
    return Light(
        "migrations", "Изменения базы данных", colour, value,
        "Новая версия портала может требовать новых таблиц и столбцов.", step,
    )  # fmt: skip


def pending_migrations() -> list[str]:
    """Names not applied yet. Once there are none a process does not look again: a database never goes back."""
    known = _known
    fresh = time.monotonic() - known["asked"] < ASK_AGAIN
    if not known["asked"] or (known["pending"] and not fresh):
        loader = MigrationLoader(connection)
        pending = sorted(set(loader.graph.nodes) - set(loader.applied_migrations))
        known["pending"] = [f"{app}.{name}" for app, name in pending]
        known["asked"] = time.monotonic()
    return known["pending"]
