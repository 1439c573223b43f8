"""What must hold for a pair: places, consents, bans, who may be whom. Reading only."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from mentoring.core import grammar
from people.consent_rules import standing, why_hidden
from people.models import MenteeProfile, MentorProfile, Organization, Person
from people.models.banks import BankState
from people.models.consents import ConsentKind
from programs.models import ForbiddenPair, GroupMember, MentoringGroup
from programs.models.groups import GroupState

HOLDING = [GroupState.ACCEPTED, GroupState.ACTIVE, GroupState.PAUSED]
IN_BANK = [BankState.APPROVED, BankState.ACTIVE]


def places_taken(person_ids: list[int], on: dt.date) -> dict[int, int]:
    """Mentees of each mentor in pairs agreed or working on that day; one query (`bank_load` asks)."""
    rows = GroupMember.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), group__mentor__in=person_ids, group__state__in=HOLDING
    ).exclude(group__ends_on__lt=on)
    found = dict.fromkeys(person_ids, 0)
    for mentor in rows.values_list("group__mentor", flat=True):
        found[mentor] += 1
    return found


def pair_obstacles(
    mentor: Person, mentees: Iterable[Person], *, on: dt.date, known: MentoringGroup | None = None
) -> list[str]:
    """Russian sentences why these people may not become a pair or a group; empty when they may.

    `known`: a group of theirs whose own places do not count against it.
    """
    mentees = list(mentees)
    if not mentees:
        return ["Выберите хотя бы одного наставляемого."]
    if mentor in mentees:
        return ["Один человек не может быть в паре и наставником, и наставляемым."]
    found = [*mentor_obstacles(mentor, len(mentees), on, known)]
    if mentor.kind == Person.Kind.PUPIL and any(one.kind != Person.Kind.PUPIL for one in mentees):
        found.append("Обучающийся может быть наставником только обучающегося. Для обратного направления добавьте тему в пару.")  # fmt: skip
    for mentee in mentees:
        found += mentee_obstacles(mentee, on, known)
    return [*found, *bans(mentor, mentees)]


def mentor_obstacles(mentor: Person, number: int, on: dt.date, known) -> list[str]:
    name = mentor.short_name
    card = MentorProfile.objects.filter(person=mentor).first()
    if card is None or card.state not in IN_BANK:
        return [f"{name}: нет утверждённой карточки в банке наставников."]
    if why := why_hidden(mentor, on):
        return [f"{name}: {lower(why)}"]
    held = places_taken([mentor.pk], on)[mentor.pk] - own_places(known)
    free = card.capacity - held
    if number > free:
        words = "нет свободных мест" if free <= 0 else f"свободно только {grammar.count(free, 'место')}"  # fmt: skip
        return [f"{name}: {words} из {card.capacity}."]
    return []


def own_places(group: MentoringGroup | None) -> int:
    return group.members.filter(ends_on=None).count() if group and group.state in HOLDING else 0


def mentee_obstacles(mentee: Person, on: dt.date, known) -> list[str]:
    name = mentee.short_name
    card = MenteeProfile.objects.filter(person=mentee).first()
    if card is None or card.state not in IN_BANK:
        return [f"{name}: нет утверждённой карточки в банке наставляемых."]
    if why := why_hidden(mentee, on):
        return [f"{name}: {lower(why)}"]
    if other := other_group(mentee, known):
        return [f"{name}: уже есть пара, наставник {other.mentor.short_name}."]
    return []


def other_group(mentee: Person, known: MentoringGroup | None) -> MentoringGroup | None:
    """An open group where the person is mentored now, besides `known` and what it continues."""
    rows = GroupMember.objects.filter(person=mentee, ends_on=None)
    groups = MentoringGroup.objects.open().filter(pk__in=rows.values("group"))
    if known:
        groups = groups.exclude(pk__in=[known.pk, known.follows_id or 0])
    return groups.select_related("mentor").first()


def bans(mentor: Person, mentees: list[Person]) -> list[str]:
    rows = ForbiddenPair.objects.filter(mentor=mentor, mentee__in=mentees).select_related("mentee")
    return [
        f"{mentor.short_name} и {row.mentee.short_name}: пара запрещена, {row.get_reason_display()}."
        for row in rows
    ]


def lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def needs_duty_consent(person: Person, *, mentor: bool, school: Organization) -> bool:
    """Extra duties are taken on by the school's own workers: mentors always, mentees as the school decides."""
    if person.kind != Person.Kind.EMPLOYED:
        return False
    return mentor or school.mentee_duty_consent


def missing_consents(group: MentoringGroup, on: dt.date) -> list[str]:
    """Who has not given what is needed for the order, with the next step; empty when all hold.

    A pair with a pupil needs no consent on duties (issue on pairs, part 6).
    """
    people = [group.mentor, *group.mentees]
    found = [f"{person.short_name}: {lower(why)}" for person in people if (why := why_hidden(person, on))]  # fmt: skip
    duty = duty_people(group)
    standings = standing([person.pk for person in duty], ConsentKind.DUTY, on)
    for person in duty:
        if not standings[person.pk].valid:
            why = lower(standings[person.pk].why)
            found.append(f"{person.short_name}, дополнительные обязанности: {why}")
    return found


def duty_people(group: MentoringGroup) -> list[Person]:
    if with_pupils(group):
        return []
    school = group.organization
    asked = [group.mentor] if needs_duty_consent(group.mentor, mentor=True, school=school) else []
    return asked + [one for one in group.mentees if needs_duty_consent(one, mentor=False, school=school)]  # fmt: skip


def needs_addendum(group: MentoringGroup) -> bool:
    """An employed mentor of workers, where the school makes additional agreements (ТК РФ, ст. 351.8)."""
    employed = group.mentor.kind == Person.Kind.EMPLOYED and not with_pupils(group)
    return employed and group.organization.addendum_required


def with_pupils(group: MentoringGroup) -> bool:
    return any(one.kind == Person.Kind.PUPIL for one in [group.mentor, *group.mentees])


def warnings(group: MentoringGroup) -> list[str]:
    """What is allowed but worth a look: two people who mentor each other."""
    mirrored = MentoringGroup.objects.open().filter(
        mentor__in=group.mentees, members__person=group.mentor, members__ends_on=None
    )
    return [
        f"{other.mentor.short_name} и {group.mentor.short_name} наставники друг друга. "
        "Если это разные темы, лучше одна пара с обратным направлением."
        for other in mirrored.exclude(pk=group.pk).select_related("mentor")
    ]
