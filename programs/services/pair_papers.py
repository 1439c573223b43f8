"""Papers about pairs: what they name, what stands in their way, what they do when in force (R-204, R-509)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from mentoring.core import grammar
from mentoring.core.errors import RuleError
from people.models import Membership, MenteeProfile, MentorProfile, Person
from people.models.banks import BankState
from people.services import journal
from people.services.notices import Message, tell
from programs.group_rules import missing_consents
from programs.models import MentoringGroup
from programs.models.groups import GroupState
from programs.permissions import can_edit_groups
from programs.services import completion, programs
from programs.services.groups import close
from programs.services.pauses import pause_group, resume_group
from roadmap.models import Document
from roadmap.services.drafts import create_draft
from roadmap.services.wording import resolved_values

NOT_OURS = "Такой пары нет. Выберите из списка."


def read_groups(document: Document, raw, name: str) -> list[MentoringGroup]:
    """Groups of the school by kept ids, in the order they were ticked."""
    ids = [int(pk) for pk in raw or []]
    rows = with_people(MentoringGroup.objects.of(document.organization))
    found = rows.in_bulk(ids)
    if len(found) != len(set(ids)):
        raise RuleError(NOT_OURS, name)
    return [found[pk] for pk in ids]


def read_group(document: Document, raw, name: str) -> MentoringGroup | None:
    found = read_groups(document, [raw] if raw else [], name)
    return found[0] if found else None


def with_people(groups):
    """What a paper prints of a group, loaded at once."""
    related = ["mentor", "organization", "follows__mentor"]
    return groups.select_related(*related).prefetch_related("members__person__pupil")


def people_of(value) -> list[Person]:
    """Who reads the paper: both sides, and the mentor who is replaced."""
    groups = [group for group in (value if isinstance(value, list) else [value]) if group]
    former = [group.follows.mentor for group in groups if group.follows]
    return [*former, *(person for group in groups for person in [group.mentor, *group.mentees])]


@transaction.atomic
def draft_pair_order(
    groups: Iterable[MentoringGroup], *, day: dt.date, by: Membership, **values
) -> Document:
    """One order for the chosen pairs; several orders a year are usual (R-510)."""
    can_edit_groups(by).require()
    groups = list(groups)
    if not groups:
        raise RuleError("Выберите пары, в которых согласны все.", "groups")
    kept = {name: keep(value) for name, value in values.items()}
    kept["groups"] = [group.pk for group in groups]
    return create_draft(kind="pair_order", day=day, by=by, values=kept)


def keep(value):
    return value.isoformat() if isinstance(value, dt.date) else getattr(value, "pk", value)


def pair_order_blockers(document: Document) -> list[str]:
    """Why the order must not be sent: a pair not agreed any more, a consent lost (R-316, issue part 7)."""
    values = resolved_values(document)
    groups = values.get("groups") or [values.get("group")]
    day = document.dated_on or document.created_at.date()
    return [line for group in groups if group for line in group_blockers(group, document, day)]


def group_blockers(group: MentoringGroup, document: Document, day: dt.date) -> list[str]:
    if group.state != GroupState.ACCEPTED:
        return [f"{group}: согласия всех участников нет, пара {group.get_state_display()}. Уберите её из приказа."]  # fmt: skip
    if group.document_id and group.document_id != document.pk:
        return [f"{group}: уже закреплена другим приказом. Уберите её из этого."]
    return missing_consents(group, day)


def put_pairs_in_force(document: Document, *, by: Membership) -> None:
    """Pairs become active from the order's first day; RuleError names the consent that is gone."""
    if reasons := pair_order_blockers(document):
        raise RuleError(" ".join(reasons))
    values = resolved_values(document)
    on = max(document.dated_on, values.get("starts_on") or document.dated_on)
    for group in values["groups"]:
        activate(group, document, on=on, until=values.get("until"), by=by)


def activate(
    group: MentoringGroup, document: Document, *, on: dt.date, until, by: Membership
) -> None:
    rows = MentoringGroup.objects.filter(pk=group.pk, state=GroupState.ACCEPTED)
    group.state, group.starts_on, group.document = GroupState.ACTIVE, on, document
    group.planned_until = until or group.planned_until
    group.full_clean()
    kept = {"state": group.state, "starts_on": on, "document": document, "planned_until": group.planned_until}  # fmt: skip
    if not rows.update(**kept):
        raise RuleError(f"{group}: состояние пары изменилось. Обновите страницу.")
    group.save(update_fields=list(kept))  # the history keeps the change
    group.members.filter(starts_on=None).update(starts_on=on)
    mark_working(group)
    programs.start_due(group.organization, on=on)
    journal.record(by, "group.active", group)
    tell(begun(group))


def mark_working(group: MentoringGroup) -> None:
    """Cards of approved members show that they work."""
    for model, people in ((MentorProfile, [group.mentor]), (MenteeProfile, group.mentees)):
        for card in model.objects.filter(person__in=people, state=BankState.APPROVED):
            card.state = BankState.ACTIVE
            card.save(update_fields=["state"])


def begun(group: MentoringGroup) -> list[Message]:
    url = reverse("my_group", args=[group.organization.slug, group.pk])
    return [
        Message(
            person=person, event="group.active", key=f"group-{group.pk}-active",
            title=f"Приказ подписан: пара работает с {group.starts_on:%d.%m.%Y}",
            text=f"Наставник – {group.mentor.full_name}. Договоритесь о первой встрече.", url=url,
        )
        for person in [group.mentor, *group.mentees]
    ]  # fmt: skip


def replace_mentor(document: Document, *, by: Membership) -> None:
    """The old pair ends the day before the new one begins (R-513)."""
    if reasons := pair_order_blockers(document):
        raise RuleError(" ".join(reasons))
    values = resolved_values(document)
    group, on = values["group"], max(document.dated_on, values["starts_on"])
    old = group.follows
    if old.state in (GroupState.ACTIVE, GroupState.PAUSED):
        close(
            old, MentoringGroup.EndReason.REPLACED, on=max(old.starts_on, on - dt.timedelta(days=1))
        )
        journal.record(by, "group.ended", old)
    programs.carry_over(old, group, on=on, by=by)
    activate(group, document, on=on, until=old.planned_until, by=by)


def release(document: Document, *, by: Membership) -> None:
    """End, pause or resume a pair from the day the order names."""
    values = resolved_values(document)
    group, on = values["group"], max(document.dated_on, values["on"])
    if values["action"] == "pause":
        pause_group(group, on=on, reason="other", by=by)
    elif values["action"] == "resume":
        resume_group(group, on=on, by=by)
    else:
        last = max(group.starts_on, on - dt.timedelta(days=1))
        close(group, values["reason"], on=last)
        completion.end_with_pair(group, on=last, by=by)
        completion.free_cards(group)
        journal.record(by, "group.ended", group)


def digest(document: Document) -> str:
    """What the head reads in the list before opening the order."""
    values = resolved_values(document)
    groups = values.get("groups") or [group for group in [values.get("group")] if group]
    if not groups:
        return ""
    first = "; ".join(f"{group.mentor.short_name} – {', '.join(one.short_name for one in group.mentees)}" for group in groups[:3])  # fmt: skip
    more = f" и ещё {len(groups) - 3}" if len(groups) > 3 else ""
    return f"{grammar.count(len(groups), 'пара').capitalize()}: {first}{more}."
