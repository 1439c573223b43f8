"""Whether a person fits the school's rules for mentors; pure, says every reason."""

import datetime as dt

from mentoring.core import grammar
from people.models import MenteeProfile, Organization, Person

YOUNG_YEARS = 3
NEW_DAYS = 365


def mentor_obstacles(
    person: Person, school: Organization, on: dt.date, *, capacity: int = 1
) -> list[str]:
    """Russian reasons why the person should not be approved as a mentor; empty when all rules hold."""
    found = []
    if capacity > school.mentor_capacity:
        found.append(f"наставляемых {capacity}, допускается не больше {school.mentor_capacity}")
    if person.kind != Person.Kind.EMPLOYED:
        return found  # rules of experience are about the school's own staff
    taught, here = person.teaching_experience_on(on), person.experience_here_on(on)
    if too_short(taught, school.mentor_min_teaching_years):
        found.append(f"педагогический стаж {years(taught)}, нужно не меньше {years(school.mentor_min_teaching_years, 'gent')}")  # fmt: skip
    if too_short(here, school.mentor_min_here_years):
        found.append(f"стаж в организации {years(here)}, нужно не меньше {years(school.mentor_min_here_years, 'gent')}")  # fmt: skip
    if school.mentor_category_required and not person.category:
        found.append("нет квалификационной категории")
    if person.employed_to and person.employed_to < on:
        found.append("уже не работает в организации")
    return found


def too_short(number: int | None, least: int) -> bool:
    """An unknown experience is told too, unless the school asks for none."""
    return bool(least) and (number is None or number < least)


def years(number: int | None, case: str = "nomn") -> str:
    if number is None:
        return "не указан"
    return "меньше года" if number < 1 else grammar.count(number, "год", case)


def mentee_category(person: Person, on: dt.date) -> str:
    """Proposed from the card: young by teaching, new in the post, new in this organization, other."""
    Category = MenteeProfile.Category
    taught = person.teaching_experience_on(on)
    if taught is not None and taught < YOUNG_YEARS:
        return Category.YOUNG
    if recent(person.new_in_post_since, on):
        return Category.NEW_IN_POST
    return Category.NEW_HERE if recent(person.employed_from, on) else Category.OTHER


def recent(day: dt.date | None, on: dt.date) -> bool:
    return day is not None and 0 <= (on - day).days < NEW_DAYS
