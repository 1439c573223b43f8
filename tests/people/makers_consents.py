"""Rows of consents for tests that are not about giving them."""

import datetime as dt

from people.models import Consent, ConsentText, Person

LONG_AGO = dt.date(2020, 9, 1)


def make_text(organization, kind="data", **over) -> ConsentText:
    values = {"number": 1, "title": "Согласие", "body": "<p>Текст</p>", "published_on": LONG_AGO}
    role = over.pop("role", "all")
    text, _ = ConsentText.objects.get_or_create(
        organization=organization, kind=kind, role=role, defaults={**values, **over}
    )
    return text


def make_consent(person: Person, kind="data", *, given_on=LONG_AGO, **over) -> Consent:
    """A consent given on paper long ago; `state` and dates may be overridden."""
    values = {
        "state": "given", "asked_on": given_on or LONG_AGO, "given_on": given_on, "method": "paper",
    }  # fmt: skip
    return Consent.objects.create(
        organization=person.organization,
        person=person,
        kind=kind,
        text=make_text(person.organization, kind),
        **{**values, **over},
    )
