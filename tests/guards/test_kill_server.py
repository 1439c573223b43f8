"""kill -9 of the server in the middle of an approval leaves the old state or the new one, never half."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests import databases

# Seconds after the request was sent, if it is not answered before; approval with its files takes a few tenths.
DELAYS = (0.0, 0.1, 0.2, 0.3, 0.45, 20.0)
FILL = f"""
from tests.full_schools import fill_school
from tests.roadmap.makers import make_curator_order, send
school, members = fill_school("school", "Ласточка")
for _ in range({len(DELAYS)}):
    print("paper", send(make_curator_order(members["curator"]), members["curator"]).pk)
print("login", members["head"].user.username)
"""


@pytest.fixture
def place(tmp_path, django_db_setup):
    """A database of its own with papers before the head; the environment of its server."""
    database = tmp_path / "db.sqlite3"
    place = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "VAR_DIR": str(tmp_path),
        "TASKS_BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
    }
    databases.copy_file(database)
    return place


def manage(place: dict, *arguments: str, text: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=place, cwd=settings.BASE_DIR, input=text,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


class Server:
    """A granian of our own on a free port."""

    def __init__(self, place: dict):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "mentoring.wsgi:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, env=place, cwd=settings.BASE_DIR, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.wait()

    def wait(self) -> None:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.base}/healthz", timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Browser:
    """Just enough of a browser: cookies and the hidden token of a form."""

    def __init__(self, base: str):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, page: str, **values) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        data = urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        with self.opener.open(self.base + path, data, timeout=20) as answer:
            return answer.read().decode()


def signed_in(base: str, login: str) -> Browser:
    browser = Browser(base)
    password = "nastavnik-demo"
    browser.post(
        "/accounts/login/", browser.get("/accounts/login/"), login=login, password=password
    )
    again = browser.get("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", again, password=password)
    return browser


def approve_and_kill(place: dict, login: str, paper: int, delay: float) -> None:
    server = Server(place)
    try:
        browser = signed_in(server.base, login)
        path = f"/s/school/documents/{paper}/approve/"
        page = browser.get(path)
        form = dict(re.findall(r'name="(edition)"[^>]*value="([^"]*)"', page))
        values = {**form, "dated_on": "2026-09-01", "number": f"{paper}-К", "signed_on_paper": "on"}
        request = threading.Thread(target=attempt, args=(browser, path, page, values), daemon=True)
        request.start()
        request.join(delay)
    finally:
        server.kill()
    request.join(timeout=20)


def attempt(browser: Browser, path: str, page: str, values: dict) -> None:
    with suppress(OSError):  # the server is killed while answering: that is the point
        browser.post(path, page, **values)


def facts(place: dict, paper: int) -> tuple:
    """State, date, number, open steps, approvals, signature records and files of the paper."""
    connection = sqlite3.connect(place["DATABASE_URL"].removeprefix("sqlite:///"))
    try:
        state, dated_on, number = connection.execute(
            "SELECT state, dated_on, number FROM roadmap_document WHERE id = ?", [paper]
        ).fetchone()
        counted = [
            connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}", [paper]).fetchone()[0]
            for table, where in (
                ("roadmap_approvalstep", "document_id = ? AND state = 'open'"),
                (
                    "roadmap_approval",
                    "step_id IN (SELECT id FROM roadmap_approvalstep WHERE document_id = ?)",
                ),
                ("roadmap_signaturerecord", "document_id = ?"),
                ("roadmap_documentfile", "document_id = ?"),
            )
        ]
    finally:
        connection.close()
    return (state, dated_on, number, *counted)


@pytest.mark.sqlite
@pytest.mark.skipif(connection.vendor != "sqlite", reason="its servers keep a file of their own")
def test_a_killed_approval_is_whole_or_nothing(place):
    lines = [line.split() for line in manage(place, "shell", text=FILL).splitlines()]
    papers = [int(line[1]) for line in lines if line[:1] == ["paper"]]
    login = next(line[1] for line in lines if line[:1] == ["login"])
    outcomes = set()
    for paper, delay in zip(papers, DELAYS, strict=True):
        approve_and_kill(place, login, paper, delay)
        state, *rest = facts(place, paper)
        outcomes.add(state)
        old = ("review", [None, "", 1, 0, 0, 0])
        new = ("in_force", ["2026-09-01", f"{paper}-К", 0, 1, 1, 2])
        assert (state, rest) in (old, new)
    # The first kill comes before the work, the last after it: the middle ones may be either.
    assert outcomes == {"review", "in_force"}
