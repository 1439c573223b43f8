"""Every output of a section under its name: pages, the frame, script, feeds, colours, pictures, papers (R-901)."""

import datetime as dt
import re

from django.conf import settings

from mentoring.core import colours
from people.models import Organization, StoredFile
from programs.models import PublicSection
from programs.publication.gate import Place
from programs.services import public_feeds, public_files, public_pages, public_snapshots
from programs.services.public_sections import section_of
from programs.services.public_snapshots import Kept

FRAME = "embed/"
HTML = "text/html; charset=utf-8"
PHOTO = re.compile(r"photos/(\d{1,16})-([0-9a-f]{8})\.jpg")
PAPER = re.compile(r"documents/(\d{1,16})\.pdf")
MATERIAL = re.compile(r"materials/(\d{1,16})-([0-9a-f]{8})(?:\.[a-z]{3,4})?")
ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")
# Pages load nothing but our own styles and pictures; the frame also tells its height by a script.
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self'; style-src 'self'"
DEFAULT_ACCENT = "#0b5a66"
# The darkest light and the lightest dark background of static/css/public.css.
LIGHT, DARK = "#f1efe6", "#2b2724"


def built(slug: str, name: str, on: dt.date) -> Kept | None:
    """Build an output and keep it; None when there is no such school, section or page (one query for a school unknown)."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        return None
    with public_snapshots.building(slug) as handle:
        section = section_of(organization)
        output = make(section, name, on) if section.opened else None
        if output:
            public_snapshots.keep(handle, name, output)
    return output


def make(section: PublicSection, name: str, on: dt.date) -> Kept | None:
    if name in TEXTS:
        type, write = TEXTS[name]
        return public_snapshots.pack(write(section, on), type=type, policy="", on=on)
    if stored := file_of(section, name, on):
        return public_snapshots.pack(stored.read(), type=stored.content_type, policy="", on=on)
    return page_of(section, name, on)


def page_of(section: PublicSection, name: str, on: dt.date) -> Kept | None:
    place = Place.EMBED if name.startswith(FRAME) else Place.PAGE
    try:
        body = public_pages.page(section, place, name.removeprefix(FRAME), on)
    except public_pages.NoSuchPage:
        return None
    return public_snapshots.pack(body, type=HTML, policy=policy(section, place), on=on)


def policy(section: PublicSection, place: Place) -> str:
    """The page is framed by the cabinet only, the frame by the sites that the school named (pretalx#1341)."""
    if place != Place.EMBED:
        return f"{STRICT}; frame-ancestors 'self'"
    parents = [one for one in section.parents if ORIGIN.fullmatch(str(one))]
    return f"{STRICT}; script-src 'self'; frame-ancestors " + " ".join(["'self'", *parents])


def file_of(section: PublicSection, name: str, on: dt.date, place: Place = Place.PAGE) -> StoredFile | None:  # fmt: skip
    if found := PHOTO.fullmatch(name):
        return public_files.photo(section, int(found[1]), found[2], on, place)
    if found := PAPER.fullmatch(name):
        return public_files.document(section, int(found[1]))
    if found := MATERIAL.fullmatch(name):
        return public_files.material(section, int(found[1]), found[2])
    return None


def theme(section: PublicSection, on: dt.date) -> bytes:
    """The school's colour, darkened and lightened until it can be read on every background of every theme."""
    accent = section.accent or DEFAULT_ACCENT
    light = colours.shifted(accent, -1, lambda one: colours.contrast(one, LIGHT) < colours.ON_WHITE)
    return f":root{{--own:{light};--own-dark:{colours.on_dark(accent, DARK)}}}\n".encode()


def widget(section: PublicSection, on: dt.date) -> bytes:
    return (settings.BASE_DIR / "static/js/widget.js").read_bytes()


TEXTS = {
    "feed.xml": ("application/rss+xml; charset=utf-8", public_feeds.feed),
    "calendar.ics": ("text/calendar; charset=utf-8", public_feeds.calendar),
    "sitemap.xml": ("application/xml; charset=utf-8", public_feeds.sitemap),
    "theme.css": ("text/css; charset=utf-8", theme),
    "widget.js": ("text/javascript; charset=utf-8", widget),
}
