"""The whole section as files for a closed site builder (R-901): relative links, opens from a folder, needs no script.

The archive follows its own links from the first page on, so nothing is linked that is not there, and nothing lies in it that
nobody reaches. Every page and picture passes the gate of `Place.ARCHIVE` (nobody named or pictured) or `Place.ARCHIVE_PEOPLE`.
"""

import datetime as dt
import io
import posixpath
import re
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Consent, Membership, Organization
from people.models.consents import ConsentKind
from people.services import files, journal
from programs.models import PublicSection, SiteArchive
from programs.publication.gate import Place, addresses, read
from programs.publication_permissions import can_edit_section
from programs.services import public_feeds, public_outputs, public_pages

LINK = re.compile(r'(?:href|src)="([^"#?]*)[^"]*"')
OUTWARD = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
INDEX = "index.html"
STATIC = {"public.css": "css/public.css", "favicon.svg": "img/favicon.svg"}
FEEDS = {"feed.xml": public_feeds.feed, "calendar.ics": public_feeds.calendar}
CLOSED = "Раздел закрыт. Откройте его, потом соберите архив."
NO_SITE = "Не выбрана страница на сайте школы: согласия называют адрес, и без него людей показывать нельзя. Выберите её в настройках раздела."
CHANGED = "Пока архив собирался, изменилось согласие одного из людей. Соберите архив ещё раз."


@dataclass
class Collected:
    """`content` of the zip; `people`: ids of whoever is named or pictured; `allowed`: what the consents said at the start."""

    place: Place
    allowed: dict[int, dict[str, dt.date | None]]
    content: bytes = b""
    people: set[int] = field(default_factory=set)


def place_of(with_people: bool) -> Place:
    return Place.ARCHIVE_PEOPLE if with_people else Place.ARCHIVE


def check(section: PublicSection, *, with_people: bool, by: Membership) -> None:
    can_edit_section(by).require()
    if not section.opened:
        raise RuleError(CLOSED)
    if with_people and (section.site_address is None or section.site_address.archived):
        raise RuleError(NO_SITE, "with_people")


def collect(section: PublicSection, *, with_people: bool, on: dt.date, told: Callable[[int, int], None]) -> Collected:  # fmt: skip
    """Build the zip; `told(done, found)` after each file."""
    place = place_of(with_people)
    made = Collected(place, granted(section, place, on))
    stream, done = io.BytesIO(), 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        names = deque([INDEX])
        seen = {INDEX}
        while names:
            name = names.popleft()
            content = file_of(section, name, on, made)
            done += 1
            told(done, done + len(names))
            if content is None:
                continue
            archive.writestr(name, content)
            fresh = [one for one in dict.fromkeys(linked(name, content)) if one not in seen]
            seen.update(fresh)
            names.extend(fresh)
    made.content = stream.getvalue()
    return made


def granted(section: PublicSection, place: Place, on: dt.date) -> dict:
    """What everybody's consents allow at the place."""
    given = Consent.objects.of(section.organization).valid_on(on).filter(kind=ConsentKind.DISSEMINATION)  # fmt: skip
    wanted = addresses(section, place)
    return read(wanted, set(given.values_list("person", flat=True)), on) if wanted else {}


def linked(name: str, content: bytes) -> Iterator[str]:
    """Files of the archive that a page links to."""
    if not name.endswith(".html"):
        return
    for found in LINK.findall(content.decode()):
        address = unescape(found)
        if address and not OUTWARD.match(address):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def file_of(section: PublicSection, name: str, on: dt.date, made: Collected) -> bytes | None:
    """Bytes of one file; None for an address that an editor typed and that leads nowhere."""
    if name in STATIC:
        return (settings.BASE_DIR / "static" / STATIC[name]).read_bytes()
    if name in FEEDS:
        return FEEDS[name](section, on, made.place)
    if name == "theme.css":
        return public_outputs.theme(section, on)
    if name.endswith(INDEX):
        return page_of(section, name.removesuffix(INDEX), on, made)
    stored = public_outputs.file_of(section, name, on, made.place)
    return stored and stored.read()


def page_of(section: PublicSection, name: str, on: dt.date, made: Collected) -> bytes | None:
    try:
        template, content, extra = public_pages.found(section, made.place, name, on)
    except public_pages.NoSuchPage:
        return None
    made.people |= content.people
    return public_pages.render(template, content, extra, name).encode()


@transaction.atomic
def keep(section: PublicSection, made: Collected, *, on: dt.date, by: Membership) -> SiteArchive:
    """Store the zip and who is in it.

    A consent that ended meanwhile found no archive to complain of, so the consents are locked and read once more.
    """
    lock_consents(section.organization, made.people)
    now = granted(section, made.place, on)
    if any(now.get(person) != made.allowed.get(person) for person in made.people):
        raise RuleError(CHANGED)
    stored = files.store(
        made.content, organization=section.organization, purpose="site_archive", name=f"наставничество-{on:%Y-%m-%d}.zip",
        content_type="application/zip", owner_id=by.pk,
    )  # fmt: skip
    archive = SiteArchive(
        organization=section.organization, stored=stored, made_by=by, with_people=made.place == Place.ARCHIVE_PEOPLE
    )  # fmt: skip
    archive.full_clean()
    archive.save()
    archive.people.set(made.people)
    journal.record(by, "archive.made", archive)
    return archive


def lock_consents(organization: Organization, people: set[int]) -> None:
    rows = Consent.objects.of(organization).filter(person__in=people, kind=ConsentKind.DISSEMINATION)  # fmt: skip
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
