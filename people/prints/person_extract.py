"""`person_extract`: everything the portal holds about one person, on paper (152-ФЗ, ст. 14; R-214)."""

import datetime as dt

from mentoring.core.prints import render_print
from people import my_data
from people.models import Person

TITLE = "Выписка о персональных данных"


def print_extract(person: Person, *, on: dt.date) -> bytes:
    """The same topics as the page «Мои данные», empty ones named as empty."""
    context = {
        "org": person.organization, "person": person, "on": on, "title": TITLE,
        "sections": my_data.sections(person).values(),
    }  # fmt: skip
    return render_print(
        [("prints/person_extract.html", context)], title=f"{TITLE}: {person.full_name}"
    )
