"""One at a time, on however many machines: the daily commands and the migrations take their turn before they begin.

On PostgreSQL the turn is a lock of a transaction on a connection of its own: it ends with the process that holds it,
however that ends, and it works through pgbouncer, which knows no locks of a session. SQLite has one machine: a file.
"""

import fcntl
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

BUSY = "Эта команда уже выполняется (возможно, на другом сервере). Второй раз она не нужна."


@contextmanager
def turn(name: str, *, wait: bool = False) -> Iterator[bool]:
    """True to one of all who ask at the same time, False to the others; with `wait` each gets it in turn."""
    held = locked_in_database if connection.vendor == "postgresql" else locked_in_file
    with held(name, wait) as mine:
        yield mine


@contextmanager
def locked_in_database(name: str, wait: bool) -> Iterator[bool]:
    """Held open while the work goes on, beside the connection that does it."""
    alias = f"turn-{name}-{secrets.token_hex(4)}"
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    own.alias = alias
    connections[alias] = own
    try:
        with transaction.atomic(using=alias), own.cursor() as cursor:
            if wait:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number_of(name)])
                yield True
            else:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number_of(name)])
                yield cursor.fetchone()[0]
    finally:
        own.close()
        del connections[alias]


@contextmanager
def locked_in_file(name: str, wait: bool) -> Iterator[bool]:
    """Beside the file of the database; a database in memory has one process anyway."""
    file_name = str(connection.settings_dict["NAME"])
    if not Path(file_name).exists():
        yield True
        return
    with open(f"{file_name}.turn-{name}", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def number_of(name: str) -> int:
    """PostgreSQL wants a number of 64 bits."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
