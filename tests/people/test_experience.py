"""Experience is counted for any day, from a start date or from years stated on a date."""

import datetime as dt

import pytest

from people.models import Person

DAY = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("card", "teaching", "here"),
    [
        ({"teaching_since": dt.date(2020, 9, 1), "employed_from": dt.date(2024, 9, 2)}, 6, 1),
        ({"teaching_years": 4, "teaching_years_on": dt.date(2024, 9, 1)}, 6, None),
        ({"here_years": 3, "here_years_on": dt.date(2025, 10, 1), "employed_from": DAY}, None, 3),
        ({"teaching_since": DAY, "employed_from": DAY}, 0, 0),
        ({}, None, None),
    ],
)
def test_experience_on_a_day(card, teaching, here):
    person = Person(**card)
    assert (person.teaching_experience_on(DAY), person.experience_here_on(DAY)) == (teaching, here)
