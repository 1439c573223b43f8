"""A filled portal comes back whole from its archive, on either database: every list, every paper, `verify` = 0."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings as django_settings
from django.db import connection

from mentoring.core.backups import last_backup
from mentoring.deploy import stamps
from mentoring.portal.backup.archive import read_through
from mentoring.portal.backup.encryption import Key
from mentoring.portal.backup.making import backup
from people.models import StoredFile
from tests import databases
from tests.full_schools import owned_models

OPEN = Key()


def manage(place: dict, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], env={**os.environ, **place},
        cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


def place(folder: Path, database: str) -> dict:
    """Environment of a portal with files of its own."""
    folder.mkdir(exist_ok=True)
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {"VAR_DIR": str(folder), "DATABASE_URL": database, "STATIC_STORAGE": static}


def lists(archive: Path) -> dict[str, tuple[int, str]]:
    """Number of rows and hash of each table."""
    tables = read_through(archive, OPEN)["tables"]
    return {label: (table["rows"], table["sha256"]) for label, table in tables.items()}


def papers(root: Path) -> dict[str, bytes]:
    """Bytes of everything in the schools' folders."""
    found = (path for path in root.glob("[0-9]*/**/*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def migrated(vendor: str) -> str:
    """Name of the migrated original that the tests of a database are copied from; "" where there is none."""
    stamp = stamps.read(stamps.STAMPS / f"test-database-{vendor}.json")
    return stamp["name"] if stamp.get("state") == databases.state() else ""


@contextmanager
def new_postgres(name: str):
    """A database beside the one of the tests, with the tables of the migrated original and no row."""
    with databases.alone(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated("postgresql")}"')
    values = connection.settings_dict
    login = ":".join(filter(None, [values["USER"], values["PASSWORD"]]))
    yield f"postgres://{login}@{values['HOST']}:{values['PORT'] or 5432}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def full(archive: Path) -> dict[str, tuple[int, str]]:
    """The lists of an archive; first of all, nearly every model of a school has rows in it."""
    found = lists(archive)
    owned = [model._meta.label_lower for model in owned_models()]
    filled = [label for label in owned if found[label][0]]
    assert len(filled) > 0.8 * len(owned)
    return found


def lite(folder: Path) -> dict:
    """A portal on SQLite; its tables are there already where the SQLite tests have made them before."""
    folder.mkdir()
    original = Path(migrated("sqlite"))
    if original.is_file():
        with databases.alone():
            shutil.copy(original, folder / "db.sqlite3")
    return place(folder, f"sqlite:///{folder / 'db.sqlite3'}")


def bring(new: dict, archive: Path) -> Path:
    """Restore, then take an archive of what came: the same lists, the same bytes, nothing to report."""
    done = manage(new, "restore", str(archive), "--moved")
    # The neighbour's texts were marked past the services, and `verify` says so here as it does there.
    assert "Восстановлено: строк" in done.stdout, done.stderr
    assert manage(new, "verify", "--school", "lastochka").returncode == 0
    again = Path(new["VAR_DIR"]) / "again.tar"
    assert manage(new, "backup", "--to", str(again)).returncode == 0
    return again


def test_everything_comes_back_into_a_new_database_and_a_new_folder(
    two_schools, tmp_path, settings
):
    """On PostgreSQL the way leads over SQLite and back, so both moves are proven."""
    archive = tmp_path / "portal.tar"
    made = backup(archive, key=OPEN)
    assert (made.files, made.missing) == (StoredFile.objects.count(), 0)
    assert last_backup().where == str(archive)
    before, bytes_before = full(archive), papers(Path(settings.MEDIA_ROOT))
    again = bring(lite(tmp_path / "lite"), archive)
    assert lists(again) == before
    assert papers(tmp_path / "lite" / "files") == bytes_before
    if connection.vendor == "postgresql":
        with new_postgres(f"{connection.settings_dict['NAME']}_restored") as url:
            back = bring(place(tmp_path / "server", url), again)
        assert lists(back) == before
        assert papers(tmp_path / "server" / "files") == bytes_before
