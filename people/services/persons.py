"""Cards of the staff list: add, mend, leave."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from mentoring.core.errors import RuleError
from people import hooks
from people.models import Invitation, Membership, Person, RoleGrant
from people.permissions import can_edit_people
from people.services import journal, sessions


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


# Forms kept for the old name or post would be wrong for the new one.
FORMS_OF = {
    "name_forms": {"last_name", "first_name", "patronymic", "sex"},
    "job_title_forms": {"job_title"},
}


@transaction.atomic
def update_person(person: Person, *, by: Membership, **values) -> Person:
    """Set the given fields; a changed name or post forgets its hand-written case forms."""
    can_edit_people(by).require()
    changed = {name for name, value in values.items() if getattr(person, name) != value}
    for forms, sources in FORMS_OF.items():
        if changed & sources and forms not in values:
            values[forms] = {}
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
    grants.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    if on < timezone.localdate():
        sessions.end_of_leavers(person.organization, on=timezone.localdate())
    hooks.fire(hooks.on_person_left, person, on=on, by=by)
    journal.record(by, "person.left", person)
    return person


@transaction.atomic
def remove_person(person: Person, *, by: Membership) -> None:
    """Delete a card made by mistake: nothing refers to it yet and it has no account."""
    can_edit_people(by).require()
    membership = Membership.objects.of(person.organization).filter(person=person).first()
    if membership and membership.user_id:
        raise RuleError(
            f"{person.short_name}: есть вход в портал, карточку удалить нельзя. {LEAVE}"
        )
    journal.record(by, "person.removed", person)
    try:
        if membership:
            RoleGrant.objects.of(person.organization).filter(membership=membership).delete()
            Invitation.objects.of(person.organization).filter(membership=membership).delete()
            membership.delete()
        person.delete()
    except models.ProtectedError as error:
        names = sorted({str(row._meta.verbose_name) for row in error.protected_objects})
        message = f"{person.short_name}: на карточку ссылаются записи ({', '.join(names)}). {LEAVE}"
        raise RuleError(message) from error


LEAVE = "Запишите увольнение: карточка останется в истории."
