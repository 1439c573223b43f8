"""Consents: ask, give, refuse, withdraw, expire. What changes for others goes through `on_consent_lost`."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people import hooks
from people.models import (
    Consent,
    DisseminationChoice,
    LegalRepresentative,
    Membership,
    Organization,
    Person,
)
from people.models.consents import ConsentKind
from people.permissions import can_edit_consents
from people.services import journal
from people.services.consent_texts import text_for
from people.services.pupils import FULL_AGE

State, Method = Consent.State, Consent.Method
PAPER_ONLY = {ConsentKind.DUTY, ConsentKind.REPRESENTATIVE}


@transaction.atomic
def ask(people: Iterable[Person], kind: str, *, on: dt.date, by: Membership) -> list[Consent]:
    """Ask each person who is not being asked already; a representative's consent goes to each of them."""
    can_edit_consents(by).require()
    # Of two clicks at once the second sees the requests of the first.
    Organization.objects.select_for_update(no_key=True).get(pk=by.organization_id)
    asked = []
    for person in people:
        for representative in asked_through(person, kind):
            if not is_asked(person, kind, representative):
                asked.append(new_request(person, kind, representative, on=on, by=by))
    return asked


def asked_through(person: Person, kind: str) -> list[LegalRepresentative | None]:
    if kind != ConsentKind.REPRESENTATIVE:
        return [None]
    if person.kind != Person.Kind.PUPIL:
        raise RuleError(
            f"{person.short_name}: согласие представителя нужно только за обучающегося."
        )
    found = list(person.representatives.filter(archived=False))
    if not found:
        raise RuleError(f"{person.short_name}: сначала запишите законного представителя.")
    return found


def is_asked(person: Person, kind: str, representative) -> bool:
    open_rows = Consent.objects.filter(person=person, kind=kind, state=State.ASKED)
    return open_rows.filter(representative=representative).exists()


def new_request(person: Person, kind: str, representative, *, on: dt.date, by) -> Consent:
    consent = Consent(
        organization=person.organization, person=person, kind=kind, asked_on=on,
        representative=representative, text=text_for(person, kind, on), recorded_by=by,
    )  # fmt: skip
    consent.full_clean()
    consent.save()
    journal.record(by, "consent.asked", consent)
    return consent


def claimed(consent: Consent, old: str) -> Consent:
    """The row, locked, still in that state; else somebody was faster."""
    fresh = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if fresh.state != old:
        raise RuleError(f"Согласие уже {fresh.get_state_display()}. Обновите страницу.")
    return fresh


@transaction.atomic
def give(
    consent: Consent, *, on: dt.date, method: str, by: Membership, choices=(), **proof
) -> Consent:
    """The request becomes a consent; an older one of the same kind is replaced. No rights here:
    called by the page of the person (consent_signing) and by the curator's records below.

    `choices`: dicts item, address, allowed, condition of a dissemination; `proof`: saw_original, scan, signature.
    """
    consent = claimed(consent, State.ASKED)
    if consent.kind in PAPER_ONLY and method == Method.PORTAL:
        raise RuleError("Это согласие подписывают на бумаге или файлом электронной подписи.")
    if on < consent.asked_on:
        raise RuleError("Согласие не может быть дано раньше, чем запрошено.", "on")
    replace_older(consent, on=on, by=by)
    consent.state, consent.given_on, consent.method = State.GIVEN, on, method
    consent.valid_until, consent.recorded_by = valid_until(consent, on), by
    consent.signed_at = timezone.now()
    for name, value in proof.items():
        setattr(consent, name, value)
    save_choices(consent, choices)
    consent.content_hash = content_hash(consent)
    consent.full_clean()
    consent.save()
    journal.record(by, "consent.given", consent)
    return consent


def replace_older(consent: Consent, *, on: dt.date, by: Membership) -> None:
    older = Consent.objects.select_for_update(of=("self",)).filter(
        person=consent.person, kind=consent.kind, state=State.GIVEN,
        representative=consent.representative,
    )  # fmt: skip
    for row in older:
        row.state, row.replaced_on = State.EXPIRED, on
        row.save(update_fields=["state", "replaced_on"])
        journal.record(by, "consent.replaced", row)


