"""What stands behind an exception that no rule of the portal raised: the database, the disk, the mail, an update.

A transaction is taken back whole in each of these cases, so the person only has to be told when to try again.
"""

import errno
import smtplib
from dataclasses import dataclass

import psycopg2
from django.db import DatabaseError, InterfaceError, OperationalError


@dataclass(frozen=True)
class Outage:
    """What a person reads instead of the page; `seconds`: when it is worth trying again."""

    code: str
    title: str
    sentence: str
    seconds: int


DATABASE = Outage(
    "database", "Портал перезапускается",
    "Портал на минуту потерял связь со своей базой данных. Это проходит само.", 30,
)  # fmt: skip
BUSY = Outage(
    "busy", "Портал занят", "Те же сведения прямо сейчас записывает кто-то ещё.", 5,
)  # fmt: skip
DISK = Outage(
    "disk", "На сервере кончилось место",
    "Портал не может ничего записать, пока администратор не освободит место. Читать и скачивать можно.", 600,
)  # fmt: skip
UPDATE = Outage(
    "update", "Портал обновляется", "Сейчас ставят новую версию. Обычно это несколько минут.", 120,
)  # fmt: skip
MAIL = Outage(
    "mail", "Письмо не ушло",
    "Почтовый сервер не отвечает. Войдите по паролю или по карточке, которую печатает куратор, либо попробуйте позже.", 300,
)  # fmt: skip

# Closing a cursor on the server side passes these on as they are, not as Django's.
BARE = psycopg2.OperationalError | psycopg2.InterfaceError
FULL = {errno.ENOSPC, errno.EDQUOT}
# Codes of PostgreSQL: disk full; undefined table, undefined column; lock not available, deadlock, serialization failure.
# Codes of SQLite for a full disk: FULL, IOERR_WRITE, IOERR_SHMSIZE, IOERR_SHMMAP (its memory file is on the disk too).
DISK_CODES, SCHEMA_CODES, BUSY_CODES = {"53100", 13, 778, 4874, 5386}, {"42P01", "42703"}, {"55P03", "40P01", "40001"}  # fmt: skip
SCHEMA_WORDS, BUSY_WORDS = ("no such table", "no such column", "has no column"), ("is locked",)


class MailAway(Exception):
    """A letter that the person waits for (a code, a new password) could not be handed to the mail server."""


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage at the bottom of an exception and what caused it; None for a fault of the portal itself."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if found := told_by(error):
            return found
        error = error.__cause__ or error.__context__
    return None


def told_by(error: BaseException) -> Outage | None:
    if isinstance(error, MailAway | smtplib.SMTPException):
        return MAIL
    if isinstance(error, OSError) and error.errno in FULL:
        return DISK
    known = isinstance(error, DatabaseError | InterfaceError | BARE)
    return of_database(error) if known else None


def of_database(error: Exception) -> Outage | None:
    """By the code of the database, and by the words of SQLite, which has one code for many things."""
    cause, words = error if isinstance(error, BARE) else error.__cause__, str(error)
    code = getattr(cause, "pgcode", None) or getattr(cause, "sqlite_errorcode", None)
    for outage, codes, phrases in (
        (DISK, DISK_CODES, ()), (UPDATE, SCHEMA_CODES, SCHEMA_WORDS), (BUSY, BUSY_CODES, BUSY_WORDS),
    ):  # fmt: skip
        if code in codes or any(phrase in words for phrase in phrases):
            return outage
    away = isinstance(error, OperationalError | InterfaceError | BARE)
    return DATABASE if away else None
