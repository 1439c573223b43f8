"""Pairs and groups: propose, change what is agreed about them, withdraw a proposal."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Consent, Membership, MentorProfile, Person
from people.models.consents import ConsentKind
from people.services import consents, journal
from people.services.notices import Message, tell
from programs.group_rules import duty_people, pair_obstacles
from programs.models import Agreement, GroupMember, MentoringGroup
from programs.models.groups import GroupState
from programs.permissions import can_edit_groups

DETAILS = ("form", "kinds", "theme", "reverse_theme", "answer_by", "planned_until", "profile_mark",
           "profile_word", "interest_mark", "interest_word")  # fmt: skip


def locked_mentor(mentor: Person) -> None:
    """Places of a mentor are counted by one at a time: the card is the lock."""
    MentorProfile.objects.select_for_update(of=("self",)).filter(person=mentor).first()


def locked(group: MentoringGroup) -> MentoringGroup:
    rows = MentoringGroup.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "mentor").get(pk=group.pk)


@transaction.atomic
def propose(
    mentor: Person, mentees: Iterable[Person], *, on: dt.date, by: Membership,
    origin: str = MentoringGroup.Origin.HAND, follows: MentoringGroup | None = None, **details,
) -> MentoringGroup:  # fmt: skip
    """Propose a pair (one mentee) or a group to all its members, who answer each for himself (R-507, R-508).

    RuleError with every obstacle at once; consents on extra duties are asked where they are needed.
    """
    can_edit_groups(by).require()
    mentees = list(mentees)
    locked_mentor(mentor)
    if reasons := pair_obstacles(mentor, mentees, on=on, known=follows):
        raise RuleError(" ".join(reasons))
    check_dates(on, details)
    group = MentoringGroup(
        organization=by.organization, mentor=mentor, proposed_on=on, origin=origin, follows=follows,
        **{name: details[name] for name in DETAILS if details.get(name)},
    )  # fmt: skip
    group.full_clean()
    group.save()
    add_members(group, mentees)
    ask_duty_consents(group, on=on, by=by)
    tell(proposals(group, group.agreements.select_related("person")))
    journal.record(by, "group.proposed", group)
    return group


def check_dates(on: dt.date, details: dict) -> None:
    if details.get("answer_by") and details["answer_by"] < on:
        raise RuleError("Срок ответа уже прошёл. Укажите день не раньше сегодняшнего.", "answer_by")
    if details.get("planned_until") and details["planned_until"] <= on:
        raise RuleError("Пара не может закончиться раньше, чем начнётся.", "planned_until")


def add_members(group: MentoringGroup, mentees: list[Person]) -> None:
    shared = {"organization": group.organization, "group": group}
    members = [GroupMember(person=person, **shared) for person in mentees]
    answers = [Agreement(person=group.mentor, side=Agreement.Side.MENTOR, **shared)]
    answers += [Agreement(person=one, side=Agreement.Side.MENTEE, **shared) for one in mentees]
    for row in [*members, *answers]:
        row.full_clean(validate_unique=False, validate_constraints=False)
    GroupMember.objects.bulk_create(members)
    Agreement.objects.bulk_create(answers)


def ask_duty_consents(group: MentoringGroup, *, on: dt.date, by: Membership) -> None:
    """Ask those who need the consent and have neither given nor been asked."""
    people = duty_people(group)
    held = Consent.objects.valid_on(on).filter(person__in=people, kind=ConsentKind.DUTY)
    held = set(held.values_list("person", flat=True))
    consents.ask([one for one in people if one.pk not in held], ConsentKind.DUTY, on=on, by=by)


def proposals(group: MentoringGroup, agreements) -> list[Message]:
    """What each member is told; pupils without an account are reached by the curator."""
    until = f" Ответить можно до {group.answer_by:%d.%m.%Y}." if group.answer_by else ""
    return [
        Message(
            person=row.person,
            event="group.proposed",
            key=f"group-{group.pk}",
            title="Вам предлагают наставническую пару",
            text=f"Можно согласиться или отказаться, причину указывать не нужно.{until}",
            url=reverse("my_group", args=[group.organization.slug, group.pk]),
        )
        for row in agreements
    ]


@transaction.atomic
def change_details(group: MentoringGroup, *, by: Membership, **details) -> MentoringGroup:
    """Form, theme, the other direction (R-514) and the two criteria of the decision (R-506)."""
    can_edit_groups(by).require()
    group = locked(group)
    if group.state == GroupState.ENDED:
        raise RuleError("Завершённую пару не меняют: её история остаётся как была.")
    for name in DETAILS:
        if name in details:
            setattr(group, name, details[name])
    group.full_clean()
    group.save(update_fields=[name for name in DETAILS if name in details])
    journal.record(by, "group.changed", group)
    return group


@transaction.atomic
def withdraw(group: MentoringGroup, *, on: dt.date, by: Membership) -> MentoringGroup:
    """Take a proposal back before the order; members who answered are told."""
    can_edit_groups(by).require()
    group = locked(group)
    if group.state not in (GroupState.PROPOSED, GroupState.ACCEPTED):
        raise RuleError("Пара уже работает: её завершают приказом.")
    close(group, MentoringGroup.EndReason.WITHDRAWN, on=on)
    journal.record(by, "group.withdrawn", group)
    return group


def close(group: MentoringGroup, reason: str, *, on: dt.date) -> None:
    """End the period; no rights and no journal: called by the services that know why."""
    group.state, group.end_reason, group.ends_on = GroupState.ENDED, reason, on
    group.full_clean()
    group.save(update_fields=["state", "end_reason", "ends_on"])
    group.members.filter(ends_on=None).update(ends_on=on)
    group.pauses.filter(ends_on=None).update(ends_on=on)
