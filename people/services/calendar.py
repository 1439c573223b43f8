"""Working days of a school: public holidays of the fixture, changed and added to by the school."""

import datetime as dt
import functools
import json
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from mentoring.core.calendar import Exceptions, is_working
from mentoring.core.errors import RuleError
from people.models import CalendarDay, Membership, Organization
from people.permissions import can_edit_organization
from people.services import journal

YEARS_AROUND = 3


@dataclass(frozen=True)
class SpecialDay:
    """One day that differs from the usual week; `own`: the row of the school, else None."""

    day: dt.date
    working: bool
    title: str
    norm: str = ""
    own: CalendarDay | None = None


@functools.cache
def fixture() -> dict:
    path = settings.BASE_DIR / "fixtures/holidays.json"
    return json.loads(path.read_text(encoding="utf-8"))


@functools.cache
def public_days(year: int) -> dict[dt.date, SpecialDay]:
    """Holidays and moved days of a year that hold for everybody (ТК РФ, ст. 112)."""
    norm = fixture()["fixed_norm"]
    found = [
        SpecialDay(dt.date(year, row["month"], day), False, row["title"], norm)
        for row in fixture()["fixed"]
        for day in row["days"]
    ]
    for row in fixture()["moved"]:
        day = dt.date.fromisoformat(row["day"])
        if day.year == year:
            found.append(SpecialDay(day, row["working"], row["title"], row["norm"]))
    return {row.day: row for row in found}


def known_through() -> int:
    """Last year whose moved days the portal knows; later ones the school enters itself."""
    return fixture()["known_through"]


def special_days(organization: Organization, years: range) -> list[SpecialDay]:
    """Every exception of these years in order, the school's own in place of the public; one query."""
    found = {day: row for year in years for day, row in public_days(year).items()}
    own = CalendarDay.objects.of(organization).filter(
        day__year__gte=years.start, day__year__lt=years.stop
    )
    for row in own:
        found[row.day] = SpecialDay(row.day, row.working, row.title, own=row)
    return [found[day] for day in sorted(found)]


def exceptions(organization: Organization, day: dt.date) -> Exceptions:
    """What `core.calendar` needs to count terms from that day on; one query."""
    rows = special_days(organization, range(day.year, day.year + YEARS_AROUND))
    return Exceptions(
        off=frozenset(row.day for row in rows if not row.working),
        working=frozenset(row.day for row in rows if row.working),
    )


@transaction.atomic
def set_day(*, day: dt.date, working: bool, title: str, by: Membership) -> CalendarDay:
    """Enter or change an exception of the school; what repeats the usual calendar is refused."""
    can_edit_organization(by).require()
    usual = exceptions(by.organization, day)
    row = CalendarDay.objects.of(by.organization).filter(day=day).first()
    if row is None and is_working(day, usual) == working:
        word = "рабочий" if working else "выходной"
        raise RuleError(f"{day:%d.%m.%Y} и так {word} день. Вносите только отличия.", "day")
    row = row or CalendarDay(organization=by.organization, day=day)
    row.working, row.title = working, title
    row.full_clean()
    row.save()
    journal.record(by, "calendar.set", row)
    return row


@transaction.atomic
def remove_day(row: CalendarDay, *, by: Membership) -> None:
    can_edit_organization(by).require()
    journal.record(by, "calendar.removed", row)
    row.delete()
