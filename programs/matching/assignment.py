"""The best distribution: must-be-served mentees first, then as many as possible, then the total score.

Small tasks go to scipy's `linear_sum_assignment` on one column for each place. Large ones are solved on the
few best mentors of each mentee; prices of that answer are then held against all pairs, and those that
would be better are added until there are none, which also is the proof (see certificate).
"""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from programs.matching.certificate import (
    NOBODY,
    Arcs,
    first_prices,
    free_part,
    least_prices,
    least_prices_among,
)
from programs.matching.problem import FORBIDDEN, Outcome, Problem

DENSE_UP_TO = 1500  # mentees; above that the sparse way is faster (tests/bench/matching.py)
BEST_MENTORS, BEST_MENTEES, BLOCK = 40, 10, 1000


def solve(problem: Problem, *, dense_up_to: int = DENSE_UP_TO) -> Outcome:
    """The optimum with its proof. The order of rows and columns does not change the answer: ids are sorted."""
    task = in_order(problem)
    start, rows = free_part(task)
    column_of, prices = answer(task, rows, start, dense=len(rows) <= dense_up_to)
    whole = np.full(len(task.mentees), NOBODY)
    whole[rows] = column_of
    for row, column in task.fixed_columns.items():
        whole[row] = column
    return outcome(task, whole, prices)


def answer(task: Problem, rows: np.ndarray, start: np.ndarray, *, dense: bool):
    """Column of each free mentee (NOBODY: unserved) and the prices."""
    if not rows.size or not len(task.mentors):
        return np.full(len(rows), NOBODY), np.zeros(len(task.mentors), np.int64)
    if dense:
        column_of = by_places(task, rows, start)
        return column_of, least_prices(task, rows, column_of, start)
    return by_best(task, rows, start)


def in_order(problem: Problem) -> Problem:
    """The same task with ids sorted, so that ties are broken by the ids alone."""
    rows = sorted(range(len(problem.mentees)), key=lambda place: order_key(problem.mentees[place]))
    columns = sorted(range(len(problem.mentors)), key=lambda place: order_key(problem.mentors[place]))  # fmt: skip
    if rows == list(range(len(rows))) and columns == list(range(len(columns))):
        return problem
    return Problem(
        mentees=[problem.mentees[place] for place in rows],
        must=np.asarray(problem.must)[rows],
        mentors=[problem.mentors[place] for place in columns],
        capacity=np.asarray(problem.capacity)[columns],
        scores=problem.scores[np.ix_(rows, columns)],
        fixed=problem.fixed,
        balance=problem.balance,
    )


def order_key(key) -> tuple[str, object]:
    return type(key).__name__, key


