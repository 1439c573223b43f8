"""Drafting: build the wording, keep what the curator typed, attach annexes, bases and stamps."""

import datetime as dt
import secrets
from base64 import b32encode

from django.db import transaction
from django.template.loader import render_to_string

from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.models import Membership, Person
from people.models.accounts import Role
from people.services import journal
from people.services.accounts import head_on
from roadmap import documents as builders
from roadmap.document_permissions import can_draft, can_edit_draft
from roadmap.kinds import KINDS
from roadmap.models import Acknowledgement, Annex, Basis, Document, KindSetting, Stamp


@transaction.atomic
def create_draft(
    *,
    kind: str,
    day: dt.date,
    by: Membership,
    roadmap=None,
    values: dict | None = None,
    annexes: list[Document] = (),
    replaces: Document | None = None,
) -> Document:
    """Draft a paper: wording from the template, people named in it on the acknowledgement sheet.

    `values` holds what the form asked (persons as ids, dates as ISO), `annexes` are documents in
    the order of their numbers.
    """
    can_draft(by).require()
    if kind not in KINDS:
        raise RuleError("Такого вида документа нет. Выберите вид из списка.", "kind")
    document = Document(
        organization=by.organization,
        kind=kind,
        roadmap=roadmap,
        values=values or {},
        created_by=by,
        register=register_of(by.organization, kind),
        check_code=new_check_code(),
        replaces=replaces or predecessor(by.organization, kind, roadmap),
    )
    document.title = KINDS[kind].title
    check_values(document)
    document.full_clean(exclude=["body"])
    document.save()
    for number, annex in enumerate(annexes, start=1):
        attach_annex(document, annex, number=number, by=by)
    write_wording(document, day=day)
    document.save(update_fields=["title", "body"])
    for person in named_people(document):
        Acknowledgement.objects.get_or_create(
            organization=by.organization, document=document, person=person
        )
    journal.record(by, "document.drafted", document)
    return document


def register_of(organization, kind: str) -> str:
    setting = KindSetting.objects.of(organization).filter(kind=kind).first()
    return (setting and setting.register) or KINDS[kind].register


def new_check_code() -> str:
    """100 random bits in letters and digits that a person can type."""
    return b32encode(secrets.token_bytes(15)).decode()[:20]


def predecessor(organization, kind: str, roadmap) -> Document | None:
    """The edition in force that a new local act of the kind will replace."""
    if not KINDS[kind].approved_by_order:
        return None
    found = Document.objects.of(organization).in_force().filter(kind=kind)
    return (found.filter(roadmap=roadmap) if kind == "roadmap" else found).first()


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
    for value in resolved_values(document).values():
        for person in value if isinstance(value, list) else [value]:
            if isinstance(person, Person):
                found[person.pk] = person
    return list(found.values())


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


@transaction.atomic
def rebuild(document: Document, *, day: dt.date, by: Membership) -> Document:
    """Write the wording anew from the cards; edits of the text are dropped."""
    can_edit_draft(by, document).require()
    write_wording(document, day=day)
    document.save(update_fields=["title", "body", "body_edited"])
    journal.record(by, "document.rebuilt", document)
    return document


@transaction.atomic
def edit_draft(document: Document, *, title: str, body: str, by: Membership) -> Document:
    """Keep the curator's own wording, cleaned of everything that is not text."""
    can_edit_draft(by, document).require()
    document.title, document.body, document.body_edited = title, sanitise(body), True
    document.full_clean()
    document.save(update_fields=["title", "body", "body_edited"])
    journal.record(by, "document.edited", document)
    return document


@transaction.atomic
def set_values(document: Document, *, values: dict, day: dt.date, by: Membership) -> Document:
    can_edit_draft(by, document).require()
    document.values = values
    check_values(document)
    write_wording(document, day=day)
    document.save(update_fields=["values", "title", "body", "body_edited"])
    for person in named_people(document):
        Acknowledgement.objects.get_or_create(
            organization=by.organization, document=document, person=person
        )
    journal.record(by, "document.edited", document)
    return document


