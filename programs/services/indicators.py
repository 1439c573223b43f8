"""Counting indicators: one school in one query for what rows tell, many schools in one query an indicator."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models import Value as Constant

from people.models import Membership, Organization
from people.services import journal
from people.services.counting import SCHOOL, Column, number_of, prepared, read_each
from people.services.unchanged import kept
from programs.models import IndicatorSettings
from programs.monitoring.registry import BY_CODE, INDICATORS, Indicator
from programs.monitoring.scope import ANY, Definitions, Period, Scope
from programs.monitoring.values import NUMBER, SHARE, Reading, Value, number, share
from programs.report_permissions import can_write_reports

MAIN = ("I-01", "I-07", "I-09", "I-05", "I-06")  # coverage, completed, plans, satisfaction of both
YEARS = 5


def of_school(organization: Organization, period: Period, definitions: Definitions | None = None, codes: Collection[str] = tuple(BY_CODE)) -> dict[str, Value]:  # fmt: skip
    """All figures of one school, or those asked for: one query for what rows tell, three or four for what is computed."""
    return of_years(organization, [period], definitions or definitions_of(organization), codes)[0]


def of_years(organization: Organization, periods: list[Period], definitions: Definitions, codes: Collection[str] = tuple(BY_CODE)) -> list[dict[str, Value]]:  # fmt: skip
    """The same for several periods; what rows tell is still one query."""
    chosen = [one for one in INDICATORS if one.code in codes]
    found = of_periods(organization, periods, definitions, [one.code for one in chosen if one.read])
    for values, period in zip(found, periods, strict=True):
        scope = Scope(organization, period, definitions)
        values |= {one.code: one.compute(scope).get(organization.pk, empty(one)) for one in chosen if one.compute}  # fmt: skip
    return [{one.code: values[one.code] for one in chosen} for values in found]


def overview(organization: Organization, period: Period, definitions: Definitions) -> tuple[dict, dict, list]:  # fmt: skip
    """Figures of the period, of a year ago, and the trend, for a page: counted anew when the school has changed."""

    def count() -> tuple:
        now, before = of_years(organization, [period, period.earlier], definitions)
        return now, before, trend(organization, period, definitions, [now, before])

    return kept("figures", organization, (period, definitions), count)


def of_periods(organization: Organization, periods: list[Period], definitions: Definitions, codes: Iterable[str]) -> list[dict[str, Value]]:  # fmt: skip
    """Figures that rows tell, by code for each period; one query whatever the periods."""
    asked = {(code, *which): column for code in codes for which, column in columns_of(code, definitions).items()}  # fmt: skip
    keys = [{"school": organization.pk, **vars(period)} for period in periods]
    return [figures(codes, rows) for rows in read_each(asked, keys)]


def figures(codes: Iterable[str], rows: dict[tuple, int]) -> dict[str, Value]:
    """By code, of the numbers by (code, counted or among, part)."""
    totals: dict[tuple, int] = defaultdict(int)
    for (code, name, _), number_of_rows in rows.items():
        totals[code, name] += number_of_rows
    return {code: told(BY_CODE[code], totals[code, "counted"], totals.get((code, "among"))) for code in codes}  # fmt: skip


@lru_cache(maxsize=1024)  # some forty figures of the thresholds that are in use
def columns_of(code: str, definitions: Definitions) -> dict[tuple[str, int], Column]:
    """The numbers behind a figure in SQL, by (counted or among, part); the same for all schools and periods."""
    reading = BY_CODE[code].read(Scope(SCHOOL, ANY, definitions))
    return prepared({
        (name, part): number_of(rows, SCHOOL)
        for name in ("counted", "among") for part, rows in enumerate(getattr(reading, name))
    })  # fmt: skip


def told(indicator: Indicator, n: int, d: int | None) -> Value:
    """`d` is None where a number stands alone."""
    return number(n) if d is None else share(n, d)


def trend(organization: Organization, period: Period, definitions: Definitions, known: Sequence[dict] = ()) -> list[tuple[Period, dict[str, Value]]]:  # fmt: skip
    """Main figures of the period and of the same months of the years before, the earliest first; one query.

    Years before the first in which anything was done are left out. `known`: figures of the first periods, the latest first.
    """
    periods = [period]
    while len(periods) < YEARS:
        periods.append(periods[-1].earlier)
    main = [{code: figures[code] for code in MAIN} for figures in known]
    main += of_periods(organization, periods[len(known) :], definitions, MAIN)
    rows = list(zip(periods, main, strict=True))[::-1]
    while len(rows) > 1 and not any(value.n for value in rows[0][1].values()):
        rows.pop(0)
    return rows


def definitions_of(organization: Organization) -> Definitions:
    """The school's own thresholds, else the usual ones."""
    row = IndicatorSettings.objects.of(organization).first()
    return Definitions(**{name: getattr(row, name) for name in Definitions().as_dict()}) if row else Definitions()  # fmt: skip


