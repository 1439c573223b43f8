"""Wishes about a working pair: the mentor's notice, the mentee's request, the curator's initiative.

A mentor's notice cannot be refused (ТК РФ, ст. 351.8); a mentee's request stays hidden from the mentor
until it is decided (R-236).
"""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from mentoring.core.calendar import working_days_after
from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.permissions import MANAGERS
from people.services import journal
from people.services.calendar import exceptions
from people.services.notices import Message, tell
from people.services.reminding import members_with
from programs.models import GroupRequest, MentoringGroup
from programs.models.groups import GroupState
from programs.permissions import can_edit_groups
from programs.services.groups import locked
from roadmap.models import Document
from roadmap.services.drafts import create_draft

Kind, State = GroupRequest.Kind, GroupRequest.State
WORKING = (GroupState.ACTIVE, GroupState.PAUSED)


@transaction.atomic
def make_request(
    group: MentoringGroup, *, kind: str, on: dt.date, by: Membership, text: str = "", person: Person | None = None,
) -> GroupRequest:  # fmt: skip
    """File a wish of a member; `person` when the curator enters a paper one.

    A notice says at once from which day the pair may end: notice + the school's working days, at least three.
    """
    author = person or by.person
    if author.pk != by.person_id or kind == Kind.CURATOR:
        can_edit_groups(by).require()
    group = locked(group)
    check_author(group, author, kind)
    row = GroupRequest(
        organization=group.organization, group=group, person=author, kind=kind, made_on=on, text=text.strip(),
        earliest_on=earliest_end(group, on) if kind != Kind.CHANGE else None,
    )  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "request.made", row)
    tell(to_managers(row, on))
    return row


def check_author(group: MentoringGroup, author: Person, kind: str) -> None:
    if group.state not in WORKING:
        raise RuleError("Заявление подают, когда пара работает. До приказа достаточно отказаться.")
    if kind == Kind.NOTICE and group.mentor_id != author.pk:
        raise RuleError("Сложить обязанности может наставник этой пары.")
    if kind == Kind.CHANGE and author not in group.mentees:
        raise RuleError("Попросить другого наставника может наставляемый этой пары.")


def earliest_end(group: MentoringGroup, on: dt.date) -> dt.date:
    """First day without the duties: after the term of notice in working days (ТК РФ, ст. 14, 351.8)."""
    last = working_days_after(
        on, group.organization.notice_days, exceptions(group.organization, on)
    )
    return last + dt.timedelta(days=1)


def to_managers(row: GroupRequest, on: dt.date) -> list[Message]:
    group = row.group
    url = reverse("group", args=[group.organization.slug, group.pk])
    return [
        Message(
            person=person, event="group.request", key=f"request-{row.pk}",
            title=f"{row.get_kind_display().capitalize()}: {row.person.short_name}",
            text="Решите на странице пары.", url=url,
        )
        for person in members_with(group.organization, MANAGERS, on)
        if person.pk != row.person_id
    ]  # fmt: skip


@transaction.atomic
def decide(
    row: GroupRequest, *, granted: bool, on: dt.date, by: Membership, decision: str = ""
) -> GroupRequest:
    """The curator's answer; a granted wish drafts the order that carries it out."""
    can_edit_groups(by).require()
    row = claimed(row)
    if not granted and row.kind == Kind.NOTICE:
        raise RuleError(
            "Отказать наставнику нельзя: он вправе сложить обязанности, предупредив за "
            f"{row.group.organization.notice_days} рабочих дня. Подготовьте приказ.", "granted",
        )  # fmt: skip
    if not granted and not decision.strip():
        raise RuleError("Напишите, почему: человек увидит ваш ответ.", "decision")
    row.state = State.GRANTED if granted else State.DECLINED
    row.decision, row.decided_on, row.decided_by = decision.strip(), on, by
    if granted:
        row.document = draft_release(row, on=on, by=by)
    row.full_clean()
    row.save()
    journal.record(by, f"request.{row.state}", row)
    tell([answer_to(row)])
    return row


def claimed(row: GroupRequest) -> GroupRequest:
    rows = GroupRequest.objects.select_for_update(of=("self",))
    row = rows.select_related("group__organization", "person", "organization").get(pk=row.pk)
    if row.state != State.OPEN:
        raise RuleError("Это заявление уже решено. Обновите страницу.")
    return row


def draft_release(row: GroupRequest, *, on: dt.date, by: Membership) -> Document:
    values = {
        "group": row.group_id, "action": "end", "reason": row.kind,
        "on": max(row.earliest_on or on, on).isoformat(), "ground_date": row.made_on.isoformat(),
    }  # fmt: skip
    return create_draft(kind="release_order", day=on, by=by, values=values)


def answer_to(row: GroupRequest) -> Message:
    group = row.group
    return Message(
        person=row.person, event="group.request", key=f"request-{row.pk}-{row.state}",
        title=f"Решение по вашему заявлению: {row.get_state_display()}", text=row.decision,
        url=reverse("my_group", args=[group.organization.slug, group.pk]),
    )  # fmt: skip


@transaction.atomic
def withdraw_request(row: GroupRequest, *, on: dt.date, by: Membership) -> GroupRequest:
    if row.person_id != by.person_id:
        can_edit_groups(by).require()
    row = claimed(row)
    row.state, row.decided_on = State.WITHDRAWN, on
    row.save(update_fields=["state", "decided_on"])
    journal.record(by, "request.withdrawn", row)
    return row


def visible_requests(group: MentoringGroup, person: Person, *, manages: bool):
    """Managers see all; a member the own ones; the mentor never the mentee's open request (R-236)."""
    rows = group.requests.select_related("person", "document", "decided_by__person")
    return rows if manages else rows.filter(person=person)
