"""How many wrong tries fired at once against two web servers pass: `python -m tests.load.guessing [number]`.

On SQLite, or on the database of `DATABASE_URL`, which is emptied. Exit code 1 when a limit did not hold.
"""

import os
import re
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")
from tests.guards.test_kill_server import Browser, Server, manage

WRONG = re.compile("Слишком много (неверных )?попыток")
NAME = "guessed@school.example"
FILL = f"""
from django.core.management import call_command
call_command("flush", interactive=False, verbosity=0)
from django.utils import timezone
from people.services import consent_signing, consents
from tests.factories import make_curator, make_head, make_organization
school = make_organization(slug="school", simple_signature_allowed=True, simple_signature_basis="приказ № 12")
head, curator, today = make_head(school, login="{NAME}"), make_curator(school), timezone.localdate()
consent_signing.record_joining([head.person], on=today, by=curator)
consents.ask([head.person], "data", on=today, by=curator)
"""
CONSENT = "from people.models import Consent; print(Consent.objects.get().pk)"
FORGET = "from people.models import Tries; Tries.objects.all().delete()"


def place(folder: str) -> dict:
    """Environment of the servers."""
    return {
        **os.environ,
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/db.sqlite3"),
        "VAR_DIR": folder,
        "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "DJANGO_SETTINGS_MODULE": "mentoring.settings",
        "EMAIL_URL": "dummymail://",
    }


def answer_of(ask: Callable[[], str]) -> tuple[int, str]:
    try:
        return 200, ask()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


class Doors:
    """Two servers; `number` browsers, every second at the other one."""

    def __init__(self, servers: list[Server], number: int):
        self.bases = [servers[one % 2].base for one in range(number)]

    def at_once(self, ask: Callable[[str], str]) -> list[tuple[int, str]]:
        with ThreadPoolExecutor(len(self.bases)) as pool:
            return list(pool.map(lambda base: answer_of(lambda: ask(base)), self.bases))

    def forms(self, path: str, **values: str) -> list[tuple[int, str]]:
        """The pages are read first, so that the sending comes at once."""
        browsers = [Browser(base) for base in self.bases]
        pages = [browser.get(path) for browser in browsers]
        with ThreadPoolExecutor(len(browsers)) as pool:
            send = lambda pair: answer_of(lambda: pair[0].post(path, pair[1], **values))  # noqa: E731
            return list(pool.map(send, zip(browsers, pages, strict=True)))

    def shared(self, path: str, **values: str) -> list[tuple[int, str]]:
        """One session in all browsers."""
        browser = Browser(self.bases[0])
        login = "/accounts/login/"
        browser.post(login, browser.get(login), login=NAME, password="nastavnik-demo")
        page = browser.get(path)

        def send(base: str) -> str:
            twin = Browser(base)
            twin.opener = browser.opener
            return twin.post(path, page, **values)

        return self.at_once(send)

    def links(self) -> list[tuple[int, str]]:
        def read(base: str) -> str:
            address = f"{base}/q/wrong{time.monotonic_ns()}/"
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read().decode()

        return [one for _ in range(5) for one in self.at_once(read)]


def passed(answers: list[tuple[int, str]], code: int = 200) -> int:
    return sum(status == code and not WRONG.search(text) for status, text in answers)


def main(number: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        where = place(folder)
        manage(where, "migrate", "-v0")
        manage(where, "createcachetable")
        manage(where, "shell", "-v0", text=FILL)
        servers = [Server(where), Server(where)]
        try:
            doors = Doors(servers, number)
            rows = [
                (
                    "sign-in",
                    passed(doors.forms("/accounts/login/", login=NAME, password="wrong wrong")),
                    5,
                )
            ]
            rows += [
                (
                    "letters of a reset",
                    passed(doors.forms("/accounts/password/reset/", email=NAME)),
                    3,
                )
            ]
            rows += [
                ("letters with a code", passed(doors.forms("/accounts/login/code/", email=NAME)), 3)
            ]
            rows += [("links that open nothing", passed(doors.links(), 404), 60)]
            manage(where, "shell", "-v0", text=FORGET)
            rows += [
                (
                    "re-authentication",
                    passed(doors.shared("/accounts/reauthenticate/", password="wrong")),
                    5,
                )
            ]
            manage(where, "shell", "-v0", text=FORGET)
            consent = manage(where, "shell", "-v0", text=CONSENT).split()[-1]
            rows += [
                (
                    "signing of a consent",
                    passed(doors.shared(f"/s/school/me/consents/{consent}/", password="wrong")),
                    5,
                )
            ]
        finally:
            for server in servers:
                server.kill()
    for door, through, limit in rows:
        print(f"{door}: {through} of {limit}")
    return 0 if all(through <= limit for _, through, limit in rows) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
