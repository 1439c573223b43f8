"""Drafts sent to staff to read (R-102) and acquaintance with papers in force (R-227)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.core.access import Verdict, allow_if
from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.permissions import MANAGERS, has_any
from people.services import journal
from roadmap.document_permissions import can_draft
from roadmap.models import Acknowledgement, Circulation, Document, Reading, Remark
from roadmap.services import rendering


@transaction.atomic
def circulate(
    document: Document, *, readers: list[Person], due_on: dt.date | None = None, by: Membership
) -> Circulation:
    """Send the draft as it stands now to people to read; they see this text whatever comes later."""
    can_draft(by).require()
    if document.state not in (Document.State.DRAFT, Document.State.REVIEW):
        raise RuleError("На чтение отправляют проект. Действующий документ дают под ознакомление.")
    if not readers:
        raise RuleError("Выберите, кому отправить.", "readers")
    if any(person.organization_id != document.organization_id for person in readers):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", "readers")
    circulation = Circulation(
        organization=document.organization,
        document=document,
        title=document.full_title,
        body=circulated_body(document),
        due_on=due_on,
        created_by=by,
    )
    circulation.full_clean(exclude=["body"])
    circulation.save()
    Reading.objects.bulk_create(
        Reading(organization=document.organization, circulation=circulation, person=person)
        for person in readers
    )
    journal.record(by, "document.circulated", document)
    return circulation


def circulated_body(document: Document) -> str:
    """The text as it stands today; a plan is read as its table."""
    return (
        rendering.roadmap_body(document, None, public=False)
        if document.kind == "roadmap"
        else document.body
    )


def can_read_circulation(membership: Membership, circulation: Circulation) -> Verdict:
    reader = circulation.readings.filter(person=membership.person).exists()
    return allow_if(
        reader or has_any(membership, MANAGERS),
        "Этот проект отправлен на чтение другим сотрудникам.",
    )


@transaction.atomic
def mark_read(circulation: Circulation, *, by: Membership) -> Reading:
    reading = circulation.readings.filter(person=by.person).first()
    if reading is None:
        raise RuleError("Этот проект отправлен на чтение другим сотрудникам.")
    if reading.read_at is None:
        reading.read_at = timezone.now()
        reading.save(update_fields=["read_at"])
        journal.record(by, "draft.read", reading)
    return reading


@transaction.atomic
def add_remark(circulation: Circulation, *, clause: str, text: str, by: Membership) -> Remark:
    can_read_circulation(by, circulation).require()
    remark = Remark(
        organization=circulation.organization,
        circulation=circulation,
        person=by.person,
        clause=clause,
        text=text,
    )
    remark.full_clean()
    remark.save()
    journal.record(by, "draft.remark", remark)
    return remark


@transaction.atomic
def answer_remark(remark: Remark, *, answer: str, by: Membership) -> Remark:
    can_draft(by).require()
    if not answer.strip():
        raise RuleError("Напишите ответ.", "answer")
    remark.answer, remark.answered_at = answer, timezone.now()
    remark.full_clean()
    remark.save(update_fields=["answer", "answered_at"])
    journal.record(by, "draft.remark_answered", remark)
    return remark


@transaction.atomic
def ask_acknowledgement(document: Document, *, people: list[Person], by: Membership) -> int:
    """Add people to the acknowledgement sheet; returns how many were new."""
    can_draft(by).require()
    if any(person.organization_id != document.organization_id for person in people):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", "people")
    if document.state not in (Document.State.DRAFT, Document.State.IN_FORCE):
        raise RuleError("Лист ознакомления меняют у черновика или у действующего документа.")
    known = set(document.acknowledgements.values_list("person_id", flat=True))
    rows = [
        Acknowledgement(organization=document.organization, document=document, person=person)
        for person in people
        if person.pk not in known
    ]
    Acknowledgement.objects.bulk_create(rows)
    journal.record(by, "document.acknowledgement_asked", document)
    return len(rows)


@transaction.atomic
def record_paper_acknowledgements(
    rows: list[Acknowledgement], *, on: dt.date, by: Membership, today: dt.date | None = None
) -> int:
    """Many signatures of one paper sheet at once: all or none; returns how many."""
    can_draft(by).require()
    if not rows:
        raise RuleError("Отметьте, кто расписался.", "rows")
    for row in rows:
        record_paper_acknowledgement(row, on=on, by=by, today=today)
    return len(rows)


@transaction.atomic
def acknowledge(document: Document, *, by: Membership) -> Acknowledgement:
    """The person's own mark in the portal."""
    row = document.acknowledgements.filter(person=by.person).first()
    if row is None or document.state != Document.State.IN_FORCE:
        raise RuleError("Ознакомление с этим документом у вас не запрашивали.")
    return _mark(row, timezone.localdate(), Acknowledgement.Method.PORTAL, by)


@transaction.atomic
def record_paper_acknowledgement(
    row: Acknowledgement, *, on: dt.date, by: Membership, today: dt.date | None = None
) -> Acknowledgement:
    """The curator enters a signature seen on the paper sheet."""
    can_draft(by).require()
    if on > (today or timezone.localdate()):
        raise RuleError("Дата ознакомления не может быть в будущем.", "on")
    if row.document.dated_on and on < row.document.dated_on:
        raise RuleError("Ознакомление не может быть раньше даты документа.", "on")
    return _mark(row, on, Acknowledgement.Method.PAPER, by)


def _mark(row: Acknowledgement, on: dt.date, method: str, by: Membership) -> Acknowledgement:
    if row.acknowledged_on:
        raise RuleError("Ознакомление уже отмечено.")
    row.acknowledged_on, row.method, row.recorded_by = on, method, by
    row.full_clean()
    row.save(update_fields=["acknowledged_on", "method", "recorded_by"])
    journal.record(by, "document.acknowledged", row)
    return row
