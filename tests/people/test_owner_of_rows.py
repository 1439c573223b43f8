"""Rows asked for by their owner know it without a query or a join."""

import pytest

from people.models import Person


@pytest.mark.parametrize("narrow", [lambda rows: rows, lambda rows: rows.only("last_name")])
def test_rows_of_a_school_know_their_school(school, teacher, django_assert_num_queries, narrow):
    with django_assert_num_queries(1):
        assert {row.organization for row in narrow(Person.objects.of(school))} == {school}


def test_rows_found_by_the_number_of_a_school_ask_for_it(school, teacher, django_assert_num_queries):  # fmt: skip
    with django_assert_num_queries(2):
        assert Person.objects.of(school.pk).get(pk=teacher.person_id).organization == school
