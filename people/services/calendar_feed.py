"""The private calendar of a person: an address with a secret, revocable at any time (iCalendar)."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar, Event

from people import calendar_rows
from people.models import CalendarFeed, Membership, Person
from people.pages import with_current_roles
from people.services import journal
from people.services.accounts import token_hash

BACK = dt.timedelta(days=60)


@transaction.atomic
def open_feed(*, by: Membership) -> str:
    """A new secret; the address given out before dies. The secret is returned once and not kept."""
    token = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        person=by.person, defaults={"organization": by.organization, "token_hash": token_hash(token)}
    )  # fmt: skip
    journal.record(by, "calendar.opened", by.person)
    return token


@transaction.atomic
def close_feed(*, by: Membership) -> None:
    CalendarFeed.objects.filter(person=by.person_id).delete()
    journal.record(by, "calendar.closed", by.person)


def person_of(token: str, on: dt.date) -> Person | None:
    """Whose address it is; None once it is revoked or the person has no role in the school any more."""
    feed = CalendarFeed.objects.filter(token_hash=token_hash(token)).select_related("person__organization").first()  # fmt: skip
    if feed is None:
        return None
    membership = Membership.objects.filter(person=feed.person_id).prefetch_related("grants").first()
    active = membership and with_current_roles(membership, on).current_roles
    return feed.person if active else None


def calendar_of(person: Person, on: dt.date) -> bytes:
    """The calendar file with full time zones."""
    calendar = Calendar()
    calendar.add("prodid", "-//Портал наставничества//RU")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Наставничество: {person.organization.short_name}")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for row in calendar_rows.of(person, on - BACK):
        calendar.add_component(entry(row))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def entry(row: calendar_rows.CalendarRow) -> Event:
    one = Event()
    one.add("uid", f"{row.uid}@mentoring")
    one.add("dtstamp", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))  # equal content, equal file
    one.add("summary", row.title)
    starts, ends = row.starts, row.ends
    if isinstance(starts, dt.datetime):
        zone = timezone.get_default_timezone()
        starts = starts.astimezone(zone)
        ends = (ends or row.starts + dt.timedelta(hours=1)).astimezone(zone)
    one.add("dtstart", starts)
    if ends:
        one.add("dtend", ends)
    for name, value in (("location", row.place), ("description", row.text)):
        if value:
            one.add(name, value)
    if row.url:
        one.add("url", f"{settings.PUBLIC_URL}{row.url}")
    if row.cancelled:
        one.add("status", "CANCELLED")
    return one
