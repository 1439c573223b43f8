"""The public page against a bare Django view without middleware: granian, one worker, SQLite, wrk beside it.

Both servers run side by side and are asked in turns, several times; only the ratios mean anything. `wrk` is a package of Debian.
Goals (GOAL 4): requests/s ≥ 0.8 × bare, 304 answers ≥ 0.9 ×, p95 ≤ 1.5 ×, no query when warm, ≤ 25 cold.
"""

import contextlib
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.timing import Result

ROOT = Path(__file__).resolve().parents[2]
HOST, BARE, OURS = "127.0.0.1", 8765, 8766
SECONDS, ROUNDS, CONNECTIONS = 2, 9, 16
LEAST, LEAST_UNCHANGED, SLOWEST, MOST_COLD = 0.8, 0.9, 1.5, 25
SCHOOL, DOCUMENTS, NEWS = "bench", 8, 40

BARE_VIEW = """
import django
from django.conf import settings
settings.configure(SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], DATABASES={})
django.setup()
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("bare", lambda request: HttpResponse("ok"))]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
PERCENTILE = (
    'done = function(s, l, r) io.write(string.format("P95=%.3f\\n", l:percentile(95) / 1000)) end\n'
)


# ---- two servers --------------------------------------------------------------------------------------------
@contextlib.contextmanager
def serving(application: str, port: int, path: str, *, cwd: Path, env: dict) -> Iterator[None]:
    """granian as the portal starts it, ready when `path` answers."""
    command = [
        Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", "1", "--blocking-threads", "1", "--no-ws", "--log-level", "error", application,
    ]  # fmt: skip
    child = subprocess.Popen([str(part) for part in command], cwd=cwd, env=env)
    try:
        deadline = time.monotonic() + 60
        while status(port, path) != 200:
            if time.monotonic() > deadline or child.poll() is not None:
                sys.exit("public_page: сервер не ответил.")
            time.sleep(0.2)
        yield
    finally:
        child.terminate()
        child.wait()


def status(port: int, path: str) -> int:
    with contextlib.suppress(OSError, http.client.HTTPException):
        return asked(port, path).status
    return 0


def asked(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def wrk(port: int, path: str, script: Path, *, tag: str = "", seconds: int = SECONDS) -> tuple[float, float]:  # fmt: skip
    """Requests a second and the 95th percentile in milliseconds; any answer that is an error ends the bench."""
    header = ["-H", f"If-None-Match: {tag}"] if tag else []
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), *header, f"http://{HOST}:{port}{path}"]  # fmt: skip
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out and not tag:
        sys.exit(f"public_page: ошибки в ответах.\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), float(re.search(r"P95=([\d.]+)", out)[1])  # fmt: skip


# ---- a school with something to show ------------------------------------------------------------------------
FILL = f"""
import django; django.setup()
from django.core.management import call_command
from django.test.utils import CaptureQueriesContext, override_settings
from django.db import connection
from django.utils import timezone
call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
from tests.factories import make_organization, make_curator, make_person
from tests.programs.makers_public import agree, honour, mark, publish
from programs.services import public_outputs
school = make_organization(slug="{SCHOOL}")
curator, today = make_curator(school), timezone.localdate()
for number in range({NEWS}):
    kind = ["news", "announcement", "photo_report"][number % 3]
    row = publish(curator, kind=kind, publish_on=today, title=f"Новость {{number}}", lead="Коротко о главном. " * 8)
for number in range({DOCUMENTS}):
    person = make_person(school, last_name=f"Фамилия{{number}}")
    agree(person)
    honour(person, since=today)
public_outputs.section_of(school)
with CaptureQueriesContext(connection) as queries:
    output = public_outputs.built("{SCHOOL}", "", today)
print(len(queries), len(output.body))
"""


def run() -> list[Result]:
    if not shutil.which("wrk"):
        print("public_page: пропущен, нужен пакет Debian wrk", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        env |= {
            "VAR_DIR": name, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "mentoring.settings",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage", "PUBLIC_URL": f"http://{HOST}:{OURS}",
        }  # fmt: skip
        filled = subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=env, check=True, capture_output=True, text=True)  # fmt: skip
        cold, size = map(int, filled.stdout.split()[-2:])
        (folder / "bare_application.py").write_text(BARE_VIEW, encoding="utf-8")
        (folder / "percentile.lua").write_text(PERCENTILE, encoding="utf-8")
        bare_env = {**env, "PYTHONPATH": name}
        with (
            serving("bare_application:application", BARE, "/bare", cwd=folder, env=bare_env),
            serving("mentoring.wsgi:application", OURS, f"/p/{SCHOOL}/", cwd=ROOT, env=env),
        ):
            found = measured(folder / "percentile.lua")
    print(f"public_page: страница {size} байт", file=sys.stderr)
    return [*found, Result("public_page: запросов без снимка", cold, MOST_COLD)]


def measured(script: Path) -> list[Result]:
    """Bare divided by ours in each round, then the median of the rounds: smaller is better, a noisy neighbour counts for both."""
    page = f"/p/{SCHOOL}/"
    tag = asked(OURS, page).getheader("ETag")
    kinds = {"bare": (BARE, "/bare", ""), "page": (OURS, page, ""), "unchanged": (OURS, page, tag)}
    rounds = []
    for number in range(ROUNDS + 1):
        one = {name: wrk(port, path, script, tag=of) for name, (port, path, of) in kinds.items()}
        rounds += [one] if number else []  # the first round only warms up
    for name in kinds:
        rate, slow = (statistics.median(one[name][part] for one in rounds) for part in (0, 1))
        print(f"public_page: {name} {rate:.0f} в секунду, p95 {slow:.2f} мс", file=sys.stderr)
    return [
        Result("public_page: пустой ответ к странице", median(rounds, "bare", "page", 0), 1 / LEAST),
        Result("public_page: пустой ответ к «не изменилось»", median(rounds, "bare", "unchanged", 0), 1 / LEAST_UNCHANGED),
        Result("public_page: p95", median(rounds, "page", "bare", 1), SLOWEST),
    ]  # fmt: skip


def median(rounds: list[dict], upper: str, lower: str, part: int) -> float:
    return statistics.median(one[upper][part] / one[lower][part] for one in rounds)
