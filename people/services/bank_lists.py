"""Lists of the banks: filters, columns, export; who is not shown and why."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from functools import cache

from django.db.models import Q

from mentoring.core.search import words_query
from people import bank_load
from people.bank_permissions import can_read_themes, seen_cards
from people.consent_rules import standing
from people.models import Membership, Organization, Person
from people.models.banks import BankState
from people.services import catalogues
from people.services.banks import MODELS
from people.services.counting import SCHOOL, TODAY, fetched

SEARCHED = ("person__last_name", "person__first_name", "person__job_title", "subject")
REVIEW_EVERY = dt.timedelta(days=365)


def listed(membership: Membership, bank: str, *, on: dt.date, among: Collection[int] | None = None, text: str = "", **chosen):  # fmt: skip
    """Cards with a valid consent that the member may see, filtered; (queryset without order).

    `among`: what `consented` gave, where it is asked for anyway.
    """
    if among is None:
        among = consented(membership.organization, bank, on)
    cards = MODELS[bank].objects.of(membership.organization).filter(pk__in=among)
    cards = seen_cards(membership, cards, on).filter(words_query(text, SEARCHED))
    if chosen.get("state"):
        cards = cards.filter(state=chosen["state"])
    else:
        cards = cards.exclude(state=BankState.LEFT)
    if chosen.get("category"):
        cards = cards.filter(category=chosen["category"])
    if can_read_themes(membership):
        cards = filter_answered(cards, bank, chosen)
    if chosen.get("trained"):
        cards = cards.filter(trained_on__isnull=False)
    if chosen.get("review"):
        cards = cards.filter(review_due(on))
    return cards.select_related("person", "approved_by__person")


def consented(organization: Organization, bank: str, on: dt.date) -> list[int]:
    """Cards with a valid consent on that day."""
    return [pk for (pk,) in fetched(*consented_in_sql(bank), school=organization.pk, today=on)]


@cache
def consented_in_sql(bank: str) -> tuple[str, tuple]:
    """The rules of consents take Django milliseconds to put into SQL."""
    cards = MODELS[bank].objects.of(SCHOOL).with_consent(on=TODAY)
    return cards.order_by().values_list("pk").query.sql_with_params()


def filter_answered(cards, bank: str, chosen: dict):
    """By what comes from answers: themes, forms and kinds, ways to meet."""
    related = "strengths" if bank == "mentors" else "needs"
    rows = {
        f"{related}__{name}": chosen[name]
        for name in ("direction", "difficulty")
        if chosen.get(name)
    }
    if rows:
        cards = cards.filter(**rows).distinct()
    for name, column in CODED.items():
        if chosen.get(name):
            cards = cards.filter(holds_code(column, chosen[name]))
    if chosen.get("delivery_mode"):
        cards = cards.filter(delivery_mode=chosen["delivery_mode"])
    return cards


CODED = {
    "form": "forms", "kind": "kinds", "strength": "strengths", "competence": "competences",
}  # fmt: skip


def holds_code(column: str, code: str) -> Q:
    """Codes are plain slugs, so the quoted code stands in the stored JSON on both databases."""
    return Q(**{f"{column}__icontains": f'"{code}"'})


def review_due(on: dt.date) -> Q:
    """Not reviewed for a year (R-211)."""
    since = on - REVIEW_EVERY
    return Q(reviewed_on__lt=since) | Q(reviewed_on=None, entered_on__lt=since)


def hidden(membership: Membership, bank: str, *, on: dt.date, besides: Collection[int] | None = None) -> list:  # fmt: skip
    """Cards without a valid consent, each with `why`; for the curator and the head only. Four queries.

    `besides`: what `consented` gave.
    """
    if besides is None:
        besides = consented(membership.organization, bank, on)
    cards = MODELS[bank].objects.of(membership.organization).exclude(state=BankState.LEFT)
    cards = cards.exclude(pk__in=besides)
    rows = list(cards.select_related("person").order_by("person__last_name"))
    pupils = [row.person_id for row in rows if row.person.kind == Person.Kind.PUPIL]
    found = standing([row.person_id for row in rows], "data", on)
    found_pupils = standing(pupils, "representative", on)
    for row in rows:
        own, parent = found[row.person_id], found_pupils.get(row.person_id)
        row.why = parent.why if parent and not parent.valid else own.why
    return rows


Catalogues = dict[str, list[catalogues.Item]]


def titles(organization, *names: str, known: Catalogues | None = None) -> list[dict[str, str]]:
    """Title by code of each catalogue; one query, none for catalogues that are known."""
    found = known or catalogues.all_catalogues(organization, names)
    return [{item.code: item.title for item in found.get(name, ())} for name in names]


def describe(cards, bank: str, *, on: dt.date, known: Catalogues | None = None) -> None:
    """Set what the list and the export show: words for codes and free places; few queries for all rows.

    `known`: catalogues that are loaded already.
    """
    cards = list(cards)
    if not cards:
        return
    names, words = titles(cards[0].organization, "direction", "difficulty", known=known)
    taken = bank_load.taken([card.person_id for card in cards], on) if bank == "mentors" else {}
    for card in cards:
        if bank == "mentors":
            rows = sorted(card.strengths.all(), key=lambda row: -row.level)
            card.themes = [names.get(row.direction, row.direction) for row in rows]
            card.free = max(card.capacity - taken[card.person_id], 0)
        else:
            card.themes = [
                words.get(row.difficulty) or names.get(row.direction, row.direction)
                for row in card.needs.all()
            ]
            card.themes = list(dict.fromkeys(card.themes))


Column = tuple[str, Callable[[object], object]]
NAME: list[Column] = [
    ("Фамилия, имя, отчество", lambda card: card.person.full_name),
    ("Должность", lambda card: card.person.job_title),
]
STATE: list[Column] = [
    ("Состояние", lambda card: card.get_state_display()),
    ("В банке с", lambda card: card.entered_on),
    ("Утверждён", lambda card: card.approved_on),
    ("Сведения проверены", lambda card: card.reviewed_on),
    ("Предмет или группа", lambda card: card.subject),
]
HOW: list[Column] = [
    ("Формы", lambda card: "; ".join(card.form_titles)),
    ("Виды", lambda card: "; ".join(card.kind_titles)),
    ("Как встречаться", lambda card: card.get_delivery_mode_display()),
    ("Когда удобно", lambda card: card.schedule),
]
WHOLE: dict[str, list[Column]] = {
    "mentors": [
        *NAME, ("Место работы", lambda card: card.person.institution), *STATE,
        ("Направления", lambda card: "; ".join(card.themes)),
        ("Компетенции", lambda card: "; ".join(card.competence_titles)),
        ("Педагогический стаж, лет", lambda card: card.taught),
        ("Категория", lambda card: card.person.category),
        ("Наставляемых, не больше", lambda card: card.capacity),
        ("Свободных мест", lambda card: card.free),
        ("Готов(а) вести группу", lambda card: "да" if card.group_ready else ""),
        ("Часов в месяц", lambda card: card.hours_per_month), *HOW,
        ("Обучен(а)", lambda card: card.trained_on),
    ],
    "mentees": [
        *NAME, ("Кто", lambda card: card.get_category_display()), *STATE,
        ("Запросы", lambda card: "; ".join(card.themes)), *HOW,
    ],
}  # fmt: skip


def export(membership: Membership, cards, bank: str, *, on: dt.date) -> tuple[list[str], Iterator]:
    """Headings and rows of the table; who only administers gets no answers (R-213)."""
    cards = list(cards)
    describe(cards, bank, on=on)
    columns = WHOLE[bank] if can_read_themes(membership) else [*NAME, *STATE[:4]]
    if cards and can_read_themes(membership):
        describe_codes(cards, bank, on)
    return [heading for heading, _ in columns], ([of(card) for _, of in columns] for card in cards)


def describe_codes(cards: list, bank: str, on: dt.date) -> None:
    """Words for the lists of codes; one query."""
    organization = cards[0].organization
    forms, kinds, competences = titles(organization, "form", "kind", "competence")
    for card in cards:
        card.form_titles = [forms.get(code, code) for code in card.forms]
        card.kind_titles = [kinds.get(code, code) for code in card.kinds]
        if bank == "mentors":
            card.competence_titles = [competences.get(code, code) for code in card.competences]
            card.taught = card.person.teaching_experience_on(on)
