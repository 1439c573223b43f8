"""Points 0…100 of every pair from parts that the curator weighs; each part is an n×m table in 0…1 (R-501)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from programs.matching.problem import MatchingError

PARTS = ("needs", "subject", "experience", "form", "schedule", "wishes", "continuity")
NEUTRAL = 0.5
BEST_GAP = 20  # years of experience more than the mentee's that are worth the whole part
RANK_WORTH = (1.0, 0.7, 0.4)  # first, second, third wish


@dataclass(frozen=True)
class People:
    """What is known of n people, one row each; an unknown thing is an empty row, −1 or NaN.

    `themes`: n×D, weights of needs or levels of strengths 0…3; `subject`: codes or −1; `years`: experience or
    NaN; `forms`, `kinds`, `times`: bool n×F, n×K, n×S; `delivery`: 0 any, 1 in person, 2 online.
    """

    themes: np.ndarray
    subject: np.ndarray
    years: np.ndarray
    forms: np.ndarray
    kinds: np.ndarray
    times: np.ndarray
    delivery: np.ndarray


@dataclass(frozen=True)
class Wishes:
    """Places in the lists of preferences: {(row, column): rank from 0} of mentees and of mentors; old pairs."""

    of_mentees: Mapping[tuple[int, int], int] = field(default_factory=dict)
    of_mentors: Mapping[tuple[int, int], int] = field(default_factory=dict)
    before: Iterable[tuple[int, int]] = ()


def parts(mentees: People, mentors: People, wishes: Wishes) -> dict[str, np.ndarray]:
    """Every part as float32 (n, m) in 0…1."""
    shape = (len(mentees.subject), len(mentors.subject))
    return {
        "needs": coverage(mentees.themes, mentors.themes),
        "subject": same_subject(mentees.subject, mentors.subject),
        "experience": gap(mentees.years, mentors.years),
        "form": (overlap(mentees.forms, mentors.forms) + overlap(mentees.kinds, mentors.kinds)) / 2,
        "schedule": (overlap(mentees.times, mentors.times) + same_delivery(mentees.delivery, mentors.delivery)) / 2,
        "wishes": mutual(wishes, shape),
        "continuity": continued(wishes, shape),
    }  # fmt: skip


def coverage(needs: np.ndarray, strengths: np.ndarray) -> np.ndarray:
    """Σ min(need, strength) / Σ need as one product of thermometer codes; without needs neutral."""
    levels = range(1, 4)
    a = np.concatenate([needs >= level for level in levels], axis=1).astype(np.float32)
    b = np.concatenate([strengths >= level for level in levels], axis=1).astype(np.float32)
    asked = a.sum(axis=1, keepdims=True)
    covered = (a / np.maximum(asked, 1)) @ b.T
    return np.where(asked > 0, np.minimum(covered, 1), np.float32(NEUTRAL))


def same_subject(mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
    same = (mentees[:, None] == mentors[None, :]).astype(np.float32)
    known = (mentees[:, None] >= 0) & (mentors[None, :] >= 0)
    return np.where(known, same, np.float32(NEUTRAL))


def gap(mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
    """How much longer the mentor has taught: nothing at 0 years, all at 20 and more."""
    years = (mentors[None, :] - mentees[:, None]) / BEST_GAP
    return np.nan_to_num(np.clip(years, 0, 1), nan=NEUTRAL).astype(np.float32)


def overlap(mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
    """Share of what the mentee would like that the mentor offers; who named nothing is neutral."""
    wanted = mentees.astype(np.float32)
    number = wanted.sum(axis=1, keepdims=True)
    shared = (wanted / np.maximum(number, 1)) @ mentors.astype(np.float32).T
    known = (number > 0) & (mentors.any(axis=1)[None, :])
    return np.where(known, np.minimum(shared, 1), np.float32(NEUTRAL))


def same_delivery(mentees: np.ndarray, mentors: np.ndarray) -> np.ndarray:
    any_ = (mentees[:, None] == 0) | (mentors[None, :] == 0)
    return (any_ | (mentees[:, None] == mentors[None, :])).astype(np.float32)


def mutual(wishes: Wishes, shape: tuple[int, int]) -> np.ndarray:
    """Half for the wish of each side: a mutual first choice is the whole part; who named nobody is neutral."""
    found = np.zeros(shape, np.float32)
    for side, axis in ((wishes.of_mentees, 0), (wishes.of_mentors, 1)):
        silent = np.ones(shape[axis], bool)
        silent[[place[axis] for place in side]] = False
        found += np.float32(NEUTRAL / 2) * (silent[:, None] if axis == 0 else silent[None, :])
        for place, rank in side.items():
            found[place] += RANK_WORTH[min(rank, len(RANK_WORTH) - 1)] / 2
    return found


def continued(wishes: Wishes, shape: tuple[int, int]) -> np.ndarray:
    found = np.zeros(shape, np.float32)
    for place in wishes.before:
        found[place] = 1
    return found


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares of 1; MatchingError when none is left or one is below nothing."""
    values = {name: float(weights.get(name, 0)) for name in PARTS}
    if any(not np.isfinite(value) or value < 0 for value in values.values()):
        raise MatchingError("Вес критерия не бывает отрицательным. Поставьте 0, если он не важен.")
    total = sum(values.values())
    if not total:
        raise MatchingError("Все веса равны нулю. Оставьте хотя бы один критерий.")
    return {name: value / total for name, value in values.items()}


def score(tables: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    """Points 0…100 of every pair, float64 (n, m), to a hundredth."""
    found = sum(
        np.float32(100 * share) * tables[name] for name, share in shares(weights).items() if share
    )
    return np.round(np.asarray(found, np.float64), 2)


def contributions(
    tables: Mapping[str, np.ndarray],
    weights: Mapping[str, float],
    rows: np.ndarray,
    columns: np.ndarray,
) -> dict[str, np.ndarray]:
    """Points that each part gave to the chosen pairs; they add up to the score."""
    return {
        name: np.round(100 * share * tables[name][rows, columns].astype(np.float64), 2)
        for name, share in shares(weights).items()
    }
