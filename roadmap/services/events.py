"""Events: prepare, invite, sign up, hold with attendance and minutes (R-301, R-310)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal, notices
from people.services.notices import Message
from roadmap.event_permissions import can_edit_events, can_see_events, can_sign_up
from roadmap.models import Event, EventParticipant

PLANNED, HELD, CANCELLED = Event.State.PLANNED, Event.State.HELD, Event.State.CANCELLED


@transaction.atomic
def create_event(*, by: Membership, **values) -> Event:
    can_edit_events(by).require()
    event = Event(organization=by.organization, **values)
    check_meeting_point(event)
    event.full_clean()
    event.save()
    journal.record(by, "event.created", event)
    return event


@transaction.atomic
def update_event(event: Event, *, by: Membership, **values) -> Event:
    """Change a planned event; a new time or place is told to everybody on the list."""
    can_edit_events(by).require()
    require_planned(event)
    moved = any(getattr(event, name) != values.get(name, getattr(event, name)) for name in WHERE)
    for name, value in values.items():
        setattr(event, name, value)
    check_meeting_point(event)
    event.full_clean()
    event.save(update_fields=list(values))
    journal.record(by, "event.updated", event)
    if moved:
        tell(event, "event.moved", f"Изменились время или место: {event.title}")
    return event


WHERE = ("starts_at", "place", "link")


def check_meeting_point(event: Event) -> None:
    if not event.place and not event.link:
        raise RuleError("Укажите место или ссылку для подключения.", "place")


def require_planned(event: Event) -> None:
    if event.state != PLANNED:
        raise RuleError(f"Событие уже {event.get_state_display()}. Обновите страницу.")


@transaction.atomic
def invite(event: Event, people: Iterable[Person], *, by: Membership) -> int:
    """Put people on the list and tell them; those already there are told only if not invited before."""
    can_edit_events(by).require()
    require_planned(event)
    people = list(people)
    known = dict(event.participants.values_list("person", "invited"))
    event.participants.filter(person__in=people).update(invited=True)
    EventParticipant.objects.bulk_create(
        [
            EventParticipant(
                organization=event.organization, event=event, person=person, invited=True
            )
            for person in people
            if person.pk not in known
        ]
    )
    fresh = [person for person in people if not known.get(person.pk)]
    tell(event, "event.invited", f"Приглашение: {event.title}", fresh)
    journal.record(by, "event.invited", event)
    return len(fresh)


def tell(event: Event, code: str, title: str, people: Iterable[Person] | None = None) -> None:
    if people is None:
        people = Person.objects.of(event.organization).filter(events__event=event)
    start = timezone.localtime(event.starts_at)
    where = event.place or "по ссылке на странице события"
    notices.tell(
        Message(
            person=person,
            event=code,
            key=f"{code}-{event.pk}-{start:%Y%m%d%H%M}",
            title=title,
            text=f"{start:%d.%m.%Y в %H:%M}, {where}.",
            url=reverse("event", args=[event.organization.slug, event.pk]),
        )
        for person in people
    )


@transaction.atomic
def sign_up(event: Event, *, by: Membership, on: dt.date) -> EventParticipant:
    """A member puts down the own name; twice is the same as once."""
    can_see_events(by).require()
    if not (verdict := can_sign_up(by, event, on=on)):
        raise RuleError(verdict.reason)
    row, _ = EventParticipant.objects.get_or_create(
        event=event, person=by.person, defaults={"organization": event.organization}
    )
    if row.signed_up_at is None:
        row.signed_up_at = timezone.now()
        row.save(update_fields=["signed_up_at"])
        journal.record(by, "event.signed_up", event)
    return row


@transaction.atomic
def sign_off(event: Event, *, by: Membership) -> None:
    """Take the own name off; an invited person stays on the list as invited."""
    require_planned(event)
    own = event.participants.filter(person=by.person)
    own.filter(invited=False).delete()
    own.update(signed_up_at=None)
    journal.record(by, "event.signed_off", event)


@transaction.atomic
def hold(
    event: Event, *, attended: Iterable[Person], minutes: str, by: Membership, on: dt.date, decision: str = "", survey=None,
) -> Event:  # fmt: skip
    """The event took place: who was there, what was said and decided; a decision on forms and programmes
    names the survey it rests on (R-135). Can be mended until the year's end."""
    can_edit_events(by).require()
    if event.state == CANCELLED:
        raise RuleError("Событие отменено. Создайте новое.")
    if timezone.localtime(event.starts_at).date() > on:
        raise RuleError("Событие ещё не наступило. Отметьте его в день проведения.")
    present = {person.pk for person in attended}
    if not present:
        raise RuleError("Отметьте, кто был. Если никого, отмените событие.", "attended")
    known = set(event.participants.values_list("person", flat=True))
    EventParticipant.objects.bulk_create(
        [
            EventParticipant(organization=event.organization, event=event, person_id=person)
            for person in sorted(present - known)
        ]
    )
    event.participants.filter(person__in=present).update(attended=True)
    event.participants.exclude(person__in=present).update(attended=False)
    event.state, event.minutes, event.sign_up = HELD, minutes, False
    event.decision, event.survey = decision, survey
    event.full_clean()
    event.save(update_fields=["state", "minutes", "sign_up", "decision", "survey"])
    journal.record(by, "event.held", event)
    return event


@transaction.atomic
def cancel_event(event: Event, *, by: Membership) -> Event:
    can_edit_events(by).require()
    if not Event.objects.filter(pk=event.pk, state=PLANNED).update(state=CANCELLED, sign_up=False):
        raise RuleError("Событие уже прошло или отменено. Обновите страницу.")
    event.refresh_from_db()
    tell(event, "event.cancelled", f"Отменено: {event.title}")
    journal.record(by, "event.cancelled", event)
    return event
