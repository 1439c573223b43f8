"""Points of a pair: each part in its bounds, weights, contributions that add up."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.matching import PARTS, MatchingError, contributions, score
from programs.matching.score import People, Wishes, parts


def people(n: int, seed: int) -> People:
    chance = np.random.default_rng(seed)
    return People(
        themes=chance.integers(0, 4, (n, 8)), subject=chance.integers(-1, 4, n), years=chance.uniform(0, 40, n),
        forms=chance.random((n, 5)) < 0.4, kinds=chance.random((n, 7)) < 0.4, times=chance.random((n, 6)) < 0.4,
        delivery=chance.integers(0, 3, n),
    )  # fmt: skip


@pytest.mark.req("R-501")
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 99), st.lists(st.integers(0, 9), min_size=7, max_size=7))  # fmt: skip
def test_points_stay_between_0_and_100_and_add_up(n, m, seed, numbers):
    tables = parts(people(n, seed), people(m, seed + 1), Wishes({(0, 0): 1} if n and m else {}))
    assert all(((table >= 0) & (table <= 1)).all() for table in tables.values())
    weights = dict(zip(PARTS, numbers, strict=True))
    if not sum(numbers):
        return
    points = score(tables, weights)
    assert points.shape == (n, m)
    assert ((points >= 0) & (points <= 100)).all()
    rows, columns = (place.ravel() for place in np.indices((n, m)))
    found = contributions(tables, weights, rows, columns)
    assert np.allclose(sum(found.values()), points[rows, columns], atol=0.05)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [({}, "Все веса равны нулю"), ({"needs": -1}, "отрицательным"), ({"needs": float("nan")}, "отрицательным")],
)  # fmt: skip
def test_weights_that_make_no_sense_are_refused(weights, sentence):
    with pytest.raises(MatchingError, match=sentence):
        score(parts(people(2, 1), people(2, 2), Wishes()), weights)


def one(**over) -> People:
    usual = {
        "themes": np.zeros((1, 2), int), "subject": np.array([-1]), "years": np.array([np.nan]),
        "forms": np.zeros((1, 2), bool), "kinds": np.zeros((1, 2), bool), "times": np.zeros((1, 2), bool),
        "delivery": np.array([0]),
    }  # fmt: skip
    return People(**{**usual, **over})


@pytest.mark.parametrize(
    ("name", "mentee", "mentor", "expected"),
    [
        ("needs", {"themes": np.array([[3, 0]])}, {"themes": np.array([[3, 0]])}, 1),
        ("needs", {"themes": np.array([[2, 2]])}, {"themes": np.array([[2, 1]])}, 0.75),
        ("needs", {}, {"themes": np.array([[3, 3]])}, 0.5),
        ("subject", {"subject": np.array([4])}, {"subject": np.array([4])}, 1),
        ("subject", {"subject": np.array([4])}, {"subject": np.array([5])}, 0),
        ("subject", {"subject": np.array([4])}, {}, 0.5),
        ("experience", {"years": np.array([1.0])}, {"years": np.array([11.0])}, 0.5),
        ("experience", {"years": np.array([9.0])}, {"years": np.array([3.0])}, 0),
        ("schedule", {"delivery": np.array([1])}, {"delivery": np.array([2])}, 0.25),
        ("form", {"forms": np.array([[True, False]])}, {"forms": np.array([[True, True]])}, 0.75),
    ],
)  # fmt: skip
def test_a_part_says_what_its_name_says(name, mentee, mentor, expected):
    table = parts(one(**mentee), one(**mentor), Wishes())[name]
    assert table[0, 0] == pytest.approx(expected)


def test_a_mutual_first_wish_is_the_whole_part_and_silence_is_neutral():
    both = parts(one(), one(), Wishes({(0, 0): 0}, {(0, 0): 0}))["wishes"]
    alone = parts(one(), one(), Wishes({(0, 0): 0}))["wishes"]
    nobody = parts(one(), one(), Wishes())["wishes"]
    assert (both[0, 0], alone[0, 0], nobody[0, 0]) == (1, 0.75, 0.5)
