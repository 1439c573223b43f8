"""A PostgreSQL database and a web server that live as long as one load."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from mentoring.deploy.run import HOST, healthy, signal_group, web_server

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")
READY_SECONDS = 30


@contextlib.contextmanager
def database(name: str) -> Iterator[str]:
    """Address of an empty database, migrated; dropped at the end."""
    with administrator() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
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
        static = "django.contrib.staticfiles.storage.StaticFilesStorage"
        os.environ |= {"DATABASE_URL": url, "VAR_DIR": folder, "STATIC_STORAGE": static}
        os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        yield
        from django.db import connections

        connections.close_all()


@contextlib.contextmanager
def serving(port: int) -> Iterator[str]:
    """The web server that the portal starts by itself, on the same database."""
    command = [str(part) for part in web_server(port)]
    child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not healthy(port):
            if time.monotonic() > deadline or child.poll() is not None:
                sys.exit("Веб-сервер не ответил.")
            time.sleep(0.1)
        yield f"{HOST}:{port}"
    finally:
        signal_group(child, 15)
        child.wait()
