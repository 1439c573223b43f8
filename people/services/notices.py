"""Telling people: a notice in the portal (the bell) first, then the channels that the person wants."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from people import channels
from people.models import Membership, Notice, Person


@dataclass(frozen=True)
class Message:
    """What one person is told. `key` is unique for the person: the same key is told once.

    `url` is an address inside the portal («/s/…»); `event` a code for filters and settings.
    """

    person: Person
    event: str
    key: str
    title: str
    text: str = ""
    url: str = ""


@transaction.atomic
def tell(messages: Iterable[Message], *, letters: bool = True) -> list[Notice]:
    """Create the notices not told yet and hand them to the channels; returns the new notices."""
    fresh = create(messages)
    if letters and fresh:
        channels.at_once(fresh)
    return fresh


@transaction.atomic
def remind(messages: Iterable[Message], *, on: dt.date) -> list[Notice]:
    """The same for reminders of a day: the bell now, the channels once a day (`people/services/digests.py`)."""
    return create(messages, told_on=on)


def create(messages: Iterable[Message], *, told_on: dt.date | None = None) -> list[Notice]:
    """Three queries whatever the number."""
    fresh = not_told_yet(list(messages))
    return Notice.objects.bulk_create(
        [
            Notice(
                organization_id=each.person.organization_id,
                person=each.person,
                event=each.event,
                key=each.key,
                title=each.title,
                text=each.text,
                url=each.url,
                told_on=told_on,
            )
            for each in fresh
        ]
    )


def not_told_yet(messages: list[Message]) -> list[Message]:
    wanted = {(each.person.pk, each.key): each for each in messages}
    told = Notice.objects.filter(
        person_id__in={person for person, _ in wanted}, key__in={key for _, key in wanted}
    )
    for known in told.values_list("person_id", "key"):
        wanted.pop(known, None)
    return list(wanted.values())


@transaction.atomic
def mark_read(notices, *, by: Membership) -> int:
    """Mark own notices as read; other people's stay as they are."""
    own = notices.filter(person=by.person, read_at=None)
    return own.update(read_at=timezone.now())
