"""Who dies next: the same seed gives the same choices in the same order, whatever the machine does meanwhile."""

import random
import signal
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from tests.chaos.cluster import send
from tests.chaos.services import House

KILLS = {"web": 5, "web_child": 1, "worker": 5, "backend": 4, "postgres": 3}
ASIDES = {
    "sleep_web": 2,
    "sleep_worker": 3,
    "sleep_backend": 1,
    "mail": 2,
}  # beside the counted kills
ASIDE_SHARE = 0.35
PAUSE, SLEEP = (0.3, 3.5), (2.0, 12.0)
PATIENCE, TOLD_EVERY = 120, 20


def pick(victims: list, place: float):
    """The one at that place of the row, 0 ≤ place < 1."""
    return victims[int(place * len(victims))]


@dataclass
class Killer:
    house: House
    seed: int
    kinds: Counter = field(default_factory=Counter)
    recovery: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self):
        self.chance, self.begun = random.Random(self.seed), time.monotonic()
        self.backends_asleep: list[tuple[float, int]] = []
        self.expected: list[tuple] = []  # (name, killed when, does it answer)

    @property
    def kills(self) -> int:
        return sum(number for kind, number in self.kinds.items() if kind in KILLS)

    def rage(self, kills: int) -> None:
        while self.kills < kills:
            pause, place = self.chance.uniform(*PAUSE), self.chance.random()
            table = ASIDES if self.chance.random() < ASIDE_SHARE else KILLS
            (kind,) = self.chance.choices(list(table), list(table.values()))
            seconds = self.chance.uniform(*SLEEP)
            self.live(pause)
            self.strike(kind, place, seconds)
            self.kinds[kind] += 1
            self.tell(kind, kills)
        while self.backends_asleep or self.expected or any(one.wakes_at for one in self.house.services):  # fmt: skip
            self.live(0.1)

    def tell(self, kind: str, kills: int) -> None:
        """A line now and then: a long storm must show that it goes on."""
        if kind in KILLS and self.kills % TOLD_EVERY == 0:
            minutes = (time.monotonic() - self.begun) / 60
            print(f"убито {self.kills} из {kills} за {minutes:.1f} мин", file=sys.stderr, flush=True)  # fmt: skip

    def live(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            self.house.tend()
            self.wake_backends()
            self.look_who_is_back()
            if time.monotonic() >= until:
                return
            time.sleep(0.1)

    def strike(self, kind: str, place: float, seconds: float) -> None:
        """Only while the portal serves, be it from one process: what does not run cannot break anything."""
        self.until_it_serves()
        if kind.startswith("sleep"):
            self.put_to_sleep(kind, place, seconds)
        elif kind in ("backend", "postgres"):
            self.kill_postgres(kind, place)
            self.expect(kind, self.house.cluster.ready)
        elif kind == "mail":
            self.house.mail.kill()
        elif kind == "worker":
            pick(self.house.workers, place).kill()
        else:
            starting = [name for name, _, _ in self.expected]
            victim = pick([web for web in self.house.webs if web.name not in starting] or self.house.webs, place)  # fmt: skip
            (victim.kill_child if kind == "web_child" else victim.kill)()
            self.expect(victim.name, victim.answers)

    def expect(self, name: str, answers) -> None:
        """From now on it is watched how long it is away."""
        self.expected = [each for each in self.expected if each[0] != name]
        self.expected.append((name, time.monotonic(), answers))

    def look_who_is_back(self) -> None:
        for name, since, answers in list(self.expected):
            if answers():
                self.expected.remove((name, since, answers))
                self.recovery[name].append(time.monotonic() - since)

    def until_it_serves(self) -> None:
        start = time.monotonic()
        while not (self.house.cluster.ready() and any(web.serves() for web in self.house.webs)):
            if time.monotonic() - start > PATIENCE:
                raise RuntimeError(f"nothing came back: {self.house.mail.log.parent}")
            self.live(0)
            time.sleep(0.1)

    def kill_postgres(self, kind: str, place: float) -> None:
        """One backend: PostgreSQL throws all the others out and recovers. Or the whole server."""
        backends = self.house.cluster.backends()
        if kind == "backend" and backends:
            send(pick(backends, place), signal.SIGKILL)
            time.sleep(0.05)
        else:
            self.house.cluster.kill()

    def put_to_sleep(self, kind: str, place: float, seconds: float) -> None:
        if kind == "sleep_backend":
            backends = self.house.cluster.backends()
            if backends and send(pid := pick(backends, place), signal.SIGSTOP):
                self.backends_asleep.append((time.monotonic() + seconds / 2, pid))
            return
        victim = pick(self.house.webs if kind == "sleep_web" else self.house.workers, place)
        if victim.alive():
            victim.fall_asleep(seconds)

    def wake_backends(self) -> None:
        now = time.monotonic()
        for due, pid in self.backends_asleep:
            if due <= now:
                send(pid, signal.SIGCONT)
        self.backends_asleep = [pair for pair in self.backends_asleep if pair[0] > now]
