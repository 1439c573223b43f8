"""Working hours as a school writes them: «пн–чт 8:00–14:00, пт 8:00–12:00» (R-208)."""

import datetime as dt
import re

DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
PART = re.compile(
    r"^(?P<first>[а-я]{2})(?:\s*[–—-]\s*(?P<last>[а-я]{2}))?\s+(?P<start>\d{1,2}[:.]\d{2})\s*[–—-]\s*(?P<end>\d{1,2}[:.]\d{2})$"
)
ADVICE = "Запишите часы так: пн–чт 8:00–14:00, пт 8:00–12:00."


def read_working_hours(text: str) -> dict[int, list[tuple[dt.time, dt.time]]]:
    """Spans by weekday (0 = Monday); ValueError with a Russian sentence."""
    found: dict[int, list[tuple[dt.time, dt.time]]] = {}
    for part in filter(None, (one.strip() for one in text.lower().replace(";", ",").split(","))):
        match = PART.match(part)
        if not match or match["first"] not in DAYS or (match["last"] or "пн") not in DAYS:
            raise ValueError(ADVICE)
        first = DAYS.index(match["first"])
        last = DAYS.index(match["last"]) if match["last"] else first
        span = time_of(match["start"]), time_of(match["end"])
        if last < first or span[0] >= span[1]:
            raise ValueError(ADVICE)
        for day in range(first, last + 1):
            found.setdefault(day, []).append(span)
    return found


def time_of(text: str) -> dt.time:
    hour, minute = text.replace(".", ":").split(":")
    try:
        return dt.time(int(hour), int(minute))
    except ValueError:
        raise ValueError(ADVICE) from None


def at_work(text: str, starts: dt.datetime, minutes: int) -> bool:
    """Whether a meeting in local time falls into the hours; hours that cannot be read never clash."""
    try:
        spans = read_working_hours(text).get(starts.weekday(), [])
    except ValueError:
        return False
    ends = (starts + dt.timedelta(minutes=minutes)).time()
    return any(start < ends and starts.time() < end for start, end in spans)
