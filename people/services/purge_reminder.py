"""Reminds the curators of data that have outlived their term, before the law's own term ends."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from mentoring.core import grammar
from people.models import Organization
from people.reminders import week
from people.services import purging
from people.services.notices import Message
from people.services.reminding import curators_on


def overdue(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Every week while the 30 days after a withdrawal are running out, else once a month."""
    counts = purging.due(organization, on=day)
    total = sum(counts.values())
    if not total:
        return
    pressing = counts.get("withdrawn", 0)
    key = f"purge-{week(day)}" if pressing else f"purge-{day:%Y-%m}"
    text = "Портал сотрёт их и подготовит акт."
    if pressing:
        people = grammar.count(pressing, "человек", "gent")
        text = f"У {people} заканчивается срок уничтожения после отзыва согласия. {text}"
    for person in curators_on(organization, day):
        yield Message(
            person=person,
            event="purge.due",
            key=key,
            title=f"Пора уничтожить данные с истёкшим сроком: {grammar.count(total, 'запись')}",
            text=text,
            url=reverse("retention", args=[organization.slug]),
        )
