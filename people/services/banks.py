"""Banks: enter, edit, approve, activate, pause, leave, review (R-202, R-211, R-308…R-314, R-320)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people.bank_permissions import can_approve_bank, can_edit_banks
from people.eligibility import mentee_category, mentor_obstacles
from people.models import (
    DataGrant,
    Membership,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    MentorStrength,
    Person,
    SupportCase,
)
from people.models.banks import BankCard, BankState, NeedSource
from people.services import catalogues, journal

MODELS = {"mentors": MentorProfile, "mentees": MenteeProfile}
OPEN = {BankState.CANDIDATE, BankState.APPROVED, BankState.ACTIVE, BankState.PAUSED}
MOVES = {
    "activate": ({BankState.APPROVED, BankState.PAUSED}, BankState.ACTIVE),
    "pause": ({BankState.APPROVED, BankState.ACTIVE}, BankState.PAUSED),
    "leave": (OPEN, BankState.LEFT),
    "return": ({BankState.LEFT}, BankState.CANDIDATE),
}
USUAL_LEVEL = 2
# What the person corrects on the own card; the rest belongs to the curator.
OWN_FIELDS = {
    "subject", "interests", "delivery_mode", "schedule", "capacity", "hours_per_month", "group_ready", "achievements",
    "mentee_wishes", "request", "expectation", "mentor_wishes",
}  # fmt: skip


def card_of(person: Person, bank: str) -> BankCard | None:
    return MODELS[bank].objects.filter(person=person).first()


@transaction.atomic
def enter(person: Person, bank: str, *, on: dt.date, by: Membership, **values) -> BankCard:
    """A candidate's card from the staff list; the same person may stand in both banks."""
    can_edit_banks(by).require()
    if card_of(person, bank):
        raise RuleError(f"{person.short_name}: карточка в этом банке уже есть.")
    card = new_card(person, bank, on=on, **values)
    journal.record(by, "bank.entered", card)
    return card


def new_card(person: Person, bank: str, *, on: dt.date, **values) -> BankCard:
    defaults = {"subject": person.subject}
    if bank == "mentees":
        defaults["category"] = mentee_category(person, on)
    card = MODELS[bank](
        organization=person.organization, person=person, entered_on=on, **{**defaults, **values}
    )
    check_external(card)
    card.full_clean()
    card.save()
    return card


def check_external(card: BankCard) -> None:
    """R-319: an external mentor works on an agreement or a statement."""
    external = card.person.kind == Person.Kind.EXTERNAL
    if external and isinstance(card, MentorProfile) and not card.basis:
        raise RuleError(
            "Укажите основание участия внешнего наставника: договор о сотрудничестве или заявление.",
            "basis",
        )


def check_capacity(card: BankCard) -> None:
    """The limit of the school stands in its Regulation too."""
    limit = card.organization.mentor_capacity
    if isinstance(card, MentorProfile) and (card.capacity or 0) > limit:
        raise RuleError(
            f"Не больше {limit}: столько наставляемых у одного наставника допускает организация. "
            "Предел меняют в её настройках.",
            "capacity",
        )


@transaction.atomic
def update_card(card: BankCard, *, by: Membership, **values) -> BankCard:
    """The curator edits everything, the person the own wishes; history keeps each state."""
    if card.person_id != by.person_id or set(values) - OWN_FIELDS:
        can_edit_banks(by).require()
    for name, value in values.items():
        setattr(card, name, value)
    check_external(card)
    check_capacity(card)
    card.full_clean()
    card.save()
    journal.record(by, "bank.edited", card)
    return card


@transaction.atomic
def set_strengths(card: MentorProfile, rows: Iterable[dict], *, by: Membership) -> None:
    """The strengths as they shall be: dicts direction, level, text; what has not changed is not touched."""
    can_edit_banks(by).require()
    rows = list(rows)
    named = [row["direction"] for row in rows]
    for gone in card.strengths.exclude(direction__in=named):
        gone.delete()
    known = {strength.direction: strength for strength in card.strengths.all()}
    for row in rows:
        strength = known.get(row["direction"]) or MentorStrength(
            organization=card.organization, profile=card
        )
        before = [getattr(strength, name) for name in row] if strength.pk else None
        if before == list(row.values()):
            continue
        for name, value in row.items():
            setattr(strength, name, value)
        strength.full_clean()
        strength.save()
    journal.record(by, "bank.edited", card)


