"""What every bench needs: the shape of a result and an honest way to compare two functions."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """Our time divided by the floor's; `goal` is the largest ratio that is good enough."""

    name: str
    ratio: float
    goal: float

    @property
    def met(self) -> bool:
        return self.ratio <= self.goal

    def row(self) -> dict:
        return {**asdict(self), "ratio": round(self.ratio, 3), "met": self.met}


def seconds(call: Callable[[], object]) -> float:
    """Wall time of one call; garbage of the one before is collected first, outside the clock."""
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def compare(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    goal: float,
    repeats: int = 15,
) -> Result:
    """Median of ours over median of the floor, both warm and taken in turns on a noisy machine."""
    ours(), floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(repeats)]
    ours_median, floor_median = map(statistics.median, zip(*pairs, strict=True))
    return Result(name, ours_median / floor_median, goal)
