"""Figures: always with numerator and denominator; nothing to divide by is «нет данных», never 0 %."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

SHARE, NUMBER, SCORE = "share", "number", "score"
NO_DATA = "нет данных"


@dataclass(frozen=True)
class Reading:
    """Rows of an indicator: `counted` of `among`. Without `among` it is a number.

    `counted` and `among` may be several querysets (answers with and without a name): they add up.
    """

    counted: tuple[QuerySet, ...]
    among: tuple[QuerySet, ...] = ()


@dataclass(frozen=True)
class Value:
    """`n` of `d`; `value` in the unit of the indicator, None when there is nothing to count.

    `rows`: parts of a figure, such as reasons, scales or forms: (words, Value).
    `people`: how many stand behind it, where `n` and `d` do not count them.
    `weight`: (sum, how many numbers) behind a mean, so that the mean of many schools is exact.
    """

    n: int | None
    d: int | None = None
    value: float | None = None
    rows: tuple[tuple[str, "Value"], ...] = field(default=())
    people: int | None = None
    weight: tuple[float, int] | None = None

    @property
    def shown(self) -> str:
        """As people read it: «66,7»; «−0,4»; «нет данных»."""
        return NO_DATA if self.value is None else f"{self.value:g}".replace(".", ",").replace("-", "−")  # fmt: skip


def rounded(number: float | Decimal) -> float:
    """To one tenth, half away from zero as people do: 2/3 of 100 → 66.7, 0.25 → 0.3."""
    return float(Decimal(str(number)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def share(n: int, d: int) -> Value:
    exact = Decimal(100 * n) / Decimal(d) if d else None
    return Value(n, d, None if exact is None else rounded(exact))


def number(n: int, rows: tuple = ()) -> Value:
    return Value(n, None, float(n), rows)


def mean(total: Decimal | float, n: int, rows: tuple = ()) -> Value:
    """Mean of n numbers whose sum is `total`."""
    return Value(n, None, rounded(Decimal(str(total)) / n) if n else None, rows)