@transaction.atomic
def add_need(
    card: MenteeProfile,
    *,
    on: dt.date,
    by: Membership,
    difficulty: str = "",
    direction: str = "",
    **values,
) -> MenteeNeed:
    """A need with its source (R-304); the direction follows from the difficulty."""
    can_edit_banks(by).require()
    if values.get("source") == NeedSource.THIRD_PARTY and values.get("text"):
        raise RuleError(THIRD_PARTY_WORDS, "text")
    known = {item.code: item for item in catalogues.all_items(card.organization, "difficulty")}
    if difficulty and difficulty not in known:
        raise RuleError("Такого затруднения в справочнике нет. Выберите из списка.", "difficulty")
    if difficulty:
        direction = known[difficulty].direction or direction
    if not direction:
        raise RuleError("Выберите затруднение или направление.", "direction")
    need = MenteeNeed(
        organization=card.organization, profile=card, difficulty=difficulty, direction=direction,
        noted_on=on, **values,
    )  # fmt: skip
    need.full_clean()
    need.save()
    journal.record(by, "bank.need_added", card)
    return need


THIRD_PARTY_WORDS = (
    "Слова третьих лиц запишите в закрытых записях человека: здесь их прочтут многие."
)


@transaction.atomic
def remove_need(need: MenteeNeed, *, by: Membership) -> None:
    can_edit_banks(by).require()
    journal.record(by, "bank.need_removed", need.profile)
    need.delete()


@transaction.atomic
def approve(cards: Iterable[BankCard], *, on: dt.date, by: Membership, reason: str = "") -> int:
    """The head approves candidates (R-202); one who breaks a rule of the school needs a reason."""
    can_approve_bank(by).require()
    number = 0
    for card in cards:
        require_shown(card, on)
        if obstacles_of(card, on) and not reason.strip():
            raise RuleError(
                f"{card.person.short_name}: {'; '.join(obstacles_of(card, on))}. Напишите, почему утверждаете.",
                "reason",
            )
        claim(card, {BankState.CANDIDATE}, BankState.APPROVED)
        card.approved_on, card.approved_by = on, by
        card.state_reason = reason.strip() if obstacles_of(card, on) else ""
        card.save()
        journal.record(by, "bank.approved", card)
        number += 1
    if not number:
        raise RuleError("Отметьте хотя бы одного человека.")
    return number


def require_shown(card: BankCard, on: dt.date) -> None:
    """R-316: without a consent there is nothing to approve."""
    if not type(card).objects.filter(pk=card.pk).with_consent(on=on).exists():
        raise RuleError(f"{card.person.short_name}: нет действующего согласия на обработку данных.")


def obstacles_of(card: BankCard, on: dt.date) -> list[str]:
    if not isinstance(card, MentorProfile):
        return []
    return mentor_obstacles(card.person, card.organization, on, capacity=card.capacity)


def claim(card: BankCard, old: set[str], new: str) -> None:
    """Of two clicks one wins."""
    rows = type(card).objects.filter(pk=card.pk, state__in=old)
    if not rows.update(state=new):
        card.refresh_from_db()
        raise RuleError(
            f"{card.person.short_name}: уже {card.get_state_display()}. Обновите страницу."
        )
    card.state = new


@transaction.atomic
def move(card: BankCard, step: str, *, on: dt.date, by: Membership, reason: str = "") -> BankCard:
    """activate, pause, leave or return; pausing and leaving ask for a reason."""
    can_edit_banks(by).require()
    old, new = MOVES[step]
    if step in ("pause", "leave") and not reason.strip():
        raise RuleError("Напишите причину: она останется в карточке.", "reason")
    if step == "activate":
        require_shown(card, on)
    claim(card, old, new)
    card.state_reason = reason.strip()
    card.left_on = on if step == "leave" else None
    if step == "return":
        card.entered_on, card.approved_on, card.approved_by = on, None, None
    card.save()
    journal.record(by, f"bank.{step}", card)
    return card


@transaction.atomic
def review(card: BankCard, *, on: dt.date, by: Membership) -> BankCard:
    """«Сведения проверены»: once a year at least (R-211)."""
    can_edit_banks(by).require()
    card.reviewed_on = on
    card.save(update_fields=["reviewed_on"])
    journal.record(by, "bank.reviewed", card)
    return card


def leave_with_person(person: Person, *, on: dt.date, by: Membership) -> None:
    """Hook `on_person_left`: the cards leave the banks, cases and granted access end that day."""
    for bank in MODELS:
        card = card_of(person, bank)
        if card and card.state != BankState.LEFT:
            card.state, card.left_on, card.state_reason = BankState.LEFT, on, PERSON_LEFT
            card.save()
            journal.record(by, "bank.leave", card)
    SupportCase.objects.of(person.organization).filter(starts_on__gt=on, person=person).delete()
    cases = SupportCase.objects.of(person.organization).active_on(on)
    (cases.filter(person=person) | cases.filter(psychologist__person=person)).update(ends_on=on)
    grants = DataGrant.objects.of(person.organization).filter(state=DataGrant.State.GRANTED)
    (grants.filter(mentor=person) | grants.filter(mentee=person)).update(
        state=DataGrant.State.ENDED
    )


PERSON_LEFT = "больше не работает в организации"
