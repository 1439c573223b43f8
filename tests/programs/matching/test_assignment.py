"""Every answer is the best there is: against all distributions of small tasks, and by its own proof."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.matching import MatchingError, Problem, solve, verify

BALANCES = (0, 0, 5, 12.5)


@st.composite
def problems(draw) -> Problem:
    """Up to 5 mentees and 4 mentors, whole points so that ties are common, with bans and fixed pairs."""
    n, m = draw(st.integers(0, 5)), draw(st.integers(0, 4))
    points = st.one_of(st.none(), st.integers(0, 100), st.sampled_from([0, 50, 100]))
    cells = draw(st.lists(points, min_size=n * m, max_size=n * m))
    scores = np.array([np.nan if cell is None else cell for cell in cells], float).reshape(n, m)
    capacity = np.array(draw(st.lists(st.integers(0, 3), min_size=m, max_size=m)), int)
    must = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), bool)
    fixed = draw(fixed_pairs(scores, capacity))
    return Problem([f"e{row}" for row in range(n)], must, [f"m{column}" for column in range(m)], capacity, scores, fixed, draw(st.sampled_from(BALANCES)))  # fmt: skip


@st.composite
def fixed_pairs(draw, scores, capacity) -> list[tuple[str, str]]:
    allowed = [tuple(place) for place in np.argwhere(~np.isnan(scores))]
    chosen = draw(st.lists(st.sampled_from(allowed), max_size=2)) if allowed else []
    left, found, seen = capacity.copy(), [], set()
    for row, column in chosen:
        if row not in seen and left[column] > 0:
            left[column] -= 1
            seen.add(row)
            found.append((f"e{row}", f"m{column}"))
    return found


def aims(problem: Problem, choice: tuple[int, ...]) -> tuple | None:
    """(must served, served, points less the balance) of one distribution; None when it is not allowed."""
    load = np.zeros(len(problem.mentors), int)
    points, cost = 0.0, 0.0
    for row, column in enumerate(choice):
        if column < 0:
            continue
        if np.isnan(problem.scores[row, column]) or load[column] == problem.capacity[column]:
            return None
        points += problem.scores[row, column]
        cost += problem.balance * load[column]
        load[column] += 1
    served = [row for row, column in enumerate(choice) if column >= 0]
    return int(problem.must[served].sum()), len(served), round(points - cost, 6)


def best(problem: Problem) -> tuple:
    n, m = problem.shape
    columns = problem.fixed_columns
    options = [[columns[row]] if row in columns else range(-1, m) for row in range(n)]
    found = [aims(problem, choice) for choice in itertools.product(*options)]
    return max(one for one in found if one is not None)


def reached(problem: Problem, pairs) -> tuple:
    rows = {key: place for place, key in enumerate(problem.mentees)}
    columns = {key: place for place, key in enumerate(problem.mentors)}
    choice = [-1] * len(problem.mentees)
    for mentee, mentor in pairs:
        choice[rows[mentee]] = columns[mentor]
    found = aims(problem, tuple(choice))
    assert found is not None, "a forbidden pair or too many"
    return found


@pytest.mark.req("R-401")
@settings(max_examples=300, deadline=None)
@given(problems())
def test_the_answer_is_the_best_of_all_and_proves_it(problem):
    found = solve(problem)
    assert reached(problem, found.pairs) == best(problem)
    assert verify(problem, found.pairs, found.prices)
    assert set(problem.fixed) <= set(found.pairs)
    assert sorted([*found.left, *(mentee for mentee, _ in found.pairs)]) == sorted(problem.mentees)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_way_of_large_tasks_gives_the_same_worth(problem):
    found = solve(problem, dense_up_to=0)
    assert reached(problem, found.pairs) == best(problem)
    assert verify(problem, found.pairs, found.prices)


@settings(max_examples=150, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(problem, chance):
    rows, columns = list(range(problem.shape[0])), list(range(problem.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(columns)
    mixed = Problem(
        [problem.mentees[row] for row in rows], problem.must[rows],
        [problem.mentors[column] for column in columns], problem.capacity[columns],
        problem.scores[np.ix_(rows, columns)], problem.fixed, problem.balance,
    )  # fmt: skip
    assert solve(mixed) == solve(problem)


@settings(max_examples=150, deadline=None)
@given(problems(), st.data())
def test_a_corrupted_proof_is_refused(problem, data):
    found = solve(problem)
    if not found.pairs or problem.shape[1] == 0:
        return
    assert not verify(problem, [*found.pairs, found.pairs[0]], found.prices)
    free = [mentee for mentee, _ in found.pairs if (mentee, _) not in problem.fixed]
    if free:
        without = [pair for pair in found.pairs if pair[0] != free[0]]
        assert not verify(problem, without, found.prices)
    mentor = data.draw(st.sampled_from(problem.mentors))
    assert not verify(problem, found.pairs, {**found.prices, mentor: -1})
    assert not verify(problem, found.pairs, {})


def random_problem(n: int, m: int, seed: int, *, tight: bool = False) -> Problem:
    chance = np.random.default_rng(seed)
    scores = np.round(chance.uniform(0, 100, (n, m)), 2)
    scores[chance.random((n, m)) < 0.05] = np.nan
    capacity = chance.integers(0, 2 if tight else 4, m)
    return Problem(list(range(n)), chance.random(n) < 0.1, list(range(m)), capacity, scores)


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_both_ways_agree_and_a_swap_breaks_the_proof(seed, tight):
    problem = random_problem(120, 60, seed, tight=tight)
    dense, sparse = solve(problem), solve(problem, dense_up_to=0)
    assert (dense.must_served, dense.served) == (sparse.must_served, sparse.served)
    assert dense.total == pytest.approx(sparse.total, abs=1e-6)
    assert verify(problem, dense.pairs, dense.prices)
    assert verify(problem, sparse.pairs, sparse.prices)
    (first, one), (second, other), *rest = dense.pairs
    if one != other:
        assert not verify(problem, [(first, other), (second, one), *rest], dense.prices)
    raised = {key: price + 10**9 for key, price in dense.prices.items()}
    assert not verify(problem, dense.pairs, raised)


def test_nobody_available_and_empty_lists_are_answers_too():
    empty = np.zeros((0, 0))
    assert solve(Problem([], np.zeros(0, bool), [], np.zeros(0, int), empty)).pairs == []
    alone = solve(Problem(["a"], np.ones(1, bool), [], np.zeros(0, int), np.zeros((1, 0))))
    assert (alone.left, alone.prices) == (["a"], {})
    full = solve(Problem(["a"], np.ones(1, bool), ["m"], np.zeros(1, int), np.full((1, 1), 50.0)))
    assert (full.left, full.served) == (["a"], 0)


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"capacity": np.array([-1])}, "отрицательным"),
        ({"scores": np.array([[101.0], [5]])}, "от 0 до 100"),
        ({"scores": np.zeros((1, 1))}, "не совпадает"),
        ({"mentees": ["a", "a"]}, "одинаковые"),
        ({"fixed": [("a", "x")]}, "нет в списках"),
        ({"fixed": [("a", "m"), ("a", "m")]}, "дважды"),
        ({"fixed": [("a", "m"), ("b", "m")]}, "больше пар, чем мест"),
        ({"fixed": [("a", "m")], "scores": np.array([[np.nan], [5]])}, "запрещена"),
        ({"balance": -1.0}, "Выравнивание"),
    ],
)  # fmt: skip
def test_a_task_that_makes_no_sense_is_refused_in_russian(over, sentence):
    usual = {
        "mentees": ["a", "b"], "must": np.zeros(2, bool), "mentors": ["m"], "capacity": np.array([1]),
        "scores": np.array([[10.0], [20.0]]),
    }  # fmt: skip
    with pytest.raises(MatchingError, match=sentence):
        Problem(**{**usual, **over})


def test_the_balance_spreads_people_over_mentors():
    scores = np.array([[90.0, 85], [90, 85], [90, 85]])
    usual = {"mentees": ["a", "b", "c"], "must": np.zeros(3, bool), "mentors": ["x", "y"], "capacity": np.array([3, 3]), "scores": scores}  # fmt: skip
    loads = [
        sorted(mentor for _, mentor in solve(Problem(**usual, balance=b)).pairs) for b in (0, 10)
    ]
    assert loads == [["x", "x", "x"], ["x", "x", "y"]]
