"""What the head must know about a paper before opening it: one paragraph, by kind."""

import datetime as dt
from collections.abc import Callable

from people.models import Person
from roadmap import documents as builders
from roadmap.models import Document

# Sentences on kinds of an upper floor, registered by it: code → function (document).
WRITERS: dict[str, Callable[[Document], str]] = {}


def person_ids(document: Document) -> list[int]:
    """Ids of the people the form of the paper named."""
    found = []
    for field in builders.builder(document.kind).FIELDS:
        value = document.values.get(field.name)
        if field.kind == "person" and value:
            found.append(int(value))
        elif field.kind == "persons":
            found += [int(pk) for pk in value or []]
    return found


def digest(document: Document, people: dict[int, Person]) -> str:
    """The summary, then which bodies have decided; `annexes` and `stamps` are best prefetched."""
    return " ".join(filter(None, [summary(document, people), bodies(document)]))


def summary(document: Document, people: dict[int, Person]) -> str:
    """What the paper does: sentences of its kind and its annexes."""
    return " ".join(filter(None, [of_kind(document, people), annexes(document)]))


def of_kind(document: Document, people: dict[int, Person]) -> str:
    writers = {
        "curator_order": curator_order,
        "destruction_act": destruction_act,
        "implementation_order": implementation_order,
        "incentive_regulation": incentive_regulation,
        "roadmap": roadmap,
        "signature_regulation": signature_regulation,
    }
    if document.kind in writers:
        return writers[document.kind](document, people)
    if document.kind in WRITERS:
        return WRITERS[document.kind](document)
    if document.replaces_id:
        return "Новая редакция: после вступления в силу прежняя перестанет действовать."
    return "" if document.kind_info.is_order else "Локальный акт школы, действует бессрочно."


def curator_order(document: Document, people: dict[int, Person]) -> str:
    curators = [
        people[int(pk)].short_name
        for pk in document.values.get("curators") or []
        if int(pk) in people
    ]
    sentence = (
        f"Назначает: {', '.join(curators)} – {'куратор' if len(curators) == 1 else 'кураторы'}"
    )
    coordinator = people.get(int(document.values.get("coordinator") or 0))
    if coordinator:
        sentence += f", {coordinator.short_name} – координатор"
    return f"{sentence}. Роли появятся, когда приказ вступит в силу."


def destruction_act(document: Document, people: dict[int, Person]) -> str:
    day = document.values.get("destroyed_on")
    when = f" {dt.date.fromisoformat(day):%d.%m.%Y}" if day else ""
    return f"Подтверждает, что данные с истёкшим сроком уничтожены{when}. Вернуть их нельзя."


def implementation_order(document: Document, people: dict[int, Person]) -> str:
    verb = "Продолжает" if document.values.get("mode") == "carry_on" else "Вводит"
    return f"{verb} систему наставничества{since(document.values.get('starts_on'))}."


def incentive_regulation(document: Document, people: dict[int, Person]) -> str:
    return f"Выплата наставнику: {document.values.get('monthly_payment') or 'не указана'}."


def signature_regulation(document: Document, people: dict[int, Person]) -> str:
    return "Вводит простую подпись в портале: ею подпишут согласия те, кто присоединится на бумаге."


def roadmap(document: Document, people: dict[int, Person]) -> str:
    return f"План: {document.roadmap.title}." if document.roadmap else ""


def since(iso: str | None) -> str:
    return f" с {dt.date.fromisoformat(iso):%d.%m.%Y}" if iso else ""


def annexes(document: Document) -> str:
    titles = [
        f"{annex.document.kind_info.title} (приложение № {annex.number})"
        for annex in document.annexes.all()
    ]
    return f"Утверждает: {', '.join(titles)}." if titles else ""


def bodies(document: Document) -> str:
    """«Уже решили: педагогический совет, протокол № 1 от 28.08.2026.»"""
    decided = [f"{stamp.body_name}{minutes(stamp)}" for stamp in document.stamps.all()]
    return f"Уже решили: {'; '.join(decided)}." if decided else ""


def minutes(stamp) -> str:
    if not stamp.minutes_number:
        return ""
    full = stamp.year and stamp.month and stamp.day
    date = f" от {dt.date(stamp.year, stamp.month, stamp.day):%d.%m.%Y}" if full else ""
    return f", протокол № {stamp.minutes_number}{date}"
