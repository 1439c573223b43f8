"""Web servers and workers as two hosts would run them: processes of their own on the database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from django.conf import settings
from django.db import connection

SECONDS = 120  # patience on a busy machine


class Host:
    """One process in a group of its own, which can be killed, stopped and woken."""

    def __init__(self, folder, *command, **environment):
        self.process = subprocess.Popen(
            [sys.executable, *command], env=environment_of(folder) | environment, cwd=settings.BASE_DIR,
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def signal(self, number: int) -> None:
        os.killpg(self.process.pid, number)

    def stop(self) -> None:
        self.signal(signal.SIGSTOP)

    def wake(self) -> None:
        self.signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.signal(signal.SIGKILL)
        self.process.wait()


def environment_of(folder) -> dict:
    place = connection.settings_dict
    url = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT'] or 5432}/{place['NAME']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "INTERRUPTED_SECONDS": "2",
    }


def web(folder, **environment) -> tuple[Host, str]:
    """A web server on a free port, ready; and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "mentoring.wsgi:application"]  # fmt: skip
    host, base = Host(folder, *command, **environment), f"http://127.0.0.1:{port}"
    wait_for(lambda: answers(base))
    return host, base


def answers(base: str) -> bool:
    try:
        urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
    except OSError:
        return False
    return True


def worker(folder, name: str) -> Host:
    return Host(folder, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--interval", "0.1", "--worker-id", name)  # fmt: skip


def wait_for(true: Callable[[], bool], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
