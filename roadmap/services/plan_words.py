"""How periods, years and responsible people are written on the page and in the paper (R-110, R-114, R-115)."""

import datetime as dt
from collections.abc import Iterable

from mentoring.core.grammar import month_range, person_in_case, short_date
from roadmap.models import Responsible, Roadmap
from roadmap.models.plan import Scheduled

PeriodKind = Scheduled.PeriodKind
AUGUST = 8


def period_words(node: Scheduled) -> str:
    """«сентябрь–октябрь», «до 30.09.2026», «ежегодно, май», free words or ""."""
    if node.period_kind == PeriodKind.DATES:
        return dates_words(node.date_from, node.date_to)
    if node.period_kind == PeriodKind.MONTHS:
        return month_range(node.month_from, node.month_to or node.month_from)
    if node.period_kind == PeriodKind.YEARLY:
        month = month_range(node.month_from, node.month_from) if node.month_from else ""
        return ", ".join(filter(None, ["ежегодно", month]))
    return node.period_text if node.period_kind == PeriodKind.TEXT else ""


def dates_words(start: dt.date | None, end: dt.date) -> str:
    if start is None:
        return f"до {short_date(end)}"
    return short_date(end) if start == end else f"{short_date(start)} – {short_date(end)}"


def responsible_words(people: Iterable[Responsible], *, public: bool = False) -> str:
    """«Куратор, Ким А.С.»; `public` prints posts instead of names (never a surname)."""
    words = [responsible_name(one, public=public) for one in people]
    return capitalised(", ".join(dict.fromkeys(words)))


def responsible_name(one: Responsible, *, public: bool) -> str:
    if one.role:
        return one.get_role_display()
    if public:
        return one.person.job_title or "ответственный работник"
    return person_in_case(one.person, "nomn", "initials_after")


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def years_words(year_start: int | None, year_end: int | None) -> str:
    """«2026/2027», «2026/2027–2028/2029» or "" for a roadmap without dates."""
    if year_start is None:
        return ""
    first = f"{year_start}/{year_start + 1}"
    last = year_start if year_end is None else year_end
    return first if last == year_start else f"{first}–{last}/{last + 1}"


def period_end(node: Scheduled, roadmap: Roadmap) -> dt.date | None:
    """Last day of the period, only where a date exists: dates, or months in a roadmap with a year (R-114)."""
    if node.period_kind == PeriodKind.DATES:
        return node.date_to
    if node.period_kind != PeriodKind.MONTHS or roadmap.year_start is None:
        return None
    base = roadmap.year_start if roadmap.year_end is None else roadmap.year_end
    start_year = base if node.month_from >= AUGUST else base + 1
    last = node.month_to or node.month_from
    year = start_year if last >= node.month_from else start_year + 1
    following = dt.date(year + last // 12, last % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def period_start(node: Scheduled, roadmap: Roadmap) -> dt.date | None:
    """First day of a period that has an end; one without a beginning begins with its last day."""
    end = period_end(node, roadmap)
    if end is None or node.period_kind == PeriodKind.DATES:
        return node.date_from or end
    year = roadmap.year_start if node.month_from >= AUGUST else roadmap.year_start + 1
    return dt.date(year, node.month_from, 1)


def shortened(text: str, length: int = 70) -> str:
    """The text on one line, cut at a word with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(",;:") + "…"