@transaction.atomic
def attach_annex(
    order: Document, document: Document, *, number: int | None = None, by: Membership
) -> Annex:
    """Make `document` a numbered annex of the order (R-106)."""
    can_edit_draft(by, order).require()
    if not document.kind_info.approved_by_order or document.pk == order.pk:
        raise RuleError(
            "Этот документ не утверждают приказом. Выберите Положение, карту или модель.",
            "document",
        )
    if document.state not in (Document.State.DRAFT, Document.State.REVIEW):
        raise RuleError("Этот документ уже утверждён. Подготовьте новую редакцию.", "document")
    if Annex.objects.of(order.organization).filter(document=document).exists():
        raise RuleError("Документ уже приложен к приказу.", "document")
    annex = Annex(
        organization=order.organization,
        order_document=order,
        document=document,
        number=number or order.annexes.count() + 1,
    )
    annex.full_clean()
    annex.save()
    # The head decides on the order; an annex sent earlier no longer waits for its own signature.
    document.steps.filter(role=Role.HEAD, state__in=["waiting", "open"]).delete()
    journal.record(by, "document.annex_attached", order)
    return annex


@transaction.atomic
def detach_annex(annex: Annex, *, by: Membership) -> None:
    order = annex.order_document
    can_edit_draft(by, order).require()
    annex.delete()
    for number, rest in enumerate(order.annexes.all(), start=1):
        rest.number = number
        rest.save(update_fields=["number"])
    journal.record(by, "document.annex_detached", order)


@transaction.atomic
def add_basis(
    document: Document, *, text: str, dated_on: dt.date | None = None, by: Membership
) -> Basis:
    can_edit_draft(by, document).require()
    basis = Basis(
        organization=document.organization, document=document, text=text, dated_on=dated_on
    )
    basis.full_clean()
    basis.save()
    journal.record(by, "document.basis_added", document)
    return basis


@transaction.atomic
def add_stamp(document: Document, *, by: Membership, **values) -> Stamp:
    """A stamp of a body with its minutes; dates may be incomplete (R-119)."""
    can_draft(by).require()
    if document.state not in (Document.State.DRAFT, Document.State.REVIEW):
        raise RuleError(
            "Документ уже утверждён, гриф в него не вписать. Подготовьте новую редакцию."
        )
    stamp = Stamp(
        organization=document.organization,
        document=document,
        sort_index=document.stamps.count(),
        **values,
    )
    stamp.full_clean()
    stamp.save()
    journal.record(by, "document.stamp_added", document)
    return stamp


@transaction.atomic
def remove_row(row, *, by: Membership) -> None:
    """Take a stamp or a basis off a draft."""
    can_edit_draft(by, row.document).require()
    document = row.document
    row.delete()
    journal.record(by, "document.edited", document)


@transaction.atomic
def amend(document: Document, *, day: dt.date, by: Membership) -> Document:
    """A draft of the next edition of a paper in force, with its wording; the old one stays in force till then (R-121)."""
    can_draft(by).require()
    if document.state != Document.State.IN_FORCE:
        raise RuleError(
            "Новую редакцию готовят для действующего документа. Этот можно править или составить заново."
        )
    if document.dated_on and day < document.dated_on:
        raise RuleError("Новая редакция не может быть раньше действующей. Исправьте дату.", "day")
    unfinished = [Document.State.DRAFT, Document.State.REVIEW, Document.State.APPROVED]
    if (
        Document.objects.of(document.organization)
        .filter(replaces=document, state__in=unfinished)
        .exists()
    ):
        raise RuleError("Новая редакция уже готовится. Откройте её из списка редакций.")
    draft = Document(
        organization=document.organization, kind=document.kind, roadmap=document.roadmap, values=document.values,
        title=document.title, body=document.body, body_edited=document.body_edited, replaces=document,
        register=register_of(document.organization, document.kind), check_code=new_check_code(), created_by=by,
    )  # fmt: skip
    draft.full_clean(exclude=["body"])
    draft.save()
    for person in named_people(draft):
        Acknowledgement.objects.get_or_create(
            organization=by.organization, document=draft, person=person
        )
    journal.record(by, "document.amended", draft)
    return draft
