"""Notes to services, closed proposals to the head, release from duties (R-207, R-228, R-230)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.permissions import HEADS
from people.services import journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on, members_with
from programs.models import DutyRelease, Program, Proposal, Referral
from programs.program_permissions import (
    SERVICE_ROLES,
    can_answer_referral,
    can_decide_proposal,
    can_guide,
    can_keep_programs,
    can_propose,
)
from programs.services.program_changes import is_given_up
from roadmap.models import Document
from roadmap.services.drafts import create_draft
from roadmap.services.wording import resolved_values


def notice(person: Person, row, event: str, title: str, mark: str = "") -> Message:
    return Message(person=person, event=event, key=f"{event}-{row.pk}{mark}", title=title, url=row.get_absolute_url())  # fmt: skip


@transaction.atomic
def refer(program: Program, *, service: str, text: str, on: dt.date, by: Membership) -> Referral:
    """The mentor writes to a service; its people are told without the text."""
    can_guide(by, program).require()
    row = Referral(organization=program.organization, program=program, author=by.person, service=service, text=text.strip(), sent_on=on)  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "referral.sent", row)
    people = members_with(program.organization, SERVICE_ROLES[service], on)
    tell(notice(one, row, "referral.sent", f"Обращение наставника {by.person.short_name}") for one in people)  # fmt: skip
    return row


@transaction.atomic
def answer_referral(row: Referral, *, answer: str, on: dt.date, by: Membership) -> Referral:
    can_answer_referral(by, row).require()
    if not answer.strip():
        raise RuleError("Напишите ответ.", "answer")
    row.answer, row.answered_on, row.answered_by = answer.strip(), on, by.person
    row.full_clean()
    row.save(update_fields=["answer", "answered_on", "answered_by"])
    journal.record(by, "referral.answered", row)
    tell([notice(row.author, row, "referral.answered", "Служба ответила на обращение")])
    return row


@transaction.atomic
def propose_to_head(*, about: Person, kind: str, text: str, on: dt.date, by: Membership) -> Proposal:  # fmt: skip
    """Closed: the person it is about never learns of it here."""
    can_propose(by).require()
    if about.pk == by.person_id:
        raise RuleError("Предложение о себе не подают.", "about")
    row = Proposal(organization=by.organization, author=by.person, about=about, kind=kind, text=text.strip(), made_on=on)  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "proposal.made", row)
    people = {one.pk: one for one in [*members_with(by.organization, HEADS, on), *curators_on(by.organization, on)]}  # fmt: skip
    tell(notice(one, row, "proposal.made", "Новое предложение руководителю") for one in people.values())  # fmt: skip
    return row


@transaction.atomic
def decide_proposal(row: Proposal, *, accepted: bool, decision: str, on: dt.date, by: Membership) -> Proposal:  # fmt: skip
    can_decide_proposal(by).require()
    state = Proposal.State.ACCEPTED if accepted else Proposal.State.DECLINED
    open_rows = Proposal.objects.filter(pk=row.pk, state=Proposal.State.OPEN)
    if not open_rows.update(state=state, decision=decision.strip(), decided_on=on, decided_by=by):
        raise RuleError("Решение уже принято. Обновите страницу.")
    row.refresh_from_db()
    journal.record(by, "proposal.decided", row)
    tell([notice(row.author, row, "proposal.decided", "По вашему предложению есть решение")])
    return row


@transaction.atomic
def ask_release(program: Program, *, person: Person, substitute: Person, starts_on: dt.date, ends_on: dt.date, reason: str, on: dt.date, by: Membership, hours: str = "") -> DutyRelease:  # fmt: skip
    """Exceptional: only with a reason and somebody who stands in; the head decides by an order (R-207)."""
    can_guide(by, program).require()
    if person.pk not in {program.group.mentor_id, *(one.pk for one in program.group.mentees)}:
        raise RuleError("Освобождают участника пары.", "person")
    if substitute.kind != Person.Kind.EMPLOYED or person.kind != Person.Kind.EMPLOYED:
        raise RuleError("Освобождают и заменяют работники организации.", "substitute")
    if starts_on < on:
        raise RuleError("Дата уже прошла. Освобождение оформляют заранее.", "starts_on")
    row = DutyRelease(
        organization=program.organization, program=program, person=person, substitute=substitute, starts_on=starts_on,
        ends_on=ends_on, hours=hours.strip(), reason=reason.strip(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "release.asked", program)
    url = program.get_absolute_url()
    tell(
        Message(person=one, event="release.asked", key=f"release-{row.pk}", title=f"Просят освободить от занятий: {person.short_name}", text=row.reason[:200], url=url)
        for one in curators_on(program.organization, on)
    )  # fmt: skip
    return row


@transaction.atomic
def draft_release(row: DutyRelease, *, on: dt.date, by: Membership) -> Document:
    """The curator drafts the order; the head's decision is its signature."""
    can_keep_programs(by).require()
    asked = DutyRelease.objects.filter(pk=row.pk, state=DutyRelease.State.ASKED)
    if not asked.update(state=DutyRelease.State.ORDERED):
        raise RuleError("По этой просьбе уже готовится приказ или есть решение.")
    row.document = create_draft(kind="substitution_order", day=on, by=by, values={"release": row.pk})  # fmt: skip
    row.save(update_fields=["document"])
    return row.document


@transaction.atomic
def decline_release(row: DutyRelease, *, decision: str, by: Membership) -> DutyRelease:
    can_keep_programs(by).require()
    if not decision.strip():
        raise RuleError("Напишите, почему отказано.", "decision")
    states = [DutyRelease.State.ASKED]
    if is_given_up(row.document):
        states.append(DutyRelease.State.ORDERED)
    asked = DutyRelease.objects.filter(pk=row.pk, state__in=states)
    if not asked.update(state=DutyRelease.State.DECLINED, decision=decision.strip()):
        raise RuleError("По этой просьбе уже есть решение.")
    row.refresh_from_db()
    tell([Message(person=row.program.group.mentor, event="release.declined", key=f"release-{row.pk}-no", title="Освобождение от занятий не согласовано", text=row.decision, url=row.program.get_absolute_url())])  # fmt: skip
    return row


def grant_release(document: Document, *, by: Membership) -> None:
    """Effect of the order."""
    row = resolved_values(document)["release"]
    ordered = DutyRelease.objects.filter(pk=row.pk, state=DutyRelease.State.ORDERED)
    if not ordered.update(state=DutyRelease.State.GRANTED):
        raise RuleError("Это освобождение уже оформлено или отклонено.")
    people = {row.person.pk: row.person, row.substitute.pk: row.substitute}
    tell(
        Message(person=one, event="release.granted", key=f"release-{row.pk}-yes", title=f"Приказ о замене на {row.starts_on:%d.%m.%Y}", text=row.hours, url=document.get_absolute_url())
        for one in people.values()
    )  # fmt: skip
