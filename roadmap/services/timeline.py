"""The roadmap on a scale of time: bars for periods, marks for the days on which lines closed."""

import datetime as dt
from dataclasses import dataclass

from mentoring.core.grammar import month_name
from roadmap.services.plan import ActivityView, PlanView

WIDTH = 480  # units of the drawing, whatever its size on the screen


@dataclass(frozen=True)
class Bar:
    """A line with its place on the scale, in units of the drawing; None: it has no dates."""

    line: ActivityView
    left: float | None
    width: float
    mark: float | None


def timeline(plan: PlanView, day: dt.date) -> dict:
    """`months` (title, place), `today` (place or None), `stages` with their bars; units of `WIDTH`."""
    start, end = bounds(plan, day)
    days = (end - start).days + 1

    def place(one: dt.date) -> float:
        return round((one - start).days / days * WIDTH, 1)

    def bar(line: ActivityView) -> Bar:
        closed = line.node.progress_on if not line.open else None
        mark = place(closed) if closed and start <= closed <= end else None
        if line.ends_on is None or line.ends_on < start or line.starts_on > end:
            return Bar(line, None, 0, mark)
        left = place(max(line.starts_on, start))
        return Bar(line, left, max(place(min(line.ends_on, end) + dt.timedelta(1)) - left, 4), mark)

    return {
        "width": WIDTH,
        "months": [(month_name(one.month)[:3], place(one)) for one in months(start, end)],
        "today": place(day) if start <= day <= end else None,
        "stages": [(stage, [bar(line) for line in stage.all_activities]) for stage in plan.stages],
    }


def bounds(plan: PlanView, day: dt.date) -> tuple[dt.date, dt.date]:
    """From August before the first school year to its last August; the year of today without years."""
    roadmap = plan.roadmap
    first = roadmap.year_start or (day.year if day.month >= 8 else day.year - 1)
    last = roadmap.year_end or first
    return dt.date(first, 8, 1), dt.date(last + 1, 8, 31)


def months(start: dt.date, end: dt.date) -> list[dt.date]:
    found, one = [], start.replace(day=1)
    while one <= end:
        found.append(one)
        one = (one.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return found
