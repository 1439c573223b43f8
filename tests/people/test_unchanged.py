"""Counts of a school are told again until its journal has a new line."""

from itertools import count

from people.models import Membership
from people.services import journal
from people.services.unchanged import kept
from tests.factories import make_curator


def told(membership: Membership, numbers, what=()) -> int:
    return kept("test", membership.organization, what, lambda: next(numbers))


def test_a_count_is_told_again_until_something_has_changed(curator):
    numbers = count()
    assert [told(curator, numbers) for _ in range(3)] == [0, 0, 0]
    journal.record(curator, "person.changed", curator.person)
    assert [told(curator, numbers) for _ in range(2)] == [1, 1]


def test_each_school_and_each_question_has_a_count_of_its_own(curator, other_school):
    numbers, neighbour_curator = count(), make_curator(other_school)
    assert [told(one, numbers) for one in (curator, neighbour_curator)] == [0, 1]
    assert [told(curator, numbers, what) for what in (1, 2, 1)] == [2, 3, 2]
    journal.record(neighbour_curator, "person.changed", neighbour_curator.person)
    assert told(curator, numbers) == 0
