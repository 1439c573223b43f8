"""Rights on the banks (design §3a): head reads, curator writes, the council sees candidates,
the psychologist own cases, the administrator lists without answers and notes."""

import datetime as dt

from django.db.models import Q

from mentoring.core.access import ALLOWED, Verdict, allow_if
from people.models import Membership, Person, SupportCase
from people.models.accounts import Role
from people.models.banks import BankState
from people.permissions import CURATORS, HEADS, MANAGERS, has_any

READERS = MANAGERS | {Role.COUNCIL, Role.PSYCHOLOGIST, Role.ADMIN}


def can_read_banks(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, READERS),
        "Банки видят куратор, руководитель и совет наставников. Своя карточка – на странице «Мои данные».",
    )


def can_edit_banks(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Банки ведёт куратор. Обратитесь к нему.")


def can_approve_bank(membership: Membership) -> Verdict:
    """R-202: the head approves mentors and mentees."""
    return allow_if(
        has_any(membership, HEADS), "Наставников и наставляемых утверждает руководитель."
    )


def seen_cards(membership: Membership, cards, on: dt.date):
    """Cards the member may list: without a consent only managers see them (and not among the others).

    The council gives its opinion on candidates, the psychologist sees own cases (design §3a).
    """
    if has_any(membership, MANAGERS):
        return cards
    shown = cards.with_consent(on=on)
    if has_any(membership, {Role.ADMIN}):
        return shown
    seen = Q(pk__in=[])
    if has_any(membership, {Role.COUNCIL}):
        seen |= Q(state=BankState.CANDIDATE)
    if has_any(membership, {Role.PSYCHOLOGIST}):
        cases = SupportCase.objects.of(membership.organization).active_on(on)
        seen |= Q(person__in=cases.filter(psychologist=membership).values("person"))
    return shown.filter(seen)


def can_read_card(membership: Membership, person: Person) -> Verdict:
    """The own card always; others by the list above."""
    return ALLOWED if person.pk == membership.person_id else can_read_banks(membership)


def can_read_themes(membership: Membership) -> bool:
    """What a person is strong in or needs, in lists: it comes from answers, so not for those who only
    administer (R-213)."""
    return has_any(membership, MANAGERS | {Role.COUNCIL, Role.PSYCHOLOGIST})


def can_read_answers(membership: Membership, person: Person, on: dt.date) -> bool:
    """Wishes and requests in the person's own words (design §3a: named answers)."""
    own = person.pk == membership.person_id
    return own or has_any(membership, MANAGERS) or has_case(membership, person, on)


def has_case(membership: Membership, person: Person, on: dt.date) -> bool:
    if not has_any(membership, {Role.PSYCHOLOGIST}):
        return False
    cases = SupportCase.objects.of(membership.organization).active_on(on)
    return cases.filter(person=person, psychologist=membership).exists()


def can_read_third_party(membership: Membership, person: Person, on: dt.date) -> Verdict:
    """Sources 001 RM2: head and curator (each reading logged), the psychologist in own cases."""
    return allow_if(
        has_any(membership, MANAGERS) or has_case(membership, person, on),
        "Эти сведения видят куратор, руководитель и психолог, который сопровождает человека.",
    )


def can_write_third_party(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "Сведения от третьих лиц записывает куратор.")


def can_use_psychologist_notes(membership: Membership, person: Person, on: dt.date) -> Verdict:
    return allow_if(
        has_case(membership, person, on),
        "Записи психолога видит только тот психолог, который сопровождает человека.",
    )
