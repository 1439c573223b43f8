"""Wording of a draft: what the form gave, the people it names, the text from the template."""

import datetime as dt
from collections.abc import Callable

from django.template.loader import render_to_string

from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.models import Person
from people.services.accounts import head_on
from roadmap import documents as builders
from roadmap import values as value_kinds
from roadmap.models import Document

# What an upper floor keeps beside the wording of its own kinds: code → function (document, context of the wording).
AFTER: dict[str, Callable[[Document, dict], None]] = {}


def check_values(document: Document) -> None:
    """Ids must be people of this school; required fields must be there."""
    values = resolved_values(document)
    for field in builders.builder(document.kind).FIELDS:
        if field.required and not values.get(field.name):
            raise RuleError(f"Заполните поле «{field.label}».", field.name)


def resolved_values(document: Document) -> dict:
    """`values` with persons as Person and dates as date; a foreign or missing person is an error."""
    resolved = {}
    for field in builders.builder(document.kind).FIELDS:
        raw = document.values.get(field.name)
        if field.kind in ("person", "persons"):
            ids = [raw] if field.kind == "person" and raw else raw or []
            people = own_people(document, ids, field.name)
            resolved[field.name] = (
                people if field.kind == "persons" else (people[0] if people else None)
            )
        elif field.kind in value_kinds.KINDS:
            resolved[field.name] = value_kinds.KINDS[field.kind].read(document, raw, field.name)
        elif field.kind == "date":
            resolved[field.name] = dt.date.fromisoformat(raw) if raw else None
        else:
            resolved[field.name] = raw
    return resolved


def own_people(document: Document, ids: list, name: str) -> list[Person]:
    people = Person.objects.of(document.organization).in_bulk([int(pk) for pk in ids])
    if len(people) != len(set(ids)):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", name)
    return [people[int(pk)] for pk in ids]


def named_people(document: Document) -> list[Person]:
    """People a draft names, each once, in the order of the form."""
    found = {}
    values = resolved_values(document)
    for field in builders.builder(document.kind).FIELDS:
        for person in people_of(field.kind, values[field.name]):
            found[person.pk] = person
    return list(found.values())


def people_of(kind: str, value) -> list[Person]:
    if kind in value_kinds.KINDS:
        return value_kinds.KINDS[kind].people(value)
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, Person)]


def wording_context(document: Document, *, day: dt.date) -> dict:
    """Context of `templates/documents/<code>.html`, the same for the draft and for a live preview."""
    organization = document.organization
    head = head_on(organization, day)
    annexes = [
        {
            "number": annex.number,
            "document": annex.document,
            "title": annex.document.title,
            "kind": annex.document.kind,
        }
        for annex in document.annexes.select_related("document")
    ]
    built = builders.builder(document.kind).build(
        organization,
        values=resolved_values(document),
        day=day,
        roadmap=document.roadmap,
        annexes=annexes,
    )
    return {
        "org": organization,
        "head": head[0] if head else None,
        "day": day,
        "annexes": annexes,
        **built,
    }


def write_wording(document: Document, *, day: dt.date) -> None:
    """Fill title and body from the template; the caller saves."""
    context = wording_context(document, day=day)
    document.title = builders.builder(document.kind).heading(context)
    document.body = sanitise(render_to_string(f"documents/{document.kind}.html", context))
    document.body_edited = False
    if keep := AFTER.get(document.kind):
        keep(document, context)
