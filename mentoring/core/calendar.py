"""Terms in days, working days, months and years; a working week of five days with its exceptions.

Pure: the exceptions (holidays, moved days) are an argument. A term of «n working days» ends on the n-th
working day after the day that starts it (ГК РФ, ст. 191; ТК РФ, ст. 14); a term in months or years ends on
the same number, or on the last day of a shorter month (ГК РФ, ст. 192).
"""

import calendar as months
import datetime as dt
from dataclasses import dataclass

DAY, WORKING_DAY, MONTH, YEAR = "day", "working_day", "month", "year"
UNITS = {DAY: "день", WORKING_DAY: "рабочий день", MONTH: "месяц", YEAR: "год"}
SATURDAY = 5


@dataclass(frozen=True)
class Exceptions:
    """Days that differ from the usual week: `off` on a weekday, `working` on a day off."""

    off: frozenset[dt.date] = frozenset()
    working: frozenset[dt.date] = frozenset()


USUAL_WEEK = Exceptions()


def is_working(day: dt.date, exceptions: Exceptions = USUAL_WEEK) -> bool:
    """A day named working wins over one named off, and both over the day of the week."""
    if day in exceptions.working:
        return True
    return day not in exceptions.off and day.weekday() < SATURDAY


def working_days_after(day: dt.date, n: int, exceptions: Exceptions = USUAL_WEEK) -> dt.date:
    """The n-th working day after `day`, which itself does not count; `day` when n is 0.

    ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("A term runs forward.")
    while n:
        day += dt.timedelta(days=1)
        n -= is_working(day, exceptions)
    return day


def add_term(day: dt.date, value: int, unit: str, exceptions: Exceptions = USUAL_WEEK) -> dt.date:
    """Last day of a term that starts after `day`. KeyError for an unknown unit."""
    count = {
        DAY: lambda: day + dt.timedelta(days=value),
        WORKING_DAY: lambda: working_days_after(day, value, exceptions),
        MONTH: lambda: months_later(day, value),
        YEAR: lambda: months_later(day, 12 * value),
    }
    return count[unit]()


def months_later(day: dt.date, number: int) -> dt.date:
    """The same number of a later (or, with a negative number, earlier) month, else its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def started_by(day: dt.date, value: int, unit: str) -> dt.date:
    """The latest day whose term of days, months or years has passed before `day`.

    `add_term(started_by(day, …), …) < day`, and one day later it is not. Used to find what is due.
    """
    back = {DAY: lambda: day - dt.timedelta(days=value), MONTH: lambda: months_later(day, -value),
            YEAR: lambda: months_later(day, -12 * value)}[unit]()  # fmt: skip
    while add_term(back, value, unit) >= day:
        back -= dt.timedelta(days=1)
    while add_term(back + dt.timedelta(days=1), value, unit) < day:
        back += dt.timedelta(days=1)
    return back
