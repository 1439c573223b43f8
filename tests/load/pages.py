"""300 people of 50 schools read pages at once: `python -m tests.load.pages [--seconds N] [--workers N] [--threads N]`.

Teachers, curators, heads, observers of authorities and readers of the public section, a page every 10 s ± 5 s
(`tests/load/mix.py`). The same clients open the same mix one after another before: the idle median. No answer may be a
5xx or fail, the 95th percentile at most five times that median. Needs PostgreSQL. Exit code 1 when one is missed.
"""

import argparse
import collections
import gzip
import http.client
import json
import random
import re
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.load import mix
from tests.load.server import copied, serving
from tests.load.watch import Watch

PORT, EVERY, SPREAD, GOAL, ROUNDS = 8132, 10.0, 5.0, 5.0, 3
OBSERVERS, READERS = 2, 40  # of an authority, of all schools
GOOD = (200, 302, 304)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(
    r'data-type="yes_no"[^>]*>\s*<input type="hidden" name="rev-(\w+)" value="(\d+)"'
)


@dataclass(frozen=True)
class Answer:
    page: str
    seconds: float
    status: int  # 0: no answer


@dataclass
class Client:
    """A browser of one person: cookies, marks of what it has, the links of the page it looks at."""

    server: str
    school: str
    pages: tuple[mix.Page, ...]
    seed: int
    session: str = ""
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self):
        self.cookies = {"sessionid": self.session} if self.session else {}
        self.tags: dict[str, str] = {}
        self.shown: dict[str, str] = {}  # what came last, by page
        self.chance = random.Random(self.seed)
        self.named = {page.name: page for page in self.pages}

    def step(self) -> None:
        """One page of the mix; where the way to it leads over another page, that one first."""
        page = self.chance.choices(self.pages, [page.weight for page in self.pages])[0]
        self.connection = http.client.HTTPConnection(self.server, timeout=60)
        try:
            self.save() if page.name == "save" and FIELD.search(self.shown.get("survey", "")) else self.open(page)  # fmt: skip
        finally:
            self.connection.close()  # between two pages a browser behind a proxy holds none

    def open(self, page: mix.Page) -> None:
        if not page.address:
            links = page.links(self.shown[page.of], self.school) if page.of in self.shown else []
            if not (page.link and links):
                return self.open(self.named[page.of])
            self.address = self.chance.choice(links)
        else:
            self.address = page.address.format(school=self.school)
        html = self.ask(page.name, "GET", self.address).decode(errors="replace")
        self.shown[page.name] = html
        for place, pattern in enumerate(page.then, start=1):
            if not (found := re.search(pattern, html)):
                break
            html = self.ask(f"{page.name}, {place}", "GET", found[1], **{"HX-Request": "true"}).decode(errors="replace")  # fmt: skip
        return None

    def save(self) -> None:
        """A field of the questionnaire that is open."""
        html = self.shown["survey"]
        code, revision = self.chance.choice(FIELD.findall(html))
        address, token = re.search(r'data-save="([^"]+)"', html)[1], TOKEN.search(html)[1]
        body = json.dumps({"code": code, "value": "yes", "revision": int(revision)})
        headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Accept": "application/json"}  # fmt: skip
        told = json.loads(self.ask("save", "POST", address, body, **headers))
        old, new = (f'name="rev-{code}" value="{number}"' for number in (revision, told["revision"]))  # fmt: skip
        self.shown["survey"] = html.replace(old, new)

    def ask(
        self, name: str, method: str, address: str, body: str | None = None, **headers
    ) -> bytes:
        headers |= {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}  # fmt: skip
        if address in self.tags:
            headers["If-None-Match"] = self.tags[address]
        start, status, content = time.perf_counter(), 0, b""
        try:
            self.connection.request(method, quote(address, safe="/?&=%"), body, headers)
            answer = self.connection.getresponse()
            content, status = answer.read(), answer.status
        except (OSError, http.client.HTTPException) as error:
            print(f"{name}: {error!r}", file=sys.stderr)
        self.answers.append(Answer(name, time.perf_counter() - start, status))
        if status:
            self.keep(address, answer)
        if status and answer.getheader("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return content

    def keep(self, address: str, answer) -> None:
        if tag := answer.getheader("ETag"):
            self.tags[address] = tag
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value

    def run(self, until: float) -> None:
        time.sleep(self.chance.uniform(0, EVERY))
        while time.monotonic() < until:
            self.step()
            time.sleep(self.chance.uniform(EVERY - SPREAD, EVERY + SPREAD))


# ---- who they are -------------------------------------------------------------------------------------------
def clients_of(server: str) -> list[Client]:
    """Of each school three teachers, the curator and the head; observers; readers who sign in nowhere."""
    from tests.load.schools import authorities, member, schools, teachers

    people = []
    for school in schools():
        people += [(mix.TEACHER, each) for each in teachers(school)]
        people += [(mix.CURATOR, member(school, "curator")), (mix.HEAD, member(school, "head"))]
    for authority in authorities():
        people += [(mix.OBSERVER, member(authority, "observer"))] * OBSERVERS
    found = [Client(server, each.organization.slug, pages, seed, signed_in(each.user)) for seed, (pages, each) in enumerate(people)]  # fmt: skip
    return found + [Client(server, school.slug, mix.READER, len(found) + seed) for seed, school in enumerate(schools()[:READERS])]  # fmt: skip


def signed_in(user) -> str:
    """Key of a new session, as after a sign-in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session["seen_at"] = int(time.time())
    session.create()
    return session.session_key


# ---- measuring ----------------------------------------------------------------------------------------------
def rest(clients: list[Client]) -> list[Answer]:
    """The mix one page after another, after a round that warms up."""
    for number in range(ROUNDS):
        for client in random.Random(number).sample(clients, len(clients)):
            client.step()
        if number == 0:
            taken(clients)
    return taken(clients)


def load(clients: list[Client], seconds: float) -> list[Answer]:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.run, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken(clients)


def taken(clients: list[Client]) -> list[Answer]:
    found = [answer for client in clients for answer in client.answers]
    for client in clients:
        client.answers.clear()
    return found


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def by_page(answers: list[Answer]) -> dict[str, list[float]]:
    found = collections.defaultdict(list)
    for answer in answers:
        found[answer.page].append(answer.seconds)
    return found


def report(idle: list[Answer], busy: list[Answer], watch: Watch, most: int) -> bool:
    times, calm = ([one.seconds for one in answers] for answers in (busy, idle))
    broken = sum(one.status >= 500 for one in (*idle, *busy))
    refused = sum(one.status not in GOOD for one in (*idle, *busy)) - broken
    middle, slow = statistics.median(calm), quantile(times, 0.95)
    web, database = (seconds / len(busy) * 1000 for seconds in watch.seconds())
    print(f"запросов {len(busy)} (в покое {len(idle)}), ошибок сервера {broken}, отказов {refused}")
    print(f"покой {middle * 1000:.1f} мс (p95 {quantile(calm, 0.95) * 1000:.1f}); под нагрузкой медиана {statistics.median(times) * 1000:.1f}, p95 {slow * 1000:.1f}, p99 {quantile(times, 0.99) * 1000:.1f} мс")  # fmt: skip
    print(f"p95 = {slow / middle:.2f} × покоя (не больше {GOAL:g})")
    print(f"процессорного времени на запрос: портал {web:.1f} мс, база {database:.1f} мс; память портала {watch.memory:.0f} МиБ")  # fmt: skip
    table(by_page(idle), by_page(busy), most)
    return not (broken or refused) and slow <= GOAL * middle


def table(calm: dict[str, list[float]], busy: dict[str, list[float]], most: int) -> None:
    slowest = sorted(busy, key=lambda name: quantile(busy[name], 0.95), reverse=True)[:most]
    for name in slowest:
        idle = statistics.median(calm[name]) * 1000 if name in calm else float("nan")
        print(f"  {name:<18} {len(busy[name]):>4} раз, p95 {quantile(busy[name], 0.95) * 1000:>6.0f} мс, покой {idle:>6.1f} мс")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pages", type=int, default=5, help="сколько медленных страниц показать")
    options = parser.parse_args()
    with copied("mentoring_load_schools", "mentoring_load_pages") as name, serving(PORT, options.workers, options.threads) as server:  # fmt: skip
        clients = clients_of(server.address)
        idle = rest(clients)
        with Watch(name, server.pid) as watch:
            busy = load(clients, options.seconds)
        good = report(idle, busy, watch, options.pages)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
