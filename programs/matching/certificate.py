"""Proof that no better distribution exists: one price for each mentor.

A mentee i takes worth g_ij − v_j at mentor j of price v_j; the places of j are sold at p_k (the load balance).
For any prices the sum D = Σ_i max(0, max_j(g_ij − v_j)) + Σ_j Σ_{k<cap_j} max(0, v_j − p_k) is at least the
worth P of any distribution (weak duality of the assignment problem). D = P in exact integers is the proof.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from programs.matching.problem import FORBIDDEN, Pair, Problem

NOBODY = -1


def least_prices(
    problem: Problem, rows: np.ndarray, column_of: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Smallest prices that an optimal distribution allows, int64 (m,).

    `rows`: mentees not fixed; `column_of`: their mentor or NOBODY; `start`: places taken by fixed pairs.
    A price rises until nobody would rather be elsewhere: the longest path over chains of moves.
    """
    values = problem.values[rows]
    prices = first_prices(problem, column_of, start)
    idle = column_of == NOBODY
    if idle.any():
        prices = np.maximum(prices, values[idle].max(axis=0, initial=0))
    return relax(prices, values, column_of)


def first_prices(problem: Problem, column_of: np.ndarray, start: np.ndarray) -> np.ndarray:
    """What the last place taken costs; a mentor whom nobody free has joined costs nothing yet."""
    load = start + np.bincount(column_of[column_of != NOBODY], minlength=len(problem.mentors))
    return np.where(load > start, problem.penalties[np.maximum(load - 1, 0)], 0)


def relax(prices: np.ndarray, values: np.ndarray, column_of: np.ndarray) -> np.ndarray:
    """Raise prices while somebody would rather be elsewhere; then only those whose own price rose look again."""
    served = np.flatnonzero(column_of != NOBODY)
    owner = column_of[served]
    gain = values[served]
    gain -= gain[np.arange(len(served)), owner][:, None]
    prices, looking = prices.copy(), np.arange(len(served))
    while looking.size:
        among = gain if len(looking) == len(served) else gain[looking]
        offers = (among + prices[owner[looking], None]).max(axis=0)
        raised = offers > prices
        if not raised.any():
            break
        prices[raised] = offers[raised]
        looking = np.flatnonzero(raised[owner])
    return prices


@dataclass(frozen=True)
class Arcs:
    """Some of the pairs as a list sorted by column: row, column and worth of each."""

    row: np.ndarray
    column: np.ndarray
    worth: np.ndarray


def least_prices_among(arcs: Arcs, column_of: np.ndarray, prices: np.ndarray) -> np.ndarray:
    """The same over some pairs only, for tasks too large to look at every pair in each round.

    `prices`: the first ones; right for the pairs of `arcs`, to be held against the others.
    """
    owner = column_of[arcs.row]
    own = np.zeros(len(column_of), np.int64)
    mine = owner == arcs.column
    own[arcs.row[mine]] = arcs.worth[mine]
    gain = arcs.worth - own[arcs.row]
    columns, starts = np.unique(arcs.column, return_index=True)
    prices = prices.copy()
    while True:
        paid = np.where(owner == NOBODY, 0, prices[owner])
        offers = np.maximum.reduceat(gain + paid, starts)
        if not (offers > prices[columns]).any():
            return prices
        prices[columns] = np.maximum(prices[columns], offers)


def worth(problem: Problem, column_of: np.ndarray, load: np.ndarray) -> int:
    """P: worth of the chosen pairs less what their places cost."""
    chosen = np.flatnonzero(column_of != NOBODY)
    gained = problem.values[chosen, column_of[chosen]].sum(dtype=object) if chosen.size else 0
    return int(gained) - int(cost_of_places(problem, load))


def cost_of_places(problem: Problem, load: np.ndarray) -> int:
    sums = np.concatenate([[0], np.cumsum(problem.penalties)])
    return int(sums[load].sum())


def bound(problem: Problem, rows: np.ndarray, start: np.ndarray, prices: np.ndarray) -> int:
    """D for the mentees that were free to choose and the places that were free to be taken."""
    values = problem.values[rows]
    best = (values - prices).max(axis=1, initial=0) if values.size else np.zeros(0, np.int64)
    places = np.arange(len(problem.penalties))
    free = (places >= start[:, None]) & (places < problem.capacity[:, None])
    profit = np.where(free, np.maximum(prices[:, None] - problem.penalties, 0), 0)
    return int(best.sum(dtype=object)) + int(profit.sum(dtype=object))


def verify(problem: Problem, pairs: Iterable[Pair], prices: Mapping[Hashable, int]) -> bool:
    """True when the pairs are feasible, hold the fixed ones, and the prices prove that nothing is better."""
    column_of = columns(problem, pairs)
    if column_of is None or set(prices) != set(problem.mentors):
        return False
    load = np.bincount(column_of[column_of != NOBODY], minlength=len(problem.mentors))
    kept = all(column_of[row] == column for row, column in problem.fixed_columns.items())
    if not kept or (load > problem.capacity).any():
        return False
    start, rows = free_part(problem)
    v = np.array([int(prices[key]) for key in problem.mentors], dtype=np.int64)
    if (v < 0).any():
        return False
    fixed_rows = list(problem.fixed_columns)
    given = np.full(len(problem.mentees), NOBODY)
    given[fixed_rows] = column_of[fixed_rows]
    free_worth = worth(problem, column_of, load) - worth(problem, given, start)
    return free_worth == bound(problem, rows, start, v)


def columns(problem: Problem, pairs: Iterable[Pair]) -> np.ndarray | None:
    """Column of each mentee, or None when somebody is unknown, served twice or in a forbidden pair."""
    places = {key: place for place, key in enumerate(problem.mentees)}
    mentors = {key: place for place, key in enumerate(problem.mentors)}
    found = np.full(len(problem.mentees), NOBODY)
    for mentee, mentor in pairs:
        row, column = places.get(mentee), mentors.get(mentor)
        if row is None or column is None or found[row] != NOBODY:
            return None
        if problem.values[row, column] == FORBIDDEN:
            return None
        found[row] = column
    return found


def free_part(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Places taken by fixed pairs (m,), and the rows that are not fixed."""
    start = np.zeros(len(problem.mentors), int)
    for column in problem.fixed_columns.values():
        start[column] += 1
    rows = np.array([row for row in range(len(problem.mentees)) if row not in problem.fixed_columns], int)  # fmt: skip
    return start, rows
