"""Matching against bare scipy: one instance shape, both in one run.

The floor is the score matrix and `linear_sum_assignment` on replicated places, without a proof. Ours adds the
checks, the order by ids, the proof; at 10 000 it also prices all pairs. `matching_total_*` is the optimum
over our total (1 when equal), `matching_explained` the answer with its points per part over without.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from programs.matching import PARTS, Problem, contributions, solve, verify
from programs.matching.score import People, Wishes, parts, score
from tests.bench.timing import Result, compare

DIRECTIONS, SUBJECTS, FORMS, KINDS, TIMES = 9, 14, 5, 7, 5
WEIGHTS = dict(zip(PARTS, (55, 15, 10, 5, 5, 10, 0), strict=True))
GOAL, LARGE_GOAL, EXPLAINED_GOAL = 1.25, 1.0, 1.10


@dataclass(frozen=True)
class Instance:
    """n mentees, 0.6n mentors of capacity 1…3 (0.45n when tight), 1 % forbidden, 10 % who must be served."""

    mentees: People
    mentors: People
    wishes: Wishes
    must: np.ndarray
    capacity: np.ndarray
    forbidden: tuple[np.ndarray, np.ndarray]


def make_instance(n: int, *, tight: bool = False, seed: int = 1) -> Instance:
    chance = np.random.default_rng(seed)
    m = max(2, int(n * (0.45 if tight else 0.6)))
    needs = chance.choice(4, (n, DIRECTIONS), p=[0.45, 0.25, 0.2, 0.1])
    needs[np.arange(n), chance.integers(0, DIRECTIONS, n)] = 3
    strengths = chance.choice(4, (m, DIRECTIONS), p=[0.2, 0.25, 0.3, 0.25])
    asking = np.flatnonzero(chance.random(n) < 0.3)
    wishes = {(int(row), int(chance.integers(0, m))): rank for row in asking for rank in range(3)}
    banned = max(1, n * m // 100) if n < 2000 else 20 * n
    return Instance(
        mentees=people(chance, needs, chance.integers(0, 4, n)),
        mentors=people(chance, strengths, chance.integers(3, 40, m)),
        wishes=Wishes(wishes),
        must=chance.random(n) < 0.1,
        capacity=chance.integers(1, 4, m),
        forbidden=(chance.integers(0, n, banned), chance.integers(0, m, banned)),
    )


def people(chance, themes: np.ndarray, years: np.ndarray) -> People:
    n = len(themes)
    return People(
        themes=themes, subject=chance.integers(0, SUBJECTS, n), years=years.astype(float),
        forms=chance.random((n, FORMS)) < 0.3, kinds=chance.random((n, KINDS)) < 0.3,
        times=chance.random((n, TIMES)) < 0.4, delivery=chance.integers(0, 3, n),
    )  # fmt: skip


def points(instance: Instance) -> np.ndarray:
    found = score(parts(instance.mentees, instance.mentors, instance.wishes), WEIGHTS)
    found[instance.forbidden] = np.nan
    return found


def task(instance: Instance, scores: np.ndarray) -> Problem:
    n, m = scores.shape
    return Problem(list(range(n)), instance.must, list(range(m)), instance.capacity, scores)


def bare(instance: Instance, scores: np.ndarray) -> np.ndarray:
    """Mentor of each mentee or −1: what anybody would write first."""
    n = len(scores)
    one = 100 * (n + 1)
    bonus = np.where(instance.must, one * (n + 2), one)
    worth = np.where(np.isnan(scores), 0, scores + bonus[:, None])
    place = np.repeat(np.arange(scores.shape[1]), instance.capacity)
    rows, columns = linear_sum_assignment(worth[:, place], maximize=True)
    found = np.full(n, -1)
    found[rows] = place[columns]
    found[(found >= 0) & np.isnan(scores[np.arange(n), found])] = -1
    return found


def total(scores: np.ndarray, chosen: np.ndarray) -> float:
    served = np.flatnonzero(chosen >= 0)
    return float(scores[served, chosen[served]].sum())


def optimum(n: int, *, tight: bool = False) -> Result:
    instance = make_instance(n, tight=tight)
    scores = points(instance)
    problem, reference = task(instance, scores), bare(instance, scores)
    found = solve(problem)
    assert verify(problem, found.pairs, found.prices)
    assert found.served == (reference >= 0).sum()
    ratio = total(scores, reference) / found.total
    return Result(f"matching_total_{n}{'_tight' if tight else ''}", round(ratio, 7), 1.0)


def explained(instance: Instance) -> Result:
    tables = parts(instance.mentees, instance.mentors, instance.wishes)
    scores = points(instance)
    problem = task(instance, scores)

    def with_reasons() -> None:
        found = solve(problem)
        rows, columns = (np.array(side) for side in zip(*found.pairs, strict=True))
        contributions(tables, WEIGHTS, rows, columns)

    return compare("matching_explained", with_reasons, lambda: solve(problem), goal=EXPLAINED_GOAL, repeats=9)  # fmt: skip


def run() -> list[Result]:
    sizes = [(30, False), (300, False), (1000, False), (1000, True), (3000, False)]
    results = [optimum(n, tight=tight) for n, tight in sizes]
    thousand, large = make_instance(1000), make_instance(10_000)
    results.append(
        compare(
            "matching_1000",
            lambda: solve(task(thousand, points(thousand))),
            lambda: bare(thousand, points(thousand)),
            goal=GOAL,
            repeats=9,
        )
    )
    results.append(explained(thousand))
    scores = points(large)
    results.append(
        compare(
            "matching_10000",
            lambda: solve(task(large, scores)),
            lambda: bare(large, scores),
            goal=LARGE_GOAL,
            repeats=1,
        )
    )
    return results
