"""What the solver is given and what it answers; everything inside is exact integers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

Pair = tuple[Hashable, Hashable]
EXACT_UP_TO = 2000  # mentees; above that the bonuses of millionths would not fit float64 exactly
FORBIDDEN = np.int64(-(2**60))


class MatchingError(ValueError):
    """The task cannot be computed; the message is Russian and says what to mend."""


@dataclass(frozen=True)
class Problem:
    """Mentees (rows) and mentors (columns). `scores`: n×m points 0…100, NaN = forbidden.

    `must`: bool (n,), served before all others; `capacity`: int (m,); `fixed`: pairs given, they take their
    places first; `balance`: points that each further place of a mentor costs (0, b, 2b …).
    """

    mentees: Sequence[Hashable]
    must: np.ndarray
    mentors: Sequence[Hashable]
    capacity: np.ndarray
    scores: np.ndarray
    fixed: Sequence[Pair] = ()
    balance: float = 0.0

    def __post_init__(self):
        check(self)

    @cached_property
    def shape(self) -> tuple[int, int]:
        return len(self.mentees), len(self.mentors)

    @cached_property
    def scale(self) -> int:
        return 10**6 if len(self.mentees) <= EXACT_UP_TO else 10**3

    @cached_property
    def fixed_columns(self) -> dict[int, int]:
        """Row → column of the given pairs."""
        rows = {key: place for place, key in enumerate(self.mentees)}
        columns = {key: place for place, key in enumerate(self.mentors)}
        return {rows[mentee]: columns[mentor] for mentee, mentor in self.fixed}

    @cached_property
    def values(self) -> np.ndarray:
        """Integer worth of each pair: scaled score plus the bonus of the mentee; FORBIDDEN elsewhere."""
        scaled = self.scores * self.scale
        np.rint(scaled, out=scaled)
        forbidden = np.isnan(scaled)
        scaled[forbidden] = 0
        values = scaled.astype(np.int64)
        values += self.bonus[:, None]
        values[forbidden] = FORBIDDEN
        return values

    @cached_property
    def bonus(self) -> np.ndarray:
        """One more mentee outweighs any scores, one more who must be served outweighs any mentees."""
        n = len(self.mentees)
        most = 100 * self.scale + int(self.penalties.max(initial=0))
        one = (most + 1) * (n + 1)
        return np.where(self.must, one * (n + 2), one).astype(np.int64)

    @cached_property
    def penalties(self) -> np.ndarray:
        """What the k-th place of a mentor costs, scaled: a rising row as long as the largest capacity."""
        step = round(self.balance * self.scale)
        return np.arange(max(int(self.capacity.max(initial=0)), 1), dtype=np.int64) * step


@dataclass(frozen=True)
class Outcome:
    """Pairs (mentee, mentor) in the order of the mentees; `prices` by mentor are the proof (see certificate)."""

    pairs: list[Pair]
    total: float
    served: int
    must_served: int
    prices: dict[Hashable, int]
    left: list[Hashable] = field(default_factory=list)


def check(problem: Problem) -> None:
    n, m = len(problem.mentees), len(problem.mentors)
    for keys, whose in ((problem.mentees, "наставляемых"), (problem.mentors, "наставников")):
        if len(set(keys)) != len(keys):
            raise MatchingError(f"Среди {whose} есть одинаковые обозначения. Уберите повторы.")
    if problem.scores.shape != (n, m):
        raise MatchingError("Таблица баллов не совпадает со списками людей.")
    if len(problem.must) != n or len(problem.capacity) != m:
        raise MatchingError("Признаки людей не совпадают со списками.")
    if (problem.capacity < 0).any():
        raise MatchingError("Число мест не бывает отрицательным.")
    lowest, highest = (
        np.fmin.reduce(problem.scores, axis=None, initial=0),
        np.fmax.reduce(problem.scores, axis=None, initial=0),
    )
    if lowest < 0 or highest > 100:
        raise MatchingError("Баллы должны быть от 0 до 100.")
    if not 0 <= problem.balance <= 100:
        raise MatchingError("Выравнивание нагрузки – от 0 до 100 баллов.")
    check_fixed(problem)


def check_fixed(problem: Problem) -> None:
    rows = {key: place for place, key in enumerate(problem.mentees)}
    columns = {key: place for place, key in enumerate(problem.mentors)}
    taken = np.zeros(len(problem.mentors), int)
    seen = set()
    for mentee, mentor in problem.fixed:
        if mentee not in rows or mentor not in columns:
            raise MatchingError("Закреплена пара, участников которой нет в списках.")
        if mentee in seen:
            raise MatchingError("Наставляемый закреплён дважды. Оставьте одну пару.")
        if np.isnan(problem.scores[rows[mentee], columns[mentor]]):
            raise MatchingError("Закреплённая пара запрещена. Снимите одно из двух.")
        seen.add(mentee)
        taken[columns[mentor]] += 1
    if (taken > problem.capacity).any():
        raise MatchingError("Закреплено больше пар, чем мест у наставника.")
