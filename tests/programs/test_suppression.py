"""Small numbers of people in tables of schools: hidden, and not to be worked out from what is shown."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from programs.monitoring.suppression import LEAST, Figure, Node, hidden_in, schools, total


def region(*towns: list[Figure]) -> Node:
    """Schools are keyed (town, place), towns by their number, the region «region»."""
    return Node("region", children=tuple(
        Node(town, children=tuple(Node((town, place), figure) for place, figure in enumerate(figures)))
        for town, figures in enumerate(towns)
    ))  # fmt: skip


def numbers(*values: int) -> list[Figure]:
    return [Figure(value) for value in values]


def test_a_small_number_takes_a_second_school_with_it():
    assert hidden_in(region(numbers(1, 5, 9))) == {(0, 0), (0, 1)}


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden_in(region(numbers(0, 3, 7), numbers(5))) == frozenset()


def test_two_small_schools_protect_each_other_unless_their_sum_is_small():
    assert hidden_in(region(numbers(2, 2, 9))) == {(0, 0), (0, 1)}
    assert hidden_in(region(numbers(1, 1, 9))) == {(0, 0), (0, 1), (0, 2)}


def test_a_lonely_school_hides_its_town_and_a_neighbour_town():
    """Region less the other towns would tell the small one: a second town goes, with a school of its own."""
    hidden = hidden_in(region(numbers(2), numbers(4, 6), numbers(30, 40)))
    assert hidden == {(0, 0), 0, 1, (1, 0)}


def test_a_lonely_region_shows_nothing_of_it():
    assert hidden_in(region(numbers(2))) == {(0, 0), 0, "region"}


def test_one_dissatisfied_person_is_as_small_as_one_satisfied():
    assert not Figure(9, 10).safe
    assert not Figure(1, 10).safe
    assert Figure(10, 10).safe
    assert Figure(0, 0).safe


figures = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 40))
plain = st.lists(st.lists(figures.map(Figure), min_size=1, max_size=5), min_size=1, max_size=5)
shares = st.lists(
    st.lists(st.tuples(figures, figures).map(lambda pair: Figure(pair[0], sum(pair))), min_size=1, max_size=5),
    min_size=1, max_size=5,
)  # fmt: skip


def known_sums(tree: Node, hidden: frozenset) -> tuple[list[Node], list[Node], np.ndarray]:
    """Schools, all rows of the table, and for each row which schools it sums."""
    leaves = list(schools(tree))
    rows = [tree, *tree.children, *leaves]
    inside = [{leaf.key for leaf in schools(row)} for row in rows]
    return leaves, rows, np.array([[leaf.key in keys for leaf in leaves] for keys in inside], float)


@given(st.one_of(plain, shares))
@example([numbers(1, 1), numbers(1)])
@example([numbers(2), numbers(4, 6), numbers(30, 40)])
def test_no_hidden_figure_follows_from_shown_ones(towns):
    """A figure follows by addition and subtraction when its row is a combination of the shown rows."""
    tree = region(*towns)
    hidden = hidden_in(tree)
    _, rows, table = known_sums(tree, hidden)
    shown = table[[row.key not in hidden for row in rows]]
    rank = np.linalg.matrix_rank(shown) if len(shown) else 0
    for row, line in zip(rows, table, strict=True):
        if row.key in hidden:
            assert np.linalg.matrix_rank(np.vstack([shown, line])) > rank


@given(st.one_of(plain, shares))
def test_every_shown_figure_is_of_nobody_or_of_three_people_at_least(towns):
    tree = region(*towns)
    hidden = hidden_in(tree)
    for row in (tree, *tree.children, *schools(tree)):
        if row.key not in hidden:
            assert all(part == 0 or part >= LEAST for part in total(row).parts)


@given(st.one_of(plain, shares))
def test_sum_of_what_a_total_hides_is_not_small(towns):
    """A town less its shown schools: the rest is nothing, or two schools and three people at least."""
    tree = region(*towns)
    hidden = hidden_in(tree)
    for town in tree.children:
        rest = [school.figure for school in town.children if school.key in hidden]
        if rest and town.key not in hidden:
            assert len(rest) > 1
            assert all(sum(parts) >= LEAST for parts in zip(*(one.parts for one in rest), strict=True))  # fmt: skip


@pytest.mark.parametrize("towns", [[numbers(3, 3, 3)] * 4, [[Figure(5, 10)] * 3]])
def test_as_much_as_possible_is_shown(towns):
    assert hidden_in(region(*towns)) == frozenset()
