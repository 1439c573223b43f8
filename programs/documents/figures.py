"""Which tables of the reports have a chart under them: shares beside last year's, scales before and after."""

import re

from mentoring.core.paper_charts import BEFORE, NOW, Bars
from programs.monitoring.influence import FEW, GREATEST

NUMBER = re.compile(r"[+−-]?\d+(?:,\d+)?")
SAME = "Те же цифры – в таблице выше."
LEAST = 2  # bars: one alone says no more than its number


def chart_of(head: list[str], rows: list[list[str]]) -> Bars | None:
    """None for a table of another kind or without enough figures."""
    whole = [row for row in rows if len(row) == len(head)]
    if {"Значение", "Год назад"} <= set(head):
        return shares(head, whole)
    return scales(head, whole) if {"До", "После"} <= set(head) else None


def shares(head: list[str], rows: list[list[str]]) -> Bars | None:
    """Shares of the period that have data, beside those of a year ago."""
    now, before = head.index("Значение"), head.index("Год назад")
    kept = [row for row in rows if row[now].endswith("%")]
    series = [("за период", column(kept, now)), ("год назад", column(kept, before))]
    words = f"Столбики, {head[0].lower()}: доли за период и год назад. {SAME}"
    return Bars(titles(kept), series, 100, words, " %") if len(kept) >= LEAST else None


def scales(head: list[str], rows: list[list[str]]) -> Bars | None:
    """Scales that enough people answered twice: the row says so where they are few."""
    before, after = head.index("До"), head.index("После")
    kept = [row for row in rows if number(row[after]) is not None and not any(FEW in cell for cell in row)]  # fmt: skip
    series = [("до", column(kept, before)), ("после", column(kept, after))]
    words = f"Столбики, {head[0].lower()}: среднее до и после. {SAME}"
    return Bars(titles(kept), series, GREATEST, words, fills=(BEFORE, NOW)) if len(kept) >= LEAST else None  # fmt: skip


def titles(rows: list[list[str]]) -> list[str]:
    """«Охват …: наставники и наставляемые …» → «Охват …»."""
    return [row[0].partition(":")[0] for row in rows]


def column(rows: list[list[str]], place: int) -> list[float | None]:
    return [number(row[place]) for row in rows]


def number(text: str) -> float | None:
    """«66,7 %» → 66.7; «нет данных», «–» → None."""
    found = NUMBER.match(text)
    return float(found.group().replace(",", ".").replace("−", "-")) if found else None