def valid_until(consent: Consent, on: dt.date) -> dt.date | None:
    """Last day: the text's term; for a pupil never past the eve of the 18th birthday."""
    ends = [months_after(on, consent.text.term_months)] if consent.text.term_months else []
    if consent.person.kind == Person.Kind.PUPIL and consent.person.pupil.age_on(on) < FULL_AGE:
        ends.append(months_after(consent.person.pupil.birth_date, FULL_AGE * 12))
    return min(ends) - dt.timedelta(days=1) if ends else None


def months_after(day: dt.date, months: int) -> dt.date:
    """The same number of the month; where the month is shorter, the first day of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)


def save_choices(consent: Consent, choices: Iterable[dict]) -> None:
    if consent.kind != ConsentKind.DISSEMINATION:
        return
    rows = [
        DisseminationChoice(organization=consent.organization, consent=consent, **choice)
        for choice in choices
    ]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
    DisseminationChoice.objects.bulk_create(rows)


def content_hash(consent: Consent, *, name: str = "") -> str:
    """SHA-256 of what was agreed to: text, choices, person (`name`: as it was then), day, method."""
    choices = consent.choices.order_by("item", "address").values_list(
        "item", "address__url", "allowed", "condition"
    )
    text = consent.text
    agreed = {
        "title": text.title, "purpose": text.purpose, "items": text.data_items, "body": text.body,
        "choices": [list(row) for row in choices], "person": consent.person_id,
        "name": name or consent.person.full_name, "on": consent.given_on.isoformat(), "method": consent.method,
    }  # fmt: skip
    canonical = json.dumps(agreed, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


@transaction.atomic
def refuse(consent: Consent, *, on: dt.date, by: Membership, method: str) -> Consent:
    """«Не согласен»: as good an answer as «согласен»; by the person or, on paper, by the curator."""
    own_or_curator(consent, by)
    consent = claimed(consent, State.ASKED)
    consent.state, consent.refused_on, consent.method = State.REFUSED, on, method
    consent.recorded_by = by
    consent.full_clean()
    consent.save()
    journal.record(by, "consent.refused", consent)
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, on: dt.date, by: Membership, method: str) -> Consent:
    """Take a consent back; effects begin at once (152-ФЗ, ст. 9 ч. 2; R-306)."""
    own_or_curator(consent, by)
    consent = claimed(consent, State.GIVEN)
    if on < consent.given_on:
        raise RuleError("Отзыв не может быть раньше согласия.", "on")
    consent.state, consent.withdrawn_on, consent.withdrawal_method = State.WITHDRAWN, on, method
    consent.full_clean()
    consent.save()
    journal.record(by, "consent.withdrawn", consent)
    lose(consent, on=on, by=by)
    return consent


def own_or_curator(consent: Consent, by: Membership) -> None:
    if consent.person_id != by.person_id:
        can_edit_consents(by).require()


def lose(consent: Consent, *, on: dt.date, by: Membership | None) -> None:
    """Tell the upper floors unless another consent of the kind still holds (two representatives)."""
    others = Consent.objects.valid_on(on).filter(person=consent.person, kind=consent.kind)
    if not others.exists():
        hooks.fire(hooks.on_consent_lost, consent.person, on=on, by=by, kind=consent.kind)


@transaction.atomic
def expire_due(organization, *, on: dt.date) -> int:
    """Write down what ended by its term before that day; called by `manage.py remind`."""
    over = Consent.objects.of(organization).filter(state=State.GIVEN, valid_until__lt=on)
    number = 0
    for consent in over.select_for_update(of=("self",)).select_related("person"):
        consent.state = State.EXPIRED
        consent.save(update_fields=["state"])
        journal.record(None, "consent.expired", consent, organization=organization)
        lose(consent, on=on, by=None)
        number += 1
    return number
