"""Charts of a paper, drawn from the tables of its frozen text.

The picture belongs to no text of its own: it is made when the paper is rendered, from the very figures that the
head approves and the hash covers, and stays in the kept file as any other part of the frame (as stamps and QR do).
"""

import re
from collections.abc import Callable

import lxml.html

from mentoring.core.paper_charts import Bars, figure

TABLE = re.compile(r"<table\b.*?</table>", re.S)
# Kinds of an upper floor, registered by it: code → function (words of the head, words of the rows) → chart or None.
CHARTS: dict[str, Callable[[list[str], list[list[str]]], Bars | None]] = {}


def with_charts(kind: str, body: str) -> str:
    """The body with a picture after each table that has one."""
    chart_of = CHARTS.get(kind)
    if chart_of is None:
        return body

    def drawn(table: re.Match) -> str:
        bars = chart_of(*read(table.group()))
        return table.group() + (figure(bars) if bars else "")

    return TABLE.sub(drawn, body)


def read(table: str) -> tuple[list[str], list[list[str]]]:
    """(head, rows) of a table as plain words."""
    root = lxml.html.fragment_fromstring(table)
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td", "th")] for row in root.iter("tr")]  # fmt: skip
    return (rows[0], rows[1:]) if rows else ([], [])
