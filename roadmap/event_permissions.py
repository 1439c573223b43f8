"""Rights on events (design §3a: head reads, curator writes, staff see their own and the open ones)."""

import datetime as dt

from django.db.models import Q

from mentoring.core.access import ALLOWED, Verdict, allow_if, deny
from people.models import Membership
from people.models.accounts import Role
from people.permissions import CURATORS, MANAGERS, has_any
from roadmap.models import Event
from roadmap.permissions import PLANNERS

EVERYBODY = PLANNERS | {Role.STAFF}


def can_see_events(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, EVERYBODY),
        "События видят сотрудники школы. Администратору портала и наблюдателю они не открыты.",
    )


def can_edit_events(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), "События готовит куратор. Обратитесь к нему.")


def can_read_all_events(membership: Membership) -> bool:
    return has_any(membership, MANAGERS)


def visible_events(membership: Membership):
    """Managers see all; others what they are invited to and what everybody may join."""
    events = Event.objects.of(membership.organization)
    if can_read_all_events(membership):
        return events
    mine = Q(participants__person=membership.person_id)
    return events.filter(Q(sign_up=True) | mine).distinct()


def can_sign_up(membership: Membership, event: Event, *, on: dt.date) -> Verdict:
    """Open sign-up of a planned event, until its last day or its beginning."""
    if event.state != Event.State.PLANNED:
        return deny("Событие уже прошло или отменено.")
    if not event.sign_up:
        return deny("Запись на это событие не открыта: участников приглашает куратор.")
    if on > (event.sign_up_until or event.starts_at.date()):
        return deny("Запись закончилась. Спросите куратора, остались ли места.")
    return ALLOWED


def can_read_event_file(membership: Membership, stored) -> Verdict:
    """Photos and files of an event: whoever sees the event."""
    return allow_if(
        visible_events(membership).filter(pk=stored.owner_id).exists(),
        "Файлы события видят его участники и те, кто его готовит.",
    )