@transaction.atomic
def set_definitions(*, by: Membership, **values) -> IndicatorSettings:
    """The thresholds hold for figures counted from now on; published ones keep theirs."""
    can_write_reports(by).require()
    row = IndicatorSettings.objects.of(by.organization).first() or IndicatorSettings(organization=by.organization)  # fmt: skip
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    journal.record(by, "indicators.settings", row)
    return row


def scope_of(organization: Organization, period: Period, definitions: Definitions | None) -> Scope:
    return Scope(organization, period, definitions or definitions_of(organization))


def value_of(indicator: Indicator, reading: Reading, n: int, d: int) -> Value:
    return share(n, d) if reading.among else number(n)


def empty(indicator: Indicator) -> Value:
    """No rows: a share of nothing, no row at all, a mean of nobody."""
    return {SHARE: share(0, 0), NUMBER: number(0)}.get(indicator.unit, Value(0))


def rows_of(indicator: Indicator, scope: Scope) -> tuple[QuerySet, ...]:
    """The rows behind a figure, for the page that opens it."""
    return indicator.read(scope).counted if indicator.read else ()


def of_many(scope: Scope) -> dict[int, dict[str, Value]]:
    """Figures by organization: one query for the parts of an indicator (I-10.1…I-10.4), whatever the number of schools."""
    owners = list(scope.owners.values_list("pk", flat=True))
    by_code: dict[str, dict[int, Value]] = {}
    for _, parts in groupby(INDICATORS, key=lambda one: one.code.partition(".")[0]):
        for one in (parts := list(parts)):
            if one.compute:
                by_code[one.code] = one.compute(scope)
        by_code |= read_together([one for one in parts if one.read], scope)
    return {
        owner: {one.code: by_code[one.code].get(owner) or empty(one) for one in INDICATORS}
        for owner in owners
    }


def read_together(parts: list[Indicator], scope: Scope) -> dict[str, dict[int, Value]]:
    """Values by code and organization of indicators that rows tell; organizations without rows are left out."""
    readings = {one: one.read(scope) for one in parts}
    counts = [
        by_owner(rows, f"{one.code}|{name}")
        for one, reading in readings.items()
        for name in ("counted", "among")
        for rows in getattr(reading, name)
    ]
    numbers: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, owner, rows in counts[0].union(*counts[1:], all=True) if counts else ():
        numbers[name][owner] += rows
    found = {}
    for one, reading in readings.items():
        n, d = numbers[f"{one.code}|counted"], numbers[f"{one.code}|among"]
        found[one.code] = {owner: value_of(one, reading, n[owner], d[owner]) for owner in {*n, *d}}
    return found


def by_owner(rows: QuerySet, name: str) -> QuerySet:
    """(name, organization, number of rows)."""
    counted = rows.order_by().values("organization").annotate(number=Count("pk", distinct=True))
    return counted.values_list(Constant(name), "organization", "number")
