"""Pauses of a pair; a lost consent pauses at once, everything else by order (ТК, 152-ФЗ)."""

import datetime as dt

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.permissions import MANAGERS
from people.services import journal
from people.services.notices import Message, tell
from people.services.reminding import members_with
from programs.group_rules import missing_consents
from programs.models import GroupPause, MentoringGroup
from programs.models.groups import GroupState
from programs.services import completion
from programs.services.groups import close


@transaction.atomic
def pause_group(
    group: MentoringGroup, *, on: dt.date, reason: str, by: Membership | None, note: str = ""
) -> GroupPause:
    """Stop the pair from that day; no rights: called by the effect of an order and by a hook."""
    changed = MentoringGroup.objects.filter(pk=group.pk, state=GroupState.ACTIVE)
    if not changed.update(state=GroupState.PAUSED):
        raise RuleError("Приостановить можно только работающую пару. Обновите страницу.")
    group.state = GroupState.PAUSED
    group.save(update_fields=["state"])
    pause = GroupPause(
        organization=group.organization, group=group, starts_on=on, reason=reason, note=note
    )
    pause.full_clean()
    pause.save()
    journal.record(by, "group.paused", group, organization=group.organization)
    return pause


@transaction.atomic
def resume_group(group: MentoringGroup, *, on: dt.date, by: Membership) -> MentoringGroup:
    """Go on from that day; all consents must hold again."""
    if reasons := missing_consents(group, on):
        raise RuleError(" ".join(reasons))
    changed = MentoringGroup.objects.filter(pk=group.pk, state=GroupState.PAUSED)
    if not changed.update(state=GroupState.ACTIVE):
        raise RuleError("Возобновить можно только приостановленную пару. Обновите страницу.")
    group.state = GroupState.ACTIVE
    group.save(update_fields=["state"])
    for pause in group.pauses.filter(ends_on=None):
        pause.ends_on = max(on, pause.starts_on)
        pause.save(update_fields=["ends_on"])
    journal.record(by, "group.resumed", group)
    return group


def pause_without_consent(person: Person, *, on: dt.date, by, kind: str) -> None:
    """Hook `on_consent_lost`: working pairs of the person stop, curators and the head get one task.

    What is agreed but not in force stays as it is: the order is blocked by its own check.
    """
    groups = MentoringGroup.objects.of(person.organization).of_person(person)
    for group in groups.filter(state=GroupState.ACTIVE).select_related("organization", "mentor"):
        if not missing_consents(group, on):
            continue  # another representative's consent holds, or the kind is not needed here
        pause_group(group, on=on, reason=GroupPause.Reason.CONSENT, by=by)
        tell(tasks(group, person, on))


def tasks(group: MentoringGroup, person: Person, on: dt.date) -> list[Message]:
    url = reverse("group", args=[group.organization.slug, group.pk])
    return [
        Message(
            person=manager, event="group.consent", key=f"group-{group.pk}-consent-{on}",
            title=f"Пара приостановлена: у {person.short_name} нет согласия",
            text="Запросите новое согласие или подготовьте приказ об освобождении.", url=url,
        )
        for manager in members_with(group.organization, MANAGERS, on)
    ]  # fmt: skip


def end_with_person(person: Person, *, on: dt.date, by: Membership) -> None:
    """Hook `on_person_left`: the pair of a mentor who left cannot go on; a mentee leaves the group."""
    for group in MentoringGroup.objects.of(person.organization).open().of_person(person):
        alone = group.mentor_id == person.pk or len(group.mentees) <= 1
        if alone:
            close(group, MentoringGroup.EndReason.LEFT, on=max(on, group.starts_on or on))
            completion.end_with_pair(group, on=group.ends_on, by=by)
            journal.record(by, "group.ended", group)
        else:
            group.members.filter(person=person, ends_on=None).update(ends_on=on)
            journal.record(by, "group.member_left", group)
