"""Telling people: a notice in the portal (bell) and, where there is an address, a letter in the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.models import Letter, Membership, Notice, Person


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
    """Create the notices not told yet, and their letters; four queries whatever the number.

    Returns the new notices. The letters leave by the task `send_letters` after the commit.
    """
    fresh = not_told_yet(list(messages))
    notices = Notice.objects.bulk_create(
        [
            Notice(
                organization_id=each.person.organization_id,
                person=each.person,
                event=each.event,
                key=each.key,
                title=each.title,
                text=each.text,
                url=each.url,
            )
            for each in fresh
        ]
    )
    if letters and notices:
        _put_in_outbox(notices)
    return notices


def not_told_yet(messages: list[Message]) -> list[Message]:
    wanted = {(each.person.pk, each.key): each for each in messages}
    told = Notice.objects.filter(
        person_id__in={person for person, _ in wanted}, key__in={key for _, key in wanted}
    )
    for known in told.values_list("person_id", "key"):
        wanted.pop(known, None)
    return list(wanted.values())


def _put_in_outbox(notices: list[Notice]) -> None:
    from people.tasks_letters import send_letters  # the task calls services of this floor

    addresses = addresses_of([notice.person_id for notice in notices])
    letters = [
        Letter(
            organization_id=notice.organization_id,
            notice=notice,
            address=addresses[notice.person_id],
            subject=notice.title,
            text=letter_text(notice),
        )
        for notice in notices
        if notice.person_id in addresses
    ]
    if Letter.objects.bulk_create(letters):
        send_letters.enqueue()


def addresses_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Where each may be written: the sign-in address of those who have one, else the card's."""
    found = {}
    persons = Person.objects.filter(pk__in=list(person_ids))
    for person, account, card in persons.values_list("pk", "membership__user__email", "email"):
        if account or card:
            found[person] = account or card
    return found


def letter_text(notice: Notice) -> str:
    link = f"\n\nОткрыть в портале: {settings.PUBLIC_URL}{notice.url}" if notice.url else ""
    return f"{notice.text or notice.title}{link}\n\nЭто письмо портала наставничества, отвечать на него не нужно."


@transaction.atomic
def mark_read(notices, *, by: Membership) -> int:
    """Mark own notices as read; other people's stay as they are."""
    own = notices.filter(person=by.person, read_at=None)
    return own.update(read_at=timezone.now())
