"""How a person works with a portal that may vanish: look whether it happened, then try again."""

import random
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.chaos.browser import Browser, Unsure

REST = (0.2, 1.2)


@dataclass
class World:
    """What the clients share: addresses, the end of the day, what was done."""

    ports: list[int]
    seed: int
    closing: threading.Event = field(default_factory=threading.Event)
    confirmed: Counter = field(default_factory=Counter)
    retried: Counter = field(default_factory=Counter)
    unsure: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Person(threading.Thread):
    """A client in a thread of its own: acts until the day closes, and finishes what is begun."""

    def __init__(self, world: World, number: int, slug: str, login: str = ""):
        super().__init__(daemon=True, name=f"{type(self).__name__}-{slug}-{number}")
        self.world, self.slug = world, slug
        self.chance = random.Random(f"{world.seed}-{number}")
        address = f"10.0.{number // 250}.{number % 250 + 1}"
        self.browser = Browser(world.ports, self.chance, address, login)

    def run(self) -> None:
        try:
            while not self.world.closing.is_set():
                try:
                    self.act()
                except Unsure as error:
                    self.world.unsure[str(error)] += 1
                self.rest()
        except Exception:  # a client that cannot go on is a fault of the run
            self.world.faults.append(f"{self.name}: {traceback.format_exc()}")

    def act(self) -> None:
        raise NotImplementedError

    def rest(self) -> None:
        time.sleep(self.chance.uniform(*REST))

    def path(self, rest: str = "") -> str:
        return f"/s/{self.slug}/{rest}"

    def surely(self, what: str, act: Callable[[], bool], happened: Callable[[], bool]) -> bool:
        """Do it until the portal has said that it is done (True) or that it cannot be (False).

        `act` gives False where the portal says no; perhaps because an earlier try has come through.
        """
        while True:
            try:
                if act() or self.looked(happened):
                    break
                return False
            except Unsure as error:
                self.world.unsure[str(error)] += 1
            self.rest()
            if self.looked(happened):
                break
            self.world.retried[what] += 1
        self.world.confirmed[what] += 1
        return True

    def looked(self, happened: Callable[[], bool]) -> bool:
        while True:
            try:
                return happened()
            except Unsure as error:
                self.world.unsure[str(error)] += 1
                self.rest()
