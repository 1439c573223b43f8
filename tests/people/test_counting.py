"""Scalars put into SQL once and sent for any school and person."""

import datetime as dt

import pytest

from people.models import Notice, Person
from people.services.counting import (
    PERSON,
    SCHOOL,
    TODAY,
    first_day,
    number_of,
    prepared,
    read,
    read_each,
)
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


def test_several_sets_of_keys_are_one_query(school, other_school, django_assert_num_queries):
    """What differs may stand in several columns and twice in one; the share sign of a pattern is no place."""
    for employed in (EARLY, LATE, LATE):
        make_person(school, employed_from=employed, job_title="на 0,5 %")
    make_person(other_school, employed_from=EARLY)
    people = Person.objects.filter(organization=SCHOOL)
    there = people.active_on(TODAY)
    columns = prepared({
        "there": number_of(there, SCHOOL), "part": number_of(there.filter(job_title__contains="%"), SCHOOL),
        "all": number_of(people, SCHOOL), "since": first_day(there, "employed_from"),
    })  # fmt: skip
    sets = [{"school": school.pk, "today": day} for day in (EARLY, LATE, dt.date(2010, 1, 1))]
    with django_assert_num_queries(1):
        found = read_each(columns, sets)
    assert found == [
        {"there": 1, "part": 1, "all": 3, "since": EARLY},
        {"there": 3, "part": 3, "all": 3, "since": EARLY},
        {"there": 0, "part": 0, "all": 3, "since": None},
    ]
    assert found == [read(columns, **keys) for keys in sets]
    schools = [{"school": one.pk, "today": LATE} for one in (other_school, school)]
    assert [row["there"] for row in read_each(columns, schools)] == [1, 3]


def test_rows_that_cannot_be_are_nought(school):
    none = Person.objects.filter(pk__in=[])
    assert read(prepared({"none": number_of(none, SCHOOL)}), school=school.pk) == {"none": 0}
