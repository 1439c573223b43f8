"""Frozen figures of a report beside the same counted today; the published ones never change (R-221, R-222)."""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.models import ReportFigures
from programs.monitoring.registry import BY_CODE, INDICATORS
from programs.monitoring.scope import Definitions, Period
from programs.monitoring.values import NUMBER, SCORE, SHARE, Value, rounded
from programs.services import indicators, participation

HEADINGS = ["Код", "Показатель", "Единица", "Значение", "Числитель", "Знаменатель"]
NOTHING = Value(0, None, 0.0)
UNITS = {SHARE: "%", NUMBER: "единица", SCORE: "балл"}


@dataclass(frozen=True)
class Line:
    """One figure as it was frozen and, where counted anew, as it is `now`. `part` of the line before it."""

    code: str
    title: str
    unit: str
    frozen: Value
    now: Value | None = None
    part: bool = False

    @property
    def percent(self) -> bool:
        return self.unit == UNITS[SHARE]

    @property
    def differs(self) -> bool:
        """The value or what stands behind it: 1 of 2 and 2 of 4 are the same share and not the same figure."""
        return self.now is not None and kept(self.now) != kept(self.frozen)

    @property
    def words(self) -> str:
        """«больше на 1,5», «меньше на 2», «появились данные»; "" where nothing changed."""
        if not self.differs:
            return ""
        if self.frozen.value is None or self.now.value is None:
            return "появились данные" if self.frozen.value is None else "данных больше нет"
        change = rounded(self.now.value - self.frozen.value)
        if not change:
            return "значение то же, посчитано из других чисел"
        by = f"{abs(change):g}".replace(".", ",")
        return f"{'больше' if change > 0 else 'меньше'} на {by}{' п. п.' if self.percent else ''}"


def kept(value: Value) -> tuple:
    return value.n, value.d, value.value


def frozen(row: ReportFigures) -> list[Line]:
    """Figures as they were kept; one query."""
    return lines(row, None)


def recount(row: ReportFigures) -> list[Line]:
    """The same with the same period, key date and thresholds, counted now; a code that is no longer counted has no `now`.

    A form or kind that only one side knows has nothing on the other: 0 programmes. Nothing is saved.
    """
    return lines(row, counted_again(row))


def counted_again(row: ReportFigures) -> dict[str, Value]:
    """Only what the report froze: indicators, counts of participation or both."""
    period, rules = period_of(row), rules_of(row)
    asked = [code for code in row.values if code in BY_CODE]
    found = indicators.of_school(row.organization, period, rules, asked) if asked else {}
    if any(participation.knows(code) for code in row.values):
        found |= participation.of_school(row.organization, period, rules)
    return found


def lines(row: ReportFigures, again: dict[str, Value] | None) -> list[Line]:
    """In the order of the papers; without `again` as frozen only."""
    codes = {*row.values, *(code for code in again or () if participation.is_part(code))}
    counts = participation.in_order(code for code in codes if participation.knows(code))
    named = participation.names(row.organization, counts)
    rows = [(code, named[code].title, named[code].unit, named[code].part) for code in counts if code in named]  # fmt: skip
    shares = [(one.code, one.title, UNITS[one.unit], False) for one in INDICATORS if one.code in codes]  # fmt: skip
    return [Line(code, title, unit, then(row, code), again and now(again, code), part) for code, title, unit, part in shares + rows]  # fmt: skip


def then(row: ReportFigures, code: str) -> Value:
    return Value(*row.values[code]) if code in row.values else NOTHING


def now(again: dict[str, Value], code: str) -> Value | None:
    """A form or kind that no programme has any more is nothing; another code that is no longer counted has no value."""
    return again.get(code) or (NOTHING if participation.is_part(code) else None)


def uses_thresholds(row: ReportFigures) -> bool:
    """Counts of participation know none."""
    return any(code in BY_CODE for code in row.values)


def period_of(row: ReportFigures) -> Period:
    return Period(row.start, row.end, row.on)


def rules_of(row: ReportFigures) -> Definitions:
    return Definitions(**{name: getattr(row, name) for name in Definitions().as_dict()})


def exported(row: ReportFigures) -> Iterable[list]:
    """Lines of a table for .xlsx: first what the figures are of, then the figures; numbers as numbers."""
    yield ["", "Период с", None, row.start, None, None]
    yield ["", "Период по", None, row.end, None, None]
    yield ["", "Ключевая дата", None, row.on, None, None]
    for one in frozen(row):
        title = f"– {one.title}" if one.part else one.title
        yield [one.code, title, one.unit, one.frozen.value, one.frozen.n, one.frozen.d]
