"""Dates, months and school years in words and figures."""

import datetime as dt

from mentoring.core.grammar.cases import NBSP, require_case

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_OF_MONTH = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SCHOOL_YEAR = {
    "nomn": "учебный год",
    "gent": "учебного года",
    "datv": "учебному году",
    "accs": "учебный год",
    "ablt": "учебным годом",
    "loct": "учебном году",
}


def long_date(day: dt.date) -> str:
    """«1 сентября 2026 г.» with no-break spaces."""
    return NBSP.join((str(day.day), _OF_MONTH[day.month - 1], str(day.year), "г."))


def short_date(day: dt.date) -> str:
    """«01.09.2026»."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def incomplete_date(year=None, month=None, day=None, *, words: bool = False) -> str:
    """A date with gaps to be filled in by hand: «__.09.2026», «01.09.____», «__.__.2026».

    With `words` the gaps are left out: «сентябрь 2026 г.», «2026 г.», «1 сентября». Raises
    ValueError for a month or day that does not exist, and for a day without a month.
    """
    _check_parts(year, month, day)
    if words:
        return _incomplete_in_words(year, month, day)
    two = [f"{part:02}" if part else "__" for part in (day, month)]
    return ".".join([*two, f"{year:04}" if year else "____"])


def _check_parts(year, month, day) -> None:
    if not (year or month or day):
        raise ValueError("Укажите хотя бы год или месяц даты.")
    if day and not month:
        raise ValueError("День указан без месяца. Добавьте месяц.")
    try:
        # 2024 is a leap year: «29.02» without a year is a possible date.
        dt.date(year or 2024, month or 1, day or 1)
    except ValueError as error:
        raise ValueError("Такой даты нет. Проверьте день и месяц.") from error


def _incomplete_in_words(year, month, day) -> str:
    of_year = [f"{year}", "г."] if year else []
    if day:
        return NBSP.join([str(day), _OF_MONTH[month - 1], *of_year])
    return NBSP.join([*([_MONTHS[month - 1]] if month else []), *of_year])


def month_name(month: int, case: str = "nomn") -> str:
    """«сентябрь» (nomn, accs), «сентября» and so on."""
    endings = {"gent": "я", "datv": "ю", "ablt": "ем", "loct": "е"}
    name = _MONTHS[month - 1]
    if require_case(case) in ("nomn", "accs"):
        return name
    # «март» and «август» are hard: «марта», «марту», «мартом».
    hard = {"gent": "а", "datv": "у", "ablt": "ом", "loct": "е"}
    ending = hard[case] if name.endswith("т") else endings[case]
    if name.endswith("т"):
        return name + ending
    stressed = case == "ablt" and name[:3] in ("янв", "фев", "сен", "окт", "ноя", "дек")
    return name[:-1] + ("ём" if stressed else ending)


def month_range(first: int, last: int | None = None) -> str:
    """«сентябрь–октябрь», or one month when both are the same."""
    if last is None or first == last:
        return _MONTHS[first - 1]
    return f"{_MONTHS[first - 1]}–{_MONTHS[last - 1]}"


def school_year(start: int, case: str = "nomn") -> str:
    """«2026/2027 учебный год»; with loct «2026/2027 учебном году»."""
    return f"{start}/{start + 1} {_SCHOOL_YEAR[require_case(case)]}"


def school_year_short(start: int) -> str:
    """«2026/27»."""
    return f"{start}/{(start + 1) % 100:02}"
