"""Statements about a pair to sign by hand: the mentor's notice, the mentee's request."""

import datetime as dt

from mentoring.core.prints import render_print
from people.models import Person
from people.prints.consents import addressee
from programs.models import MentoringGroup

SHEETS = {
    "mentor_notice": ("prints/mentor_notice.html", "Заявление о сложении обязанностей наставника"),
    "mentee_request": ("prints/mentee_request.html", "Ходатайство о замене наставника"),
}


def print_statement(
    group: MentoringGroup,
    person: Person,
    *,
    kind: str,
    on: dt.date,
    earliest: dt.date | None = None,
) -> bytes:
    """PDF of one sheet; `earliest`: first day without the duties, for a notice (ТК РФ, ст. 351.8)."""
    template, title = SHEETS[kind]
    context = {
        "group": group, "person": person, "org": group.organization, "earliest": earliest, "title": title,
        "addressee": addressee(group.organization, on),
    }  # fmt: skip
    return render_print([(template, context)], title=title)
