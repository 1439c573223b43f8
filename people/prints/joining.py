"""Statements of joining the rules of the simple signature: one sheet for each person."""

import datetime as dt
from collections.abc import Iterable

from mentoring.core.prints import render_print
from people.models import Organization, Person
from people.prints.consents import addressee


def print_joining(organization: Organization, people: Iterable[Person], *, on: dt.date) -> bytes:
    """PDF of blanks in the order of names; passport data are not asked (63-ФЗ, ст. 9 ч. 2)."""
    shared = {"org": organization, "addressee": addressee(organization, on)}
    rows = sorted(people, key=lambda person: person.full_name)
    sheets = [("prints/joining_statement.html", {**shared, "person": row}) for row in rows]
    return render_print(sheets, title="Заявления о присоединении")
