"""Answers of both sides: accept or decline without a reason, in the portal or on paper (R-507, R-516)."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on
from programs.group_rules import pair_obstacles
from programs.models import Agreement, ForbiddenPair, MentoringGroup
from programs.models.groups import GroupState
from programs.permissions import can_answer
from programs.services.groups import close, locked, locked_mentor

State = Agreement.State


@transaction.atomic
def answer(
    agreement: Agreement, *, accepted: bool, on: dt.date, by: Membership, method: str
) -> Agreement:
    """Record one answer; the last «согласие» makes the group agreed, a refusal ends the proposal.

    The place of the mentor is taken by whoever agrees first: the check runs under the mentor's lock.
    """
    can_answer(by, agreement).require()
    group = locked(agreement.group)
    locked_mentor(group.mentor)
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    check_open(group, agreement, on)
    if accepted and (reasons := pair_obstacles(group.mentor, group.mentees, on=on, known=group)):
        raise RuleError(" ".join([*reasons, "Куратор предложит другую пару."]))
    agreement.state = State.ACCEPTED if accepted else State.DECLINED
    agreement.answered_on, agreement.method, agreement.recorded_by = on, method, by
    agreement.full_clean()
    agreement.save(update_fields=["state", "answered_on", "method", "recorded_by"])
    journal.record(by, f"group.{agreement.state}", group)
    settle(group, agreement, on=on, by=by)
    return agreement


def check_open(group: MentoringGroup, agreement: Agreement, on: dt.date) -> None:
    if group.state != GroupState.PROPOSED:
        raise RuleError("Предложение уже закрыто. Обновите страницу.")
    if agreement.state != State.WAITING:
        raise RuleError("Ответ уже получен. Изменить его поможет куратор.")
    if on < group.proposed_on:
        raise RuleError("Ответ не может быть раньше предложения.", "on")


def settle(group: MentoringGroup, agreement: Agreement, *, on: dt.date, by: Membership) -> None:
    if agreement.state == State.DECLINED:
        close(group, MentoringGroup.EndReason.DECLINED, on=on)
        remember_refusal(group, agreement.person)
        tell(to_curators(group, "Отказ от пары", "Предложите следующего кандидата.", on))
    elif not group.agreements.exclude(state=State.ACCEPTED).exists():
        group.state = GroupState.ACCEPTED
        group.save(update_fields=["state"])
        tell(to_curators(group, "Пара согласна", "Можно готовить приказ.", on))


def remember_refusal(group: MentoringGroup, person: Person) -> None:
    """Who refused is not proposed to the same person again by the matching."""
    others = group.mentees if person == group.mentor else [person]
    for mentee in others:
        ForbiddenPair.objects.get_or_create(
            mentor=group.mentor, mentee=mentee,
            defaults={"organization": group.organization, "reason": ForbiddenPair.Reason.REFUSED},
        )  # fmt: skip


def to_curators(group: MentoringGroup, title: str, text: str, on: dt.date) -> list[Message]:
    url = reverse("group", args=[group.organization.slug, group.pk])
    return [
        Message(
            person=person,
            event="group.answer",
            key=f"group-{group.pk}-{group.state}",
            title=f"{title}: {group.mentor.short_name}",
            text=text,
            url=url,
        )
        for person in curators_on(group.organization, on)
    ]


@transaction.atomic
def expire_unanswered(organization, *, on: dt.date) -> int:
    """Close proposals whose term has passed; called by `manage.py remind`."""
    late = MentoringGroup.objects.of(organization).filter(
        state=GroupState.PROPOSED, answer_by__lt=on
    )
    number = 0
    for group in late.select_for_update(of=("self",)).select_related("organization", "mentor"):
        close(group, MentoringGroup.EndReason.NO_ANSWER, on=on)
        tell(to_curators(group, "Ответа не было в срок", "Предложите следующего кандидата.", on))
        journal.record(None, "group.no_answer", group, organization=organization)
        number += 1
    return number
