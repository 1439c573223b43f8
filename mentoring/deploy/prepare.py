"""Database, demo schools and static files, each only when its sources have changed.

`python -m mentoring.deploy.prepare [--no-demo]`. All steps share one Django process; when
the stamps are fresh Django is not even imported: the second `make run` serves at once.
"""

import argparse
import io
import os
import sys
from pathlib import Path

from mentoring.deploy import stamps

ROOT = stamps.ROOT
DATABASE_STAMP = stamps.STAMPS / "database.json"
STATIC_STAMP = stamps.STAMPS / "static.json"
LOGINS = stamps.STAMPS / "logins.txt"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def database_state() -> str:
    """Fingerprint of all that `migrate` and the catalogues are made from."""
    sources = [*ROOT.glob("*/migrations"), *ROOT.glob("*/*/migrations"), ROOT / "fixtures"]
    return stamps.fingerprint([*sources, stamps.LOCK])


def static_state() -> str:
    folders = [ROOT / "static", *ROOT.glob("*/static"), *ROOT.glob("*/*/static")]
    # var/static is what collectstatic writes, not what it reads.
    sources = [folder for folder in folders if stamps.VAR not in folder.parents]
    # Third-party files (Bootstrap, the editor) change with the lock only.
    return stamps.fingerprint([*sources, stamps.LOCK])


def database_is_fresh(state: str) -> bool:
    # A server's database can be replaced behind our back: ask it every time.
    if os.environ.get("DATABASE_URL"):
        return False
    return (stamps.VAR / "db.sqlite3").exists() and stamps.read(DATABASE_STAMP).get(
        "state"
    ) == state


def static_is_fresh(state: str) -> bool:
    stamp = stamps.read(STATIC_STAMP)
    return stamp.get("state") == state and Path(stamp.get("root", "")).is_dir()


def prepare_database(state: str) -> None:
    from django.core.management import call_command

    from mentoring.core.turns import turn

    say("Готовлю базу данных…")
    with turn(
        "migrate", wait=True
    ):  # two hosts that are updated at once migrate one after the other
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    stamps.write(DATABASE_STAMP, state=state)


def prepare_demo() -> None:
    """Fill an empty database with the demo schools and keep their logins for printing."""
    from django.core.management import call_command

    say("Наполняю демошколы (только если база пуста)…")
    call_command("demo", if_empty=True, stdout=sys.stderr)
    logins = io.StringIO()
    call_command("demo", logins=True, stdout=logins)
    LOGINS.write_text(logins.getvalue(), encoding="utf-8")


def prepare_static(state: str) -> None:
    from django.conf import settings
    from django.core.management import call_command

    say("Собираю статические файлы…")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamps.write(STATIC_STAMP, state=state, root=str(settings.STATIC_ROOT))


def prepare(*, demo: bool) -> None:
    database, static = database_state(), static_state()
    new_database = not database_is_fresh(database)
    new_static = not static_is_fresh(static)
    new_demo = demo and (new_database or not LOGINS.exists())
    if not (new_database or new_static or new_demo):
        return
    stamps.VAR.mkdir(exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
    import django

    django.setup()
    if new_database:
        # Fixtures may have changed too: let the demo look at the database again.
        LOGINS.unlink(missing_ok=True)
        prepare_database(database)
    # Static files first: papers of the demo may look for their style sheet by its final name.
    if new_static:
        prepare_static(static)
    if new_demo:
        prepare_demo()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-demo", action="store_true", help="database and static files only")
    prepare(demo=not parser.parse_args().no_demo)
    return 0


if __name__ == "__main__":
    sys.exit(main())
