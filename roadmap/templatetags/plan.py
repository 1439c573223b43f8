"""Pieces of the plan for pages and for the paper."""

import datetime as dt

from django import template

from roadmap.services.plan_table import table_rows as rows_of
from roadmap.services.plan_words import years_words

register = template.Library()


@register.filter
def table_rows(data: dict) -> list:
    """Rows of merged cells of a snapshot: `{% for row in plan|table_rows %}`."""
    return rows_of(data)


@register.filter
def pill_on(line, day: dt.date) -> str:
    """Code of the state pill of a line on that day."""
    return line.pill_on(day)


@register.filter
def kind_title(kinds: dict, code: str) -> str:
    """Title of a kind of document by its code."""
    return kinds[code].title


@register.filter
def years(roadmap) -> str:
    """«2026/2027» or «2026/2027–2028/2029»."""
    return years_words(roadmap.year_start, roadmap.year_end)
