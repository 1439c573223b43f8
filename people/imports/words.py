"""Lines of a plan in words for the pages."""

import datetime as dt

from people.imports.lines import Line
from people.models import Person

# In the order of a card; what is derived from them (dates of counting) is not shown.
SHOWN = (
    "kind", "patronymic", "sex", "job_title", "subject", "institution", "birth_year", "employed_from", "employed_to",
    "new_in_post_since", "category", "category_date", "teaching_since", "teaching_years", "here_years",
    "email", "phone",
)  # fmt: skip
SHORT = SHOWN[3:]


def label(name: str) -> str:
    return str(Person._meta.get_field(name).verbose_name).capitalize()


def shown(name: str, value) -> str:
    """A value as on a card; «пусто» for none."""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    choices = dict(Person._meta.get_field(name).choices or ())
    if value in choices:
        return str(choices[value])
    return "пусто" if value in (None, "") else str(value)


def facts(line: Line) -> list[tuple[str, str]]:
    """What a new card will hold, without the name."""
    names = [name for name in SHORT if line.card.get(name) not in (None, "")]
    if line.card.get("kind") == Person.Kind.EXTERNAL:
        names.insert(0, "kind")
    return [(label(name), shown(name, line.card[name])) for name in names]


def differences(line: Line) -> list[tuple[str, str, str]]:
    """(field, before, after) of a changed card."""
    return [
        (label(name), shown(name, line.before[name]), shown(name, line.after[name]))
        for name in SHOWN
        if name in line.after
    ]
