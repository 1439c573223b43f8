"""Pupils and their representatives; only where the school mentors pupils (R-303, R-307, N-5)."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import LegalRepresentative, Membership, Person, PupilCard
from people.permissions import can_edit_pupils
from people.services import journal
from people.services.accounts import token_hash

CARD = ("school_class", "birth_date")
FULL_AGE, OWN_CONSENT_AGE = 18, 14


@transaction.atomic
def create_pupil(*, by: Membership, **values) -> Person:
    """Add a pupil: person, card and membership (roles and an account only if the school gives them)."""
    can_edit_pupils(by).require()
    card = {name: values.pop(name) for name in CARD}
    person = Person(organization=by.organization, kind=Person.Kind.PUPIL, **values)
    person.birth_year = card["birth_date"].year
    person.full_clean()
    person.save()
    Membership.objects.create(organization=by.organization, person=person)
    save_card(PupilCard(organization=by.organization, person=person), card)
    journal.record(by, "pupil.created", person)
    return person


@transaction.atomic
def update_pupil(person: Person, *, by: Membership, **values) -> Person:
    can_edit_pupils(by).require()
    card = {name: values.pop(name) for name in CARD}
    values["birth_year"] = card["birth_date"].year
    changed = {name for name, value in values.items() if getattr(person, name) != value}
    if changed & {"last_name", "first_name", "patronymic", "sex"}:
        values["name_forms"] = {}
    for name, value in values.items():
        setattr(person, name, value)
    person.full_clean()
    person.save(update_fields=list(values))
    save_card(person.pupil, card)
    journal.record(by, "pupil.updated", person)
    return person


def save_card(card: PupilCard, values: dict) -> None:
    for name, value in values.items():
        setattr(card, name, value)
    card.full_clean()
    card.save()


@transaction.atomic
def add_representative(pupil: Person, *, by: Membership, **values) -> LegalRepresentative:
    can_edit_pupils(by).require()
    found = LegalRepresentative(organization=by.organization, pupil=pupil, **values)
    found.full_clean()
    found.save()
    journal.record(by, "representative.added", found)
    return found


@transaction.atomic
def update_representative(
    representative: LegalRepresentative, *, by: Membership, **values
) -> LegalRepresentative:
    can_edit_pupils(by).require()
    for name, value in values.items():
        setattr(representative, name, value)
    representative.full_clean()
    representative.save(update_fields=list(values))
    journal.record(by, "representative.updated", representative)
    return representative


@transaction.atomic
def archive_representative(representative: LegalRepresentative, *, by: Membership) -> None:
    """No longer represents the pupil: the link dies, the consents given stay in the register."""
    can_edit_pupils(by).require()
    representative.archived, representative.token_hash = True, None
    representative.save(update_fields=["archived", "token_hash"])
    journal.record(by, "representative.archived", representative)


@transaction.atomic
def issue_link(representative: LegalRepresentative, *, by: Membership, on: dt.date) -> str:
    """A personal link to read the texts and print the blank; it signs nothing. An older link dies."""
    can_edit_pupils(by).require()
    if representative.archived:
        raise RuleError("Этот человек больше не представляет обучающегося.")
    token = secrets.token_urlsafe(24)
    representative.token_hash = token_hash(token)
    representative.token_expires_on = on + dt.timedelta(days=settings.REPRESENTATIVE_LINK_DAYS)
    representative.save(update_fields=["token_hash", "token_expires_on"])
    journal.record(by, "representative.link", representative)
    return token


def find_by_link(token: str, on: dt.date) -> LegalRepresentative | None:
    """Whose link this is, or None when it is unknown, replaced, expired or the school has closed the option."""
    found = LegalRepresentative.objects.filter(
        token_hash=token_hash(token),
        token_expires_on__gte=on,
        archived=False,
        organization__works_with_pupils=True,
    ).exclude(pupil__employed_to__lt=on)
    return found.select_related("organization", "pupil__pupil").first()


def needed_consents(pupil: Person, on: dt.date) -> list[str]:
    """Kinds that must hold on that day: under 14 the representative's, 14–17 both, from 18 the own one."""
    age = pupil.pupil.age_on(on)
    if age < OWN_CONSENT_AGE:
        return ["representative"]
    return ["representative", "data"] if age < FULL_AGE else ["data"]
