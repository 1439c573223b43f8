"""Drafting: make a draft, keep what the curator typed, begin the next edition."""

import datetime as dt
import secrets
from base64 import b32encode

from django.db import transaction

from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.models import Membership
from people.services import journal
from roadmap.document_permissions import can_draft, can_edit_draft
from roadmap.kinds import KINDS
from roadmap.models import Acknowledgement, Document, KindSetting
from roadmap.services.attachments import attach_annex
from roadmap.services.wording import check_values, named_people, write_wording


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
    event=None,
    complete: bool = True,
) -> Document:
    """Draft a paper: wording from the template, people named in it on the acknowledgement sheet.

    `values` holds what the form asked (persons as ids, dates as ISO), `annexes` are documents in
    the order of their numbers, `event` is what the minutes are of.
    Not `complete`: required answers may be missing; their places stay red and stop the sending.
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
        event=event,
    )
    document.title = KINDS[kind].title
    if complete:
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
def amend(document: Document, *, day: dt.date, by: Membership) -> Document:
    """A draft of the next edition of a paper in force, with its wording; the old one stays in force till then (R-121)."""
    can_draft(by).require()
    # Of two clicks at once the second sees the draft of the first.
    document = Document.objects.select_for_update(of=("self",)).select_related("organization", "roadmap").get(pk=document.pk)  # fmt: skip
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
