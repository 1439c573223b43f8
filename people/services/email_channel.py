"""The e-mail channel: letters about what happened, and one digest of reminders a day (R-302, R-311)."""

import datetime as dt
from collections import Counter, defaultdict

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from mentoring.core import grammar
from people.models import Letter, LetterChoice, Notice, Organization, Person

MASS = 10  # more letters than this at once wait until somebody has looked at them
WAITS = dt.timedelta(days=7)  # a reminder that found no letter in a week is old news


class EmailChannel:
    def at_once(self, notices: list[Notice]) -> None:
        """A letter each; mass letters of an organization are held there for a look with real names and texts."""
        people = [notice.person_id for notice in notices]
        addresses, refused = addresses_of(people), quiet_people(people, "at_once")
        letters = [
            letter_about(notice, addresses[notice.person_id])
            for notice in notices
            if notice.person_id in addresses and notice.person_id not in refused
        ]
        numbers = Counter(letter.organization_id for letter in letters)
        for letter in letters:
            if numbers[letter.organization_id] > MASS:
                letter.state = Letter.State.HELD
                letter.batch = f"{notices[0].event}:{notices[0].key}"[:120]
        if Letter.objects.bulk_create(letters):
            leave()

    @transaction.atomic
    def daily(self, organization: Organization, day: dt.date) -> int:
        """Seven queries whatever the number of people; a second call on the same day sends nothing."""
        rows = Notice.objects.of(organization).filter(told_on__range=(day - WAITS, day), digest=None, read_at=None)  # fmt: skip
        waiting = defaultdict(list)
        for notice in rows.select_for_update(of=("self",)).order_by("created_at", "pk"):
            waiting[notice.person_id].append(notice)
        letters = self.digests(organization, waiting, day)
        Letter.objects.bulk_create(letters)
        told = []
        for letter in letters:
            for notice in waiting[letter.person_id]:
                notice.digest = letter
                told.append(notice)
        Notice.objects.bulk_update(told, ["digest"])
        if letters:
            leave()
        return len(letters)

    def digests(self, organization, waiting: dict[int, list[Notice]], day: dt.date) -> list[Letter]:
        if not waiting:
            return []
        key = f"digest-{day:%Y-%m-%d}"
        had = set(Letter.objects.of(organization).filter(key=key).values_list("person", flat=True))
        addresses = addresses_of(waiting)
        choices = {row.person_id: row for row in LetterChoice.objects.filter(person__in=waiting)}
        letters = []
        for person, notices in waiting.items():
            choice = choices.get(person)
            muted = set(choice.muted) if choice else set()
            told = [one for one in notices if one.event not in muted]
            if told and person not in had and person in addresses and (choice is None or choice.digest):  # fmt: skip
                letters.append(digest_of(organization, person, told, addresses[person], day, key))
        return letters


def leave() -> None:
    from people.tasks_letters import send_letters  # the task calls services of this floor

    send_letters.enqueue()


def quiet_people(person_ids, field: str) -> set[int]:
    """Who does not want letters of that sort."""
    return set(
        LetterChoice.objects.filter(person__in=person_ids, **{field: False}).values_list(
            "person", flat=True
        )
    )


def addresses_of(person_ids) -> dict[int, str]:
    """Where each may be written: the sign-in address of those who have one, else the card's."""
    found = {}
    persons = Person.objects.filter(pk__in=list(person_ids))
    for person, account, card in persons.values_list("pk", "membership__user__email", "email"):
        if account or card:
            found[person] = account or card
    return found


def letter_about(notice: Notice, address: str) -> Letter:
    link = f"{settings.PUBLIC_URL}{notice.url}" if notice.url else ""
    context = {"notices": [(notice, link)], "single": notice}
    return Letter(
        organization_id=notice.organization_id, person_id=notice.person_id, notice=notice,
        address=address, subject=notice.title, **texts(context),
    )  # fmt: skip


def digest_of(organization, person: int, notices: list[Notice], address: str, day: dt.date, key: str) -> Letter:  # fmt: skip
    """Subject: what to do and the date, so that two letters never look alike."""
    links = [(one, f"{settings.PUBLIC_URL}{one.url}" if one.url else "") for one in notices]
    first = notices[0].title
    subject = first if len(notices) == 1 else f"{grammar.count(len(notices), 'дело')}: {first}"
    subject = f"{subject[:170].rstrip()} – на {day:%d.%m.%Y}"
    context = {"notices": links, "organization": organization, "day": day, "single": None,
               "settings_url": f"{settings.PUBLIC_URL}/s/{organization.slug}/me/letters/"}  # fmt: skip
    return Letter(
        organization=organization, person_id=person, key=key, address=address, subject=subject,
        **texts(context),
    )  # fmt: skip


def texts(context: dict) -> dict[str, str]:
    """The same letter as text and as HTML."""
    return {
        "text": render_to_string("letters/notices.txt", context).strip() + "\n",
        "html": render_to_string("letters/notices.html", context),
    }
