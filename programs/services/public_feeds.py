"""What other programs read: RSS of the news, calendar of what is announced, map of the pages (R-133, R-906)."""

import datetime as dt
from email.utils import format_datetime
from xml.sax.saxutils import escape

from django.utils import timezone
from icalendar import Calendar, Event

from programs.models import PublicSection
from programs.publication import content as contents
from programs.publication.gate import Place
from programs.publication.items import News
from programs.publication.links import Links

FEED = ("announcements", "news", "photo_reports", "results")
HOUR = dt.timedelta(hours=1)


def stories(section: PublicSection, on: dt.date, codes=FEED, place: Place = Place.PAGE) -> list[News]:  # fmt: skip
    """The newest first, at most a page of each shown block."""
    found = []
    for code in codes:
        content = contents.build_list(section, place, on, code)
        found += [one for one in content.blocks[0].items if isinstance(one, News)] if content else []  # fmt: skip
    return sorted(found, key=lambda one: (one.on, one.pk), reverse=True)


def feed(section: PublicSection, on: dt.date, place: Place = Place.PAGE) -> bytes:
    """RSS 2.0. Its links lead to the page in the portal from everywhere: a feed knows no relative ones."""
    links = Links(section.organization.slug, Place.PAGE)
    title = f"{section.title} · {section.organization.short_name}"
    head = [
        f"<title>{escape(title)}</title>", f"<link>{escape(links.absolute())}</link>",
        f"<description>{escape('Новости и анонсы: ' + section.organization.full_name)}</description>", "<language>ru</language>",
        f'<atom:link href="{escape(links.absolute("feed.xml"))}" rel="self" type="application/rss+xml"/>',
    ]  # fmt: skip
    items = [item(one, links) for one in stories(section, on, place=place)]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        + "".join(head + items) + "</channel></rss>\n"
    ).encode()  # fmt: skip


def item(one: News, links: Links) -> str:
    address = escape(links.absolute(f"news/{one.pk}/"))
    return (
        f"<item><title>{escape(one.title)}</title><link>{address}</link><guid>{address}</guid>"
        f"<pubDate>{format_datetime(midnight(one.on))}</pubDate><description>{escape(one.lead)}</description></item>"
    )


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


def calendar(section: PublicSection, on: dt.date, place: Place = Place.PAGE) -> bytes:
    """Events of the announcements shown that day."""
    links = Links(section.organization.slug, Place.PAGE)
    found = Calendar()
    found.add("prodid", "-//Портал наставничества//RU")
    found.add("version", "2.0")
    found.add("x-wr-calname", f"{section.title}: {section.organization.short_name}")
    for one in stories(section, on, ["announcements"], place):
        if one.meeting:
            found.add_component(entry(one, links))
    found.add_missing_timezones()
    return found.to_ical()


def entry(one: News, links: Links) -> Event:
    zone, event = timezone.get_default_timezone(), Event()
    event.add("uid", f"public-{one.pk}@mentoring")
    event.add("dtstamp", dt.datetime(2020, 1, 1, tzinfo=dt.UTC))  # equal content, equal file
    event.add("summary", one.title)
    event.add("dtstart", one.meeting.starts_at.astimezone(zone))
    event.add("dtend", (one.meeting.ends_at or one.meeting.starts_at + HOUR).astimezone(zone))
    for name, value in (("location", one.meeting.place), ("description", one.lead)):
        if value:
            event.add(name, value)
    event.add("url", links.absolute(f"news/{one.pk}/"))
    if one.meeting.cancelled:
        event.add("status", "CANCELLED")
    return event


def sitemap(section: PublicSection, on: dt.date) -> bytes:
    """The first page, every list that has something, the newest publications and practices."""
    links = Links(section.organization.slug, Place.PAGE)
    content = contents.build(section, Place.PAGE, on)
    names = ["", *(f"{one.code}/" for one in content.blocks if one.code in contents.LISTS)]
    names += [f"news/{one.pk}/" for one in stories(section, on)]
    if practices := contents.build_list(section, Place.PAGE, on, "practices"):
        names += [f"practices/{one.pk}/" for one in practices.blocks[0].items]
    names += ["accessibility/", "policy/"]
    rows = "".join(f"<url><loc>{escape(links.absolute(name))}</loc></url>" for name in names)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{rows}</urlset>\n".encode()
