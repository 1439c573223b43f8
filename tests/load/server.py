"""A PostgreSQL database and a web server that live as long as one load."""

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from mentoring.deploy.run import HOST, healthy, signal_group, web_server

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")
KEPT = ROOT / "var" / "load"
READY_SECONDS = 30


@contextlib.contextmanager
def database(name: str, template: str = "template1") -> Iterator[str]:
    """Address of a database, empty or a copy of another; dropped at the end."""
    with administrator() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        with administrator() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextlib.contextmanager
def administrator() -> Iterator:
    connection = psycopg2.connect(f"{SERVER}/postgres")
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()


@contextlib.contextmanager
def set_up(name: str) -> Iterator[None]:
    """Django of this process on that database, with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, database(name) as url:
        use(url, folder)
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        yield
        connections.close_all()


def use(url: str, folder: str | Path) -> None:
    """Django of this process and of what it starts works there."""
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    os.environ |= {"DATABASE_URL": url, "VAR_DIR": str(folder), "STATIC_STORAGE": static}
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings"
    import django

    django.setup()


@contextlib.contextmanager
def copied(kept: str, name: str) -> Iterator[str]:
    """Django of this process on a copy of the filled database `kept`, which is made on first need (minutes)."""
    source = KEPT / kept
    make_kept(kept, source)
    with tempfile.TemporaryDirectory() as folder, database(name, template=kept) as url:
        shutil.copytree(source / "files", Path(folder) / "files")
        use(url, folder)
        from django.db import connections

        yield name
        connections.close_all()


def make_kept(name: str, folder: Path) -> None:
    """Fill it in a process of its own, unless it was made by this very code."""
    code = code_mark()
    mark = folder / "made_by.txt"
    with administrator() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        there = cursor.fetchone() is not None
        if there and mark.exists() and mark.read_text() == code:
            return
        print("Заполняю школы для нагрузки, это займёт несколько минут.", flush=True)
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", FILL, f"{SERVER}/{name}", folder], cwd=ROOT, check=True)
    mark.write_text(code)


def code_mark() -> str:
    """Of the migrations, of the builders and of the month: consents and runs must not grow old."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("mentoring/portal/demo/region/*.py"), ROOT / "tests/load/schools.py"]  # fmt: skip
    found = hashlib.sha256(f"{dt.date.today():%Y-%m}".encode())
    for path in sorted(files):
        found.update(path.read_bytes())
    return found.hexdigest()


FILL = "import sys; from tests.load.server import use; use(*sys.argv[1:]); from tests.load import schools; schools.main()"  # fmt: skip


@dataclass(frozen=True)
class Server:
    address: str
    pid: int


@contextlib.contextmanager
def serving(port: int, workers: int = 1, threads: int = 4) -> Iterator[Server]:
    """The web server as the portal starts it, on the same database."""
    command = [str(part) for part in web_server(port, workers=workers, threads=threads)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not healthy(port):
            if time.monotonic() > deadline or child.poll() is not None:
                sys.exit("Веб-сервер не ответил.")
            time.sleep(0.1)
        yield Server(f"{HOST}:{port}", child.pid)
    finally:
        signal_group(child, 15)
        child.wait()
