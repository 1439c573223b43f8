"""Cards of the banks for tests."""

import datetime as dt

from people.models import MenteeNeed, MenteeProfile, MentorProfile, MentorStrength, Person
from tests.people.makers_consents import make_consent

ENTERED = dt.date(2026, 9, 1)


def make_mentor(person: Person, *, consent: bool = True, **over) -> MentorProfile:
    """A mentor with one strength; with a valid consent unless told otherwise."""
    values = {"entered_on": ENTERED, "state": "candidate", "capacity": 2}
    card = MentorProfile.objects.create(
        organization=person.organization, person=person, **{**values, **over}
    )
    MentorStrength.objects.create(
        organization=person.organization, profile=card, direction="method", level=3
    )
    if consent:
        make_consent(person)
    return card


def make_mentee(person: Person, *, consent: bool = True, **over) -> MenteeProfile:
    values = {"entered_on": ENTERED, "state": "candidate"}
    card = MenteeProfile.objects.create(
        organization=person.organization, person=person, **{**values, **over}
    )
    MenteeNeed.objects.create(
        organization=person.organization, profile=card, direction="psychology", difficulty="parents",
        source="questionnaire", noted_on=ENTERED,
    )  # fmt: skip
    if consent:
        make_consent(person)
    return card