def places_of(task: Problem, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mentor of each free place, and what the place costs."""
    free = np.maximum(task.capacity - start, 0)
    mentor = np.repeat(np.arange(len(task.mentors)), free)
    first = np.cumsum(free) - free
    number = np.arange(len(mentor)) - first[mentor] + start[mentor]
    return mentor, task.penalties[np.minimum(number, len(task.penalties) - 1)]


def by_places(task: Problem, rows: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Optimum over one column for each place; a forbidden pair is worth nothing and is dropped."""
    mentor, cost = places_of(task, start)
    values = task.values[rows]
    worth = np.maximum(values, 0).astype(np.float64)[:, mentor]
    if task.balance:
        worth = np.maximum(worth - cost, 0)
    chosen_rows, places = linear_sum_assignment(worth, maximize=True)
    column_of = np.full(len(rows), NOBODY)
    column_of[chosen_rows] = mentor[places]
    column_of[(column_of != NOBODY) & (values[np.arange(len(rows)), column_of] == FORBIDDEN)] = NOBODY  # fmt: skip
    return column_of


def by_best(task: Problem, rows: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Optimum over the best candidates, more of them until the prices allow no better pair."""
    values = task.values[rows] if len(rows) < len(task.mentees) else task.values
    use = candidates(values)
    while True:
        arcs = arcs_of(values, use)
        column_of = by_candidates(task, arcs, len(rows), start)
        prices = least_prices_among(arcs, column_of, first_prices(task, column_of, start))
        if not add_better(values, use, column_of, prices):
            return column_of, prices


def candidates(values: np.ndarray) -> np.ndarray:
    """Bool (n, m): the best mentors of each mentee and the best mentees of each mentor."""
    n, m = values.shape
    use = np.zeros((n, m), bool)
    # The bonus is the same along a row, so halved precision is enough to tell the best.
    worth = (values - values.max(axis=1, keepdims=True)).astype(np.float32)
    best = np.argpartition(worth, -min(BEST_MENTORS, m), axis=1)[:, -BEST_MENTORS:]
    np.put_along_axis(use, best, True, axis=1)
    turned = np.ascontiguousarray(worth.T)
    best = np.argpartition(turned, -min(BEST_MENTEES, n), axis=1)[:, -BEST_MENTEES:]
    use[best, np.arange(m)[:, None]] = True
    use &= values != FORBIDDEN
    return use


def arcs_of(values: np.ndarray, use: np.ndarray) -> Arcs:
    """The used pairs sorted by mentor."""
    column, row = np.nonzero(use.T)
    return Arcs(row, column, values[row, column])


def by_candidates(task: Problem, arcs: Arcs, n: int, start: np.ndarray) -> np.ndarray:
    """Optimum over the given pairs: a sparse matching of mentees to places; a column of one's own is «nobody»."""
    mentor, cost = places_of(task, start)
    free = np.maximum(task.capacity - start, 0)
    first = np.cumsum(free) - free
    repeats = free[arcs.column]
    of = np.repeat(np.arange(len(repeats)), repeats)
    place = first[arcs.column[of]] + np.arange(len(of)) - np.repeat(np.cumsum(repeats) - repeats, repeats)  # fmt: skip
    worth = arcs.worth[of] - cost[place]
    top = max(int(worth.max(initial=0)), 0) + 1  # weights stay above zero: a zero would be no arc
    rows = np.concatenate([arcs.row[of], np.arange(n)])
    columns = np.concatenate([place, len(mentor) + np.arange(n)])
    weights = np.concatenate([top - worth, np.full(n, top)]).astype(np.float64)
    graph = csr_array((weights, (rows, columns)), shape=(n, len(mentor) + n))
    found_rows, found = min_weight_full_bipartite_matching(graph)
    column_of = np.full(n, NOBODY)
    served = found < len(mentor)
    column_of[found_rows[served]] = mentor[found[served]]
    return column_of


def add_better(
    values: np.ndarray, use: np.ndarray, column_of: np.ndarray, prices: np.ndarray
) -> bool:
    """Use every pair that would be better at these prices; False when there is none, which is the proof."""
    found = False
    for begin in range(0, len(values), BLOCK):
        rows = slice(begin, begin + BLOCK)
        mine, block = column_of[rows], values[rows]
        own = np.where(mine == NOBODY, 0, block[np.arange(len(block)), mine] - prices[mine])
        better = block > prices + own[:, None]
        better &= ~use[rows]
        found = found or bool(better.any())
        use[rows] |= better
    return found


def outcome(task: Problem, column_of: np.ndarray, prices: np.ndarray) -> Outcome:
    served = np.flatnonzero(column_of != NOBODY)
    pairs = [(task.mentees[row], task.mentors[column_of[row]]) for row in served]
    return Outcome(
        pairs=pairs,
        total=float(task.scores[served, column_of[served]].sum()),
        served=len(served),
        must_served=int(np.asarray(task.must)[served].sum()),
        prices={key: int(price) for key, price in zip(task.mentors, prices, strict=True)},
        left=[task.mentees[row] for row in np.flatnonzero(column_of == NOBODY)],
    )
