"""Cards of the staff list: add, mend, leave."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people import hooks
from people.models import Membership, Person, RoleGrant
from people.permissions import can_edit_people
from people.services import journal


@transaction.atomic
def create_person(*, by: Membership, **values) -> Person:
    """Add a card; every card has a membership so that roles can be granted before an account exists."""
    can_edit_people(by).require()
    person = Person(organization=by.organization, **values)
    person.full_clean()
    person.save()
    Membership.objects.create(organization=by.organization, person=person)
    journal.record(by, "person.created", person)
    return person


@transaction.atomic
def update_person(person: Person, *, by: Membership, **values) -> Person:
    can_edit_people(by).require()
    for name, value in values.items():
        setattr(person, name, value)
    person.full_clean()
    person.save(update_fields=list(values))
    journal.record(by, "person.updated", person)
    return person


@transaction.atomic
def person_left(person: Person, *, on: dt.date, by: Membership) -> Person:
    """Close the card on the last working day; roles end that day, upper floors do their part."""
    can_edit_people(by).require()
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.employed_to:
        raise RuleError("Увольнение уже записано. Обновите страницу.", "on")
    person.employed_to = on
    person.full_clean()
    person.save(update_fields=["employed_to"])
    grants = RoleGrant.objects.of(person.organization).filter(membership__person=person)
    grants.filter(starts_on__gt=on).delete()
    grants.filter(ends_on=None).update(ends_on=on)
    hooks.fire(hooks.on_person_left, person, on=on, by=by)
    journal.record(by, "person.left", person)
    return person
