"""200 people fill in a questionnaire at once: `python -m tests.load.autosave [--people N] [--seconds N]`.

Each saves one field every 10 s ± 5 s through a personal link. Afterwards every saved value must be in
the database, no answer a 5xx, and the 95th percentile at most three times the idle median of the same
request in the same run. Needs PostgreSQL. Exit code 1 when one of the three is missed.
"""

import argparse
import http.client
import json
import random
import re
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field

from tests.load.server import serving, set_up

PORT, EVERY, SPREAD, GOAL, IDLE_SAVES = 8131, 10.0, 5.0, 3.0, 60
CODES = ("request_text", "mentor_traits", "expected", "most_valuable")
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Client:
    """One person with a phone; `kept` is the last value that the server said it saved, by code."""

    address: str
    token: str
    seed: int
    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)

    def open(self) -> None:
        self.connection = http.client.HTTPConnection(self.address, timeout=60)
        self.connection.request("GET", f"/q/{self.token}/")
        answer = self.connection.getresponse()
        page = answer.read()
        self.connection.close()
        assert answer.status == 200, answer.status
        cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.headers = {"Cookie": cookie, "X-CSRFToken": CSRF.search(page)[1].decode(), "Content-Type": "application/json", "Accept": "application/json"}  # fmt: skip

    def save(self, code: str, value: str) -> None:
        body = json.dumps({"code": code, "value": value, "revision": self.revisions.get(code, 0)})
        start = time.perf_counter()
        self.connection.request("POST", f"/q/{self.token}/save/", body, self.headers)
        answer = self.connection.getresponse()
        told = json.loads(answer.read())
        self.connection.close()  # a phone between two fields holds no connection
        self.seconds.append(time.perf_counter() - start)
        self.statuses.append(answer.status)
        if answer.status == 200:
            self.kept[code], self.revisions[code] = value, told["revision"]

    def run(self, until: float) -> None:
        chance = random.Random(self.seed)
        time.sleep(chance.uniform(0, EVERY))
        while time.monotonic() < until:
            self.save(chance.choice(CODES), f"ответ {self.seed}-{len(self.seconds)}")
            time.sleep(chance.uniform(EVERY - SPREAD, EVERY + SPREAD))


def make_links(people: int) -> list[str]:
    from django.utils import timezone

    from people.services import surveys
    from tests.factories import make_curator, make_organization, make_person
    from tests.people.makers_surveys import make_survey

    curator = make_curator(make_organization())
    persons = [make_person(curator.organization) for _ in range(people)]
    survey = make_survey(curator, persons, code="mentee_initial")
    links = surveys.issue_links(survey.participants.all(), on=timezone.localdate(), by=curator)
    return list(links.values())


def lost(clients: list[Client]) -> int:
    """How many values the server confirmed and the database does not hold."""
    from people.models import Answer
    from people.services import surveys

    missing = 0
    for client in clients:
        rows = Answer.objects.filter(response__participant=surveys.find_by_link(client.token))
        held = dict(rows.values_list("question", "value"))
        missing += sum(held.get(code) != value for code, value in client.kept.items())
    return missing


def load(clients: list[Client], seconds: float) -> None:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.run, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def idle_median(client: Client) -> float:
    for number in range(IDLE_SAVES):
        client.save(CODES[number % len(CODES)], f"покой {number}")
    found = statistics.median(client.seconds[IDLE_SAVES // 4 :])
    client.seconds.clear()
    return found


def report(clients: list[Client], idle: float, missing: int) -> bool:
    times = sorted(second for client in clients for second in client.seconds)
    statuses = [status for client in clients for status in client.statuses]
    broken = sum(status >= 500 for status in statuses)
    refused = sum(status != 200 for status in statuses)
    slow = times[int(len(times) * 0.95)]
    print(f"сохранений {len(times)}, не сохранено {missing}, ошибок сервера {broken}, отказов {refused}")  # fmt: skip
    print(f"покой {idle * 1000:.1f} мс, медиана {statistics.median(times) * 1000:.1f} мс, p95 {slow * 1000:.1f} мс = {slow / idle:.2f} × покоя")  # fmt: skip
    return not (missing or broken or refused) and slow <= GOAL * idle


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with set_up("mentoring_load"), serving(PORT) as server:
        links = make_links(options.people)
        clients = [Client(server.address, token, seed) for seed, token in enumerate(links)]
        for client in clients:
            client.open()
        idle = idle_median(clients[0])
        load(clients, options.seconds)
        good = report(clients, idle, lost(clients))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
