"""Scalars put into SQL once and sent for any school and person."""

import datetime as dt

import pytest

from people.models import Notice, Person
from people.services.counting import PERSON, SCHOOL, first_day, number_of, prepared, read
from tests.factories import make_person

pytestmark = pytest.mark.django_db
EARLY, LATE = dt.date(2020, 9, 1), dt.date(2024, 9, 1)


@pytest.fixture
def asked():
    people = Person.objects.filter(organization=SCHOOL)
    told = Notice.objects.filter(person=PERSON)
    return prepared({"people": number_of(people, SCHOOL), "since": first_day(people, "employed_from"), "told": number_of(told, SCHOOL)})  # fmt: skip


def test_one_statement_serves_any_school_and_person(asked, school, other_school, django_assert_num_queries):  # fmt: skip
    first, second = make_person(school, employed_from=LATE), make_person(school, employed_from=EARLY)  # fmt: skip
    stranger = make_person(other_school, employed_from=LATE)
    Notice.objects.create(organization=school, person=second, event="e", key="k", title="Новость")
    with django_assert_num_queries(3):
        assert read(asked, school=school.pk, person=first.pk) == {"people": 2, "since": EARLY, "told": 0}  # fmt: skip
        assert read(asked, school=school.pk, person=second.pk) == {"people": 2, "since": EARLY, "told": 1}  # fmt: skip
        assert read(asked, school=other_school.pk, person=stranger.pk) == {"people": 1, "since": LATE, "told": 0}  # fmt: skip


def test_no_rows_are_nought_and_no_day(asked, school):
    assert read(asked, school=school.pk, person=0) == {"people": 0, "since": None, "told": 0}


def test_a_key_that_is_not_given_is_an_error(asked, school):
    with pytest.raises(KeyError):
        read(asked, school=school.pk)


def test_nothing_asked_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read(prepared({}), school=1) == {}


def test_rows_that_cannot_be_are_nought(school):
    none = Person.objects.filter(pk__in=[])
    assert read(prepared({"none": number_of(none, SCHOOL)}), school=school.pk) == {"none": 0}
