"""Pupils and their representatives for tests."""

import datetime as dt

from people.models import LegalRepresentative, Organization, Person, PupilCard
from tests.factories import make_person


def make_pupil(school: Organization, birth_date: dt.date) -> Person:
    """A pupil of a school that works with pupils from now on."""
    school.works_with_pupils = True
    school.save()
    person = make_person(school, kind="pupil", last_name="Соколов", sex="m", job_title="")
    PupilCard.objects.create(
        organization=school, person=person, school_class="9 А", birth_date=birth_date
    )
    return Person.objects.get(pk=person.pk)


def make_parent(pupil: Person, **over) -> LegalRepresentative:
    values = {"last_name": "Соколова", "first_name": "Ирина", "sex": "f", "basis": "свидетельство о рождении"}  # fmt: skip
    return LegalRepresentative.objects.create(
        organization=pupil.organization, pupil=pupil, **{**values, **over}
    )
