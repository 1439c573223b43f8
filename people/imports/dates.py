"""Dates of a staff list: real ones, texts of all habits, numbers of a spreadsheet."""

import datetime as dt
import re

MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
DAY_FIRST = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4}|\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
WORDS = re.compile(r"(\d{1,2})\s+([а-я]{3})[а-я]*\.?\s+(\d{4})")
YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
EPOCH = dt.date(1899, 12, 30)  # day 0 of Excel as it counts after February 1900
EXAMPLE = "Напишите дату так: 01.09.2024."


def find_date(text: str, day: dt.date) -> dt.date | None:
    """The first date in a text, or None; ValueError with a Russian sentence for «31.02.2024».

    A year of two digits is the past nearest to `day`: on a day of 2026 «24» is 2024, «98» is 1998.
    """
    text = text.lower()
    if match := YEAR_FIRST.search(text):
        year, month, number = map(int, match.groups())
    elif match := DAY_FIRST.search(text):
        number, month, year = map(int, match.groups())
        if year < 100:
            year += 2000 if year <= day.year % 100 + 1 else 1900
    elif (match := WORDS.search(text)) and match[2] in MONTHS:
        number, month, year = int(match[1]), MONTHS[match[2]], int(match[3])
    else:
        return None
    try:
        return dt.date(year, month, number)
    except ValueError as error:
        raise ValueError(f"«{match[0]}» – такой даты нет. {EXAMPLE}") from error


def read_date(raw, day: dt.date) -> dt.date:
    """A date of a cell; ValueError with a Russian sentence."""
    if isinstance(raw, dt.datetime):
        found = raw.date()
    elif isinstance(raw, dt.date):
        found = raw
    elif isinstance(raw, int | float) and 10_000 <= raw <= 80_000:
        found = EPOCH + dt.timedelta(days=int(raw))
    else:
        text = str(raw).strip()
        if re.fullmatch(r"\d{5}(\.0)?", text):
            return read_date(float(text), day)
        found = find_date(text, day)
        if found is None:
            raise ValueError(f"«{text[:40]}» – не дата. {EXAMPLE}")
    if not 1940 <= found.year <= day.year + 1:
        raise ValueError(f"{found:%d.%m.%Y}: проверьте год.")
    return found


def read_birth_year(raw, day: dt.date) -> int:
    """Only the year of birth: the portal keeps no more of the date (PersonForm has the same limits)."""
    if isinstance(raw, dt.date):
        year = raw.year
    elif isinstance(raw, int | float):
        year = int(raw) if raw < 3000 else (EPOCH + dt.timedelta(days=int(min(raw, 80_000)))).year
    else:
        text = str(raw)
        date = find_date(text, day)
        match = YEAR.search(text)
        if date is None and match is None:
            raise ValueError("Проверьте год рождения: четыре цифры, например 1985.")
        year = date.year if date else int(match[0])
        if date and year > day.year - 14 and DAY_FIRST.search(text)[3] == f"{year % 100:02}":
            year -= 100
    if not 1920 <= year <= day.year - 5:
        raise ValueError("Проверьте год рождения: четыре цифры, например 1985.")
    return year
