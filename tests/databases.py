"""The migrations run once; every worker of a run gets a copy of the migrated database.

The original stays between runs under its own name and is made anew when anything it is made from has
changed (`var/stamps/test-database-*.json`), and by `python -m tests.databases`, with which `make test` begins.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from mentoring.deploy import prepare, stamps


def state() -> str:
    """Fingerprint of the migrations, the catalogues, the lock and the settings."""
    chosen = settings.BASE_DIR / "mentoring/settings.py"
    return stamps.fingerprint([chosen], prepare.database_state())


@contextmanager
def alone() -> Iterator[None]:
    """One worker at a time: PostgreSQL copies a database only while nobody is connected to it."""
    stamps.VAR.mkdir(exist_ok=True)
    with (stamps.VAR / f"test-database-{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_file(target: Path) -> None:
    """A migrated SQLite file for a server of the test's own; ask for `django_db_setup` first."""
    with alone():
        shutil.copy(connection.creation._get_test_db_name(), target)


def copy_for(worker: str) -> str:
    """Connect to a fresh copy for this worker; gives the name of the real database, for `drop`."""
    real = connection.settings_dict["NAME"]
    with alone():
        connection.settings_dict["NAME"] = original()
        connection.close()
        connection.creation.clone_test_db(worker, verbosity=0)
        copy = connection.creation.get_test_db_clone_settings(worker)["NAME"]
        connection.close()
    connection.settings_dict["NAME"] = copy
    return real


def original(*, anew: bool = False) -> str:
    """Name of the migrated database; makes it where there is none of this state."""
    name = connection.creation._get_test_db_name()
    stamp = stamps.STAMPS / f"test-database-{connection.vendor}.json"
    wanted = {"name": name, "state": state()}
    if stamps.read(stamp) == wanted and not anew and exists(name):
        return name
    stamp.unlink(missing_ok=True)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    stamps.write(stamp, **wanted)
    return name


def exists(name: str) -> bool:
    if connection.vendor == "sqlite":
        return Path(name).exists()
    with connection._nodb_cursor() as cursor:
        return connection.creation._database_exists(cursor, name)


def drop(real: str) -> None:
    """Remove this worker's copy and point the connection at the real database again."""
    connection.creation.destroy_test_db(real, verbosity=0)


def asked_by(item) -> bool:
    """Does a test ask for the database? pytest-django refuses every query of one that does not."""
    return "django_db_setup" in item.fixturenames or bool(item.get_closest_marker("django_db"))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    django.setup()
    with alone():
        original(anew=True)
