"""What every wording template gets, and phrases with numbers that a template cannot agree."""

import datetime as dt


def base_context(organization, *, values: dict, day: dt.date, roadmap=None, annexes=()) -> dict:
    """Keys common to all papers; `year` is the school year of the roadmap («2026/2027») or what was typed."""
    return {
        "org": organization,
        "values": values,
        "day": day,
        "year": values.get("year") or school_years(roadmap),
        "roadmap": roadmap,
        "annexes": list(annexes),
        "max_months": months_genitive(organization.program_max_months),
        "notice": working_days(organization.notice_days),
        "with_pupils": organization.works_with_pupils,
    }


def school_years(roadmap) -> str:
    """«2026/2027» for a roadmap of one school year, else an empty text (several years, no dates)."""
    start = getattr(roadmap, "year_start", None)
    if not start or (roadmap.year_end or start) != start:
        return ""
    return f"{start}/{start + 1}"


def months_genitive(number: int) -> str:
    """Number of months after «от … до»: «12 месяцев», «21 месяца»."""
    return f"{number} {'месяца' if ends_in_one(number) else 'месяцев'}"


def working_days(number: int) -> str:
    """Term after «за», «через»: «3 рабочих дня», «5 рабочих дней», «21 рабочий день»."""
    if ends_in_one(number):
        return f"{number} рабочий день"
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    return f"{number} рабочих {'дня' if few else 'дней'}"


def ends_in_one(number: int) -> bool:
    return number % 10 == 1 and number % 100 != 11
