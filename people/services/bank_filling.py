"""From answers to the bank cards: which answer fills which field is said by `fills` of the question."""

import datetime as dt

from django.db import transaction

from people.models import Membership, MenteeNeed, MentorStrength, Person
from people.models.banks import DeliveryMode, NeedSource
from people.questionnaires.answers import shown_value
from people.questionnaires.schema import Content, Question
from people.services import catalogues, journal
from people.services.banks import USUAL_LEVEL, card_of, new_card

BANKS = {"mentee": "mentees", "mentor": "mentors"}
EXTERNAL_BASIS = "заявление внешнего участника"
MOST_HOURS = 160
Fields = dict[str, tuple[Question, object]]


@transaction.atomic
def fill_from_answers(
    person: Person, content: Content, answers: dict, *, on: dt.date, by: Membership | None = None
) -> list:
    """Write the answers into the cards of the banks; returns the changed cards.

    A card is made for a willing person who has none («нет» on `willing` makes none). Who wins: an answer
    replaces what earlier answers or a hand wrote in the same field, for the newest word of the person
    counts and the history keeps the old; a question without an answer changes nothing. Needs of other
    sources stay, and so does a strength whose level or words were set by hand. An answer that does not
    fit its field is left where it is: a questionnaire of the school's own never stops the sending.
    What only the curator may read (`only_curator`) fills no card, since the head reads the cards.
    """
    found: dict[str, Fields] = {}
    willing = True
    for question in content.questions:
        value = answers.get(question.code)
        if question.fills == "willing":
            willing = value != "no"
        prefix, _, name = question.fills.partition(".")
        bank = BANKS.get(prefix, "")
        if value is not None and not question.only_curator and name in FILLED.get(bank, {}):
            found.setdefault(bank, {})[name] = (question, value)
    return [
        fill(person, bank, fields, on=on, by=by)
        for bank, fields in found.items()
        if willing or card_of(person, bank)
    ]


def fill(person: Person, bank: str, fields: Fields, *, on: dt.date, by: Membership | None):
    card = card_of(person, bank) or new_card(person, bank, on=on, **basis_of(person, bank))
    for name, (question, value) in fields.items():
        convert = FILLED[bank][name]
        fitting = convert(card, name, question, value) if convert else None
        if fitting is not None:
            setattr(card, name, fitting)
    if "difficulties" in fields:
        set_needs(card, fields["difficulties"][1], on)
    if "directions" in fields:
        set_strengths(card, fields["directions"][1])
    card.full_clean()
    card.save()
    journal.record(by, "bank.filled", card, organization=card.organization)
    return card


def basis_of(person: Person, bank: str) -> dict:
    external = bank == "mentors" and person.kind == Person.Kind.EXTERNAL
    return {"basis": EXTERNAL_BASIS} if external else {}


def words(card, name: str, question: Question, value) -> str:
    """The answer as a person reads it, as long as the field allows."""
    return shown_value(question, value)[: card._meta.get_field(name).max_length]


def codes(card, name: str, question: Question, value) -> list[str] | None:
    found = chosen(value)
    return found if found or isinstance(value, dict) else None


def chosen(value) -> list[str]:
    """Codes of «many» or «one»; [] for an answer of another type."""
    if isinstance(value, dict):
        found = value.get("codes", [])
        return [code for code in found if isinstance(code, str)] if isinstance(found, list) else []
    return [value] if isinstance(value, str) else []


def number(most: int):
    def within(card, name: str, question: Question, value) -> int | None:
        known = isinstance(value, (int, float)) and not isinstance(value, bool)
        return int(value) if known and 1 <= value <= most else None

    return within


def places(card, name: str, question: Question, value) -> int | None:
    """Not more than the school allows one mentor."""
    limit = card.organization.mentor_capacity
    found = number(100)(card, name, question, value)
    return min(found, limit) if found else None


def yes(card, name: str, question: Question, value) -> bool | None:
    return {"yes": True, "no": False}.get(value) if isinstance(value, str) else None


def mode(card, name: str, question: Question, value) -> str | None:
    return value if value in DeliveryMode.values else None


COMMON = {
    "forms": codes, "kinds": codes, "delivery_mode": mode, "schedule": words, "subject": words, "interests": words,
}  # fmt: skip
# Field of `fills` → how the answer becomes its value; None: rows beside the card.
FILLED = {
    "mentors": {
        **COMMON, "capacity": places, "group_ready": yes, "hours_per_month": number(MOST_HOURS), "competences": codes,
        "achievements": words, "mentee_wishes": words, "training": words, "directions": None,
    },
    "mentees": {
        **COMMON, "request": words, "expectation": words, "strengths": codes, "mentor_wishes": words, "difficulties": None,
    },
}  # fmt: skip


def set_needs(card, value, on: dt.date) -> None:
    """Needs of the questionnaire anew; each difficulty brings its direction, own words join the request."""
    items = catalogues.all_items(card.organization, "difficulty")
    directions = {item.code: item.direction for item in items}
    named = [code for code in chosen(value) if directions.get(code)]
    old = card.needs.filter(source=NeedSource.QUESTIONNAIRE)
    old.exclude(difficulty__in=named).delete()
    known = set(old.values_list("difficulty", flat=True))
    for code in named:
        if code not in known:
            MenteeNeed.objects.create(
                organization=card.organization, profile=card, difficulty=code, direction=directions[code],
                source=NeedSource.QUESTIONNAIRE, noted_on=on,
            )  # fmt: skip
    other = str(value.get("other") or "").strip() if isinstance(value, dict) else ""
    if other and other not in card.request:
        card.request = "\n".join(filter(None, [card.request, other]))


def set_strengths(card, value) -> None:
    """Directions of the answer with the usual level; what a hand has set stays."""
    known = catalogues.titles(card.organization, "direction")
    named = [code for code in chosen(value) if code in known]
    untouched = card.strengths.filter(level=USUAL_LEVEL, text="")
    untouched.exclude(direction__in=named).delete()
    present = set(card.strengths.values_list("direction", flat=True))
    for code in named:
        if code not in present:
            MentorStrength.objects.create(
                organization=card.organization, profile=card, direction=code
            )
