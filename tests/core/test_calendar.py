"""Terms in working days, months and years, against a count by hand and a naive one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.calendar import (
    UNITS,
    Exceptions,
    add_term,
    is_working,
    started_by,
    working_days_after,
)

days = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))
sets = st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 31)), max_size=25)
exceptions = st.builds(Exceptions, off=sets, working=sets)


def naive(day: dt.date, n: int, special: Exceptions) -> dt.date:
    """Write the working days of the next years in a row and take the n-th."""
    row = []
    for number in range(1, 200 + 3 * n):
        one = day + dt.timedelta(days=number)
        weekday = one.isoweekday() <= 5 and one not in special.off
        if weekday or one in special.working:
            row.append(one)
    return row[n - 1]


@given(day=days, n=st.integers(1, 60), special=exceptions)
def test_working_days_agree_with_a_naive_count(day, n, special):
    found = working_days_after(day, n, special)
    assert found == naive(day, n, special)
    assert is_working(found, special)


@given(day=days, special=exceptions)
def test_no_days_later_is_the_same_day(day, special):
    assert working_days_after(day, 0, special) == day


@given(
    day=days,
    value=st.integers(0, 75),
    unit=st.sampled_from(["day", "month", "year"]),
)
def test_the_last_day_whose_term_has_passed(day, value, unit):
    latest = started_by(day, value, unit)
    assert add_term(latest, value, unit) < day
    assert add_term(latest + dt.timedelta(days=1), value, unit) >= day


MAY = Exceptions(
    off=frozenset({dt.date(2026, 5, 1), dt.date(2026, 5, 11)}),
    working=frozenset({dt.date(2026, 5, 2)}),
)


@pytest.mark.parametrize(
    ("day", "value", "unit", "special", "expected"),
    [
        # 10 working days from Thursday 20 November 2025: 21, 24–28 November, 1–4 December.
        ("2025-11-20", 10, "working_day", Exceptions(), "2025-12-04"),
        ("2025-11-21", 3, "working_day", Exceptions(), "2025-11-26"),
        # 1 May is off, Saturday 2 May works.
        ("2026-04-30", 1, "working_day", MAY, "2026-05-02"),
        ("2026-04-30", 7, "working_day", MAY, "2026-05-12"),
        ("2026-01-31", 1, "month", Exceptions(), "2026-02-28"),
        ("2024-02-29", 3, "year", Exceptions(), "2027-02-28"),
        ("2026-12-05", 30, "day", Exceptions(), "2027-01-04"),
        ("2026-11-15", 2, "month", Exceptions(), "2027-01-15"),
    ],
)
def test_terms_counted_by_hand(day, value, unit, special, expected):
    found = add_term(dt.date.fromisoformat(day), value, unit, special)
    assert found == dt.date.fromisoformat(expected)


def test_a_term_runs_forward_and_knows_its_units():
    with pytest.raises(ValueError, match="forward"):
        working_days_after(dt.date(2026, 1, 1), -1)
    with pytest.raises(KeyError):
        add_term(dt.date(2026, 1, 1), 1, "week")
    assert set(UNITS) == {"day", "working_day", "month", "year"}
