"""People work, everything is killed at random moments, nothing may be lost or doubled.

`python -m tests.chaos --kills 200 --seed 1`, or `make chaos KILLS=200 SEED=1`. Two web processes, two workers, the
minute work, a mail server and a PostgreSQL of its own in a temporary folder; needs the server's programs, not a
running server. Ends with `kills=… lost=… doubled=…`; exit code 1 where one of the last two is not 0.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.cluster import Cluster, binaries

INTERRUPTED_SECONDS = 6  # in life five minutes


def options_of(arguments=None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--schools", type=int, default=3)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copy-of", default="", help="адрес базы, где миграции уже прошли")
    parser.add_argument("--keep", action="store_true", help="не удалять папку с журналами")
    return parser.parse_args(arguments)


def main() -> int:
    options = options_of()
    if binaries() is None:
        sys.exit("Нет программ PostgreSQL (initdb). Поставьте пакет postgresql.")
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.chmod(0o755)  # the account of PostgreSQL must reach its own folder inside
    cluster = Cluster(folder)
    try:
        cluster.create()
        good = storm(options, folder, cluster)
    finally:
        cluster.stop()
    if good and not options.keep:
        shutil.rmtree(folder)
    else:
        print(f"Журналы: {folder}")
    return 0 if good else 1


def storm(options, folder: Path, cluster: Cluster) -> bool:
    set_up(folder, cluster, options.copy_of)
    from tests.chaos import ledger, report
    from tests.chaos.killer import Killer
    from tests.chaos.person import World
    from tests.chaos.schools import people_of
    from tests.chaos.services import House

    house = House(cluster, folder, dict(os.environ), webs=options.webs, workers=options.workers)
    world = World(house.ports, options.seed)
    people = people_of(world, options.schools)
    release_connections()
    killer = Killer(house, options.seed)
    try:
        house.start()
        start = time.monotonic()
        for person in people:
            person.start()
        killer.rage(options.kills)
        report.quiet(house, world, people)
        seconds = time.monotonic() - start
        found = ledger.reckon(people, house.letters)
    finally:
        release_connections()
        house.stop()
    return report.tell(killer, world, people, found, seconds)


def set_up(folder: Path, cluster: Cluster, copy_of: str) -> None:
    """Django of this process, and by the environment of all others, on the new database."""
    (folder / "var").mkdir(mode=0o700)
    # Compiled anew at every start, 2800 modules take longer than everything else.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ |= {
        "DATABASE_URL": cluster.url, "VAR_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage", "TRUSTED_PROXIES": "1",
        "INTERRUPTED_SECONDS": str(INTERRUPTED_SECONDS), "PRINT_PROCESSES": "1",
        "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
    }  # fmt: skip
    if copy_of:
        cluster.copy_from(copy_of)
    import django
    from django.core.management import call_command

    django.setup()
    if not copy_of:
        call_command("migrate", verbosity=0)
    call_command("createcachetable")


def release_connections() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
