"""The gate of consents: who may be shown, and what is said about those who may not (R-316)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from people.models import Consent, DisseminationChoice, Membership, Person
from people.models.consents import ConsentKind
from people.permissions import MANAGERS, has_any

State = Consent.State
NEVER = "none"


@dataclass(frozen=True)
class Standing:
    """Where one person stands with one kind of consent on one day.

    `state`: a code of Consent.State or "none" when it was never asked; `why` is empty when valid,
    else a Russian sentence with the next step.
    """

    state: str
    valid: bool
    why: str = ""
    consent: Consent | None = None


def standing(person_ids: Iterable[int], kind: str, on: dt.date) -> dict[int, Standing]:
    """Standing of each person; one query whatever the number. A person without a row gets «none»."""
    ids = list(person_ids)
    found: dict[int, list[Consent]] = {}
    rows = Consent.objects.filter(person__in=ids, kind=kind, asked_on__lte=on)
    for consent in rows.select_related("text").order_by("asked_on", "pk"):
        found.setdefault(consent.person_id, []).append(consent)
    return {pk: standing_of(found.get(pk, []), on) for pk in ids}


def standing_of(consents: list[Consent], on: dt.date) -> Standing:
    """The valid consent if there is one, else the latest row and why it does not count."""
    for consent in reversed(consents):
        if consent.valid_on(on):
            return Standing(State.GIVEN, True, consent=consent)
    if not consents:
        return Standing(NEVER, False, "Согласие ещё не запрошено. Запросите его.")
    last = consents[-1]
    state = state_on(last, on)
    return Standing(state, False, WHY[state].format(day=day_of(last, state)), last)


def state_on(consent: Consent, on: dt.date) -> str:
    """The state by dates: a consent past its term counts as expired before any command says so."""
    if consent.withdrawn_on and consent.withdrawn_on <= on:
        return State.WITHDRAWN
    if consent.given_on and consent.given_on <= on:
        return State.EXPIRED
    if consent.refused_on and consent.refused_on <= on:
        return State.REFUSED
    return State.ASKED


WHY = {
    State.ASKED: "Согласие запрошено {day} и ещё не дано. Напомните или примите на бумаге.",
    State.REFUSED: "Отказ от {day}. Отказаться можно без объяснений; запросить снова можно после разговора.",
    State.WITHDRAWN: "Согласие отозвано {day}. Без нового согласия человека нельзя показывать.",
    State.EXPIRED: "Согласие закончилось {day}. Запросите новое.",
}


def day_of(consent: Consent, state: str) -> str:
    day = {
        State.ASKED: consent.asked_on,
        State.REFUSED: consent.refused_on,
        State.WITHDRAWN: consent.withdrawn_on,
        State.EXPIRED: consent.replaced_on or consent.valid_until,
    }[state]
    return f"{day:%d.%m.%Y}" if day else ""


def why_hidden(person: Person, on: dt.date) -> str:
    """Why the person is not in the banks; "" when the needed consents hold."""
    if Person.objects.with_consent(on=on).filter(pk=person.pk).exists():
        return ""
    kinds = [ConsentKind.DATA]
    if person.kind == Person.Kind.PUPIL:
        kinds = [ConsentKind.REPRESENTATIVE, ConsentKind.DATA]
    for kind in kinds:
        found = standing([person.pk], kind, on)[person.pk]
        if not found.valid:
            return found.why
    return "Согласия неполны: проверьте возраст и представителя."


def can_see_without_consent(membership: Membership, person: Person) -> bool:
    """The person, the curator and the head see those without a consent, and why (issue «Must hold»)."""
    return membership.person_id == person.pk or has_any(membership, MANAGERS)


def dissemination(person_ids: Iterable[int], on: dt.date) -> dict[int, set[tuple[str, int]]]:
    """What may be shown of each person: pairs (item code, address id); one query.

    No row means «not allowed»: silence is not a consent (152-ФЗ, ст. 10.1 ч. 8).
    """
    ids = list(person_ids)
    valid = Consent.objects.valid_on(on).filter(person__in=ids, kind=ConsentKind.DISSEMINATION)
    choices = DisseminationChoice.objects.filter(
        consent__in=valid, allowed=True, address__archived=False
    )
    shown: dict[int, set[tuple[str, int]]] = {pk: set() for pk in ids}
    for person, item, address in choices.values_list("consent__person", "item", "address"):
        shown[person].add((item, address))
    return shown
