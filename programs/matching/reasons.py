"""Why somebody is left without a mentor: the true reason, and what would change it."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from programs.matching.problem import Outcome, Problem

NAMED = 3


@dataclass(frozen=True)
class Left:
    """`code`: no_mentors | all_forbidden | no_strength | no_place; `mentors`: whose further place would help."""

    mentee: Hashable
    code: str
    reason: str
    mentors: tuple[Hashable, ...] = ()


def reasons(problem: Problem, outcome: Outcome, covered: np.ndarray | None = None) -> list[Left]:
    """One row for each mentee left. `covered`: bool n×m, whether the mentor is strong in any of the needs."""
    rows = {key: place for place, key in enumerate(problem.mentees)}
    return [reason_of(problem, rows[key], key, covered) for key in outcome.left]


def reason_of(problem: Problem, row: int, key: Hashable, covered: np.ndarray | None) -> Left:
    if not len(problem.mentors) or not (problem.capacity > 0).any():
        return Left(key, "no_mentors", "Свободных наставников нет. Пополните банк или увеличьте число мест.")  # fmt: skip
    allowed = np.flatnonzero(~np.isnan(problem.scores[row]))
    if not allowed.size:
        return Left(key, "all_forbidden", "Пары со всеми наставниками запрещены. Снимите запрет или пригласите нового наставника.")  # fmt: skip
    best = allowed[np.argsort(-problem.scores[row, allowed], kind="stable")][:NAMED]
    mentors = tuple(problem.mentors[column] for column in best)
    if covered is not None and not covered[row].any():
        return Left(key, "no_strength", "Никто из наставников не силён в том, с чем нужна помощь. Пригласите внешнего наставника или обучите своего.", mentors)  # fmt: skip
    return Left(key, "no_place", "У всех подходящих наставников заняты места. Помогло бы ещё одно место у одного из них.", mentors)  # fmt: skip
