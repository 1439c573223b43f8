"""Every state of a consent against every public output: never one person too many, and whoever agreed is there (R-910).

One world holds a person for each state, each of them standing in every role; every output is read once and looked through
for surnames, names, initials, posts and photos.
"""

import re
from collections import deque
from collections.abc import Callable

import pypdfium2
import pytest
from django.utils import timezone

from people.models import Consent, PublicAddress
from people.models.consents import PublicItem
from people.services import consents
from programs.models import Program
from programs.publication.gate import Place
from programs.services import public_outputs, public_snapshots, site_archives
from roadmap.services import drafts
from tests.programs.makers_consent_matrix import (
    DAYS,
    NAME,
    PHOTO,
    POST,
    Stander,
    everybody,
    with_site,
)
from tests.programs.makers_public import agree
from tests.programs.test_site_archives import quiet, unpacked
from tests.roadmap.makers import approve, fresh, make_package, send

TODAY = timezone.localdate()
FILES = ("feed.xml", "calendar.ics", "sitemap.xml", "widget.js", "theme.css", "v/lwki/", "v/mnso/")
LINK = re.compile(r'(?:href|src)="([^"#]*)')
Output = dict[str, bytes]


@pytest.fixture
def section(school):
    return with_site(school)


@pytest.fixture
def mentor(program, section):
    """Mentors a running programme and agreed to everything everywhere."""
    person = program.group.mentor
    agree(person, addresses=[section.page_address, section.site_address])
    return person


@pytest.fixture
def completed(program, pair):
    """A second programme of the pair, over and open for its results."""
    values = {"state": "completed", "completed_on": TODAY - 3 * DAYS, "completion_reason": "plan_fulfilled"}  # fmt: skip
    copy = Program.objects.get(pk=program.pk)
    copy.pk, copy._state.adding = None, True
    for name, value in values.items():
        setattr(copy, name, value)
    copy.save()
    return copy


@pytest.fixture
def standers(section, curator, completed) -> list[Stander]:
    return everybody(section, curator, completed, TODAY)


@pytest.fixture
def agreed(section, curator, completed) -> list[Stander]:
    """Three who agreed to everything: for the page, for the site, for both."""
    return everybody(section, curator, completed, TODAY, "all at")


# ---- reading ------------------------------------------------------------------------------------------------
def crawl(read: Callable[[str], bytes | None], base: str, names) -> Output:
    """Whatever can be reached from `names` by the links of the pages; versions for the visually impaired by name only."""
    waiting, found = deque(names), {}
    while waiting:
        name = waiting.popleft()
        content = read(name)
        if name in found or content is None:
            continue
        found[name] = content
        if name.endswith("/") or name == "":
            links = [one.removeprefix(base) for one in LINK.findall(content.decode()) if one.startswith(base)]  # fmt: skip
            waiting.extend({one for one in links if not one.startswith("v/")} - set(found))
    return found


def portal(client, school) -> Callable[[str], bytes | None]:
    kept: Output = {}

    def read(name: str) -> bytes | None:
        if name not in kept:
            answer = client.get(f"/p/{school.slug}/{name}")
            kept[name] = answer.content if answer.status_code == 200 else b""
        return kept[name] or None

    return read


def outputs(client, section) -> dict[Place, Output]:
    """Everything a reader can get today, by place."""
    read, base = portal(client, section.organization), f"/p/{section.organization.slug}/"
    archives = {
        place: unpacked(site_archives.collect(section, with_people=people, on=TODAY, told=quiet))
        for place, people in ((Place.ARCHIVE, False), (Place.ARCHIVE_PEOPLE, True))
    }  # fmt: skip
    page = crawl(read, base, ["", *FILES])
    embed = {name: content for name, content in crawl(read, base, ["embed/"]).items() if name.startswith(("embed/", "photos/"))}  # fmt: skip
    return {Place.PAGE: page, Place.EMBED: embed, **archives}


def text(output: Output, *parts: str) -> str:
    """Words of all files whose names begin so; lines of calendars put together again."""
    chosen = [content for name, content in sorted(output.items()) if is_text(name) and name.removeprefix("embed/").startswith(parts or "")]  # fmt: skip
    return b"\n".join(chosen).replace(b"\r\n ", b"").decode()


def is_text(name: str) -> bool:
    return not name.endswith((".jpg", ".pdf"))


def seen(standers: list[Stander], told: str) -> set[str]:
    """Titles of the cases whose people can be told from the text."""
    return {one.case.title for one in standers if any(word in told for word in one.words)}


def allowed(standers: list[Stander], place: Place, *items: str) -> set[str]:
    return {one.case.title for one in standers if one.case.allows(place, *items)}


def holding(standers: list[Stander], told: str, words: Callable[[Stander], str]) -> set[str]:
    return {one.case.title for one in standers if words(one) in told}


def pictures(output: Output) -> set[bytes]:
    return {content for name, content in output.items() if name.endswith(".jpg")}


# ---- the matrix -------------------------------------------------------------------------------------------
@pytest.mark.req("R-910", "R-911", "R-907")
def test_every_output_shows_exactly_those_who_agreed(standers, section, school, mentor, client):
    keep_yesterday(school, standers)
    for place, output in outputs(client, section).items():
        assert seen(standers, text(output)) == allowed(standers, place, NAME), place
        assert mentor.last_name not in text(output), place
        check_roles(standers, place, output)
        check_photos(standers, place, output)


def keep_yesterday(school, standers: list[Stander]) -> None:
    """Files that yesterday's readers left behind: they name whoever's consent ended that day."""

    def read(name: str) -> bytes | None:
        output = public_outputs.built(school.slug, name, TODAY - DAYS)
        return output and output.body

    found = crawl(read, f"/p/{school.slug}/", ["", "honours/", "honours/page-2/", "embed/", "feed.xml", "calendar.ics"])  # fmt: skip
    assert "expired yesterday" in seen(standers, text(found))


def check_roles(standers: list[Stander], place: Place, output: Output) -> None:
    """Each role asks for its own items."""
    board = text(output, "honours/")
    assert seen(standers, board) == allowed(standers, place, NAME), place
    assert holding(standers, board, lambda one: one.entry.merit.capitalize()) | holding(standers, board, lambda one: one.entry.merit) == allowed(standers, place, NAME, PublicItem.RESULTS), place  # fmt: skip
    assert holding(standers, board.lower(), lambda one: one.entry.award.name) == allowed(standers, place, NAME, PublicItem.CATEGORY), place  # fmt: skip
    assert holding(standers, text(output).lower(), lambda one: one.person.job_title) == allowed(standers, place, NAME, POST), place  # fmt: skip
    for block in ("contests/", "results/"):
        assert seen(standers, text(output, block)) == allowed(standers, place, NAME, PublicItem.RESULTS), (place, block)  # fmt: skip
    for one in standers:
        named = {one.case.title} & allowed(standers, place, NAME)
        for row in (one.news, one.announcement, one.report):
            assert seen(standers, text(output, f"news/{row.pk}/")) == named, (place, row.kind, one.case.title)  # fmt: skip
        authors = {one.case.title} & allowed(standers, place, NAME, PublicItem.PRACTICE)
        assert seen(standers, text(output, f"practices/{one.practice.pk}/")) == authors, (place, one.case.title)  # fmt: skip
    check_feeds(standers, place, output)


def check_feeds(standers: list[Stander], place: Place, output: Output) -> None:
    """RSS and calendar hold a page of rows each: exactly their people who agreed."""
    if place == Place.EMBED:
        return
    for name, rows in (("feed.xml", ("news", "announcement")), ("calendar.ics", ("announcement",))):  # fmt: skip
        told = text(output, name)
        listed = [one for one in standers if any(f"news/{getattr(one, row).pk}/" in told for row in rows)]  # fmt: skip
        assert len(listed) >= 20
        assert seen(standers, told) == allowed(listed, place, NAME), (place, name)


def check_photos(standers: list[Stander], place: Place, output: Output) -> None:
    shown = pictures(output)
    for one in standers:
        on_report = [photo.stored.read() in shown for photo in one.photos]
        assert on_report == [one.case.allows(place, PHOTO)] * 2, (place, one.case.title)
        assert (one.entry.photo.read() in shown) == one.case.allows(place, NAME, PHOTO), (place, one.case.title)  # fmt: skip


@pytest.mark.req("R-911")
def test_a_guessed_address_of_a_photo_opens_nothing_more(standers, client, school):
    """The address holds eight signs of the picture's own hash; whoever has the picture can make it."""
    for one in standers:
        for stored in [*(photo.stored for photo in one.photos), one.entry.photo]:
            items = (NAME, PHOTO) if stored == one.entry.photo else (PHOTO,)
            answer = client.get(f"/p/{school.slug}/photos/{stored.pk}-{stored.sha256[:8]}.jpg")
            assert (answer.status_code == 200) == one.case.allows(Place.PAGE, *items), one.case.title  # fmt: skip


@pytest.mark.req("R-910")
def test_whoever_takes_the_consent_back_is_gone_on_the_next_request(
    agreed, section, school, curator, client, django_capture_on_commit_callbacks
):
    for place, output in outputs(client, section).items():
        assert seen(agreed, text(output)) == allowed(agreed, place, NAME), place
    with django_capture_on_commit_callbacks(execute=True):
        for consent in Consent.objects.filter(kind="dissemination", state="given", given_on__lte=TODAY):  # fmt: skip
            consents.withdraw(consent, on=TODAY, by=curator, method="paper")
    for place, output in outputs(client, section).items():
        assert seen(agreed, text(output)) == set(), place
        assert pictures(output) == set(), place


@pytest.mark.req("R-910")
def test_an_address_that_is_no_longer_used_shows_nobody(agreed, section, school, client):
    PublicAddress.objects.of(school).update(archived=True)
    public_snapshots.drop(school)
    section.refresh_from_db()
    for place, output in outputs(client, section).items():
        assert seen(agreed, text(output)) == set(), place
        assert pictures(output) == set(), place


@pytest.mark.papers
@pytest.mark.req("R-904", "R-910")
def test_public_papers_name_nobody_but_the_head(section, school, curator, head, client, real_papers):  # fmt: skip
    """Whatever the consents say: papers are shown by posts (N-3)."""
    agree(curator.person, addresses=[section.page_address, section.site_address])
    order = make_package(curator)
    body = f"{order.body}<p>Ответственный – {curator.person.full_name}.</p>"
    drafts.edit_draft(order, title=order.title, body=body, by=curator)
    order = approve(send(fresh(order), curator), head, number="80/8")
    assert curator.person.full_name in words_of(order.files.filter(rendition="official").last().stored.read())  # fmt: skip
    read, name = portal(client, school), f"documents/{order.pk}.pdf"
    made = site_archives.collect(section, with_people=True, on=TODAY, told=quiet)
    for content in (read(name), unpacked(made)[name]):
        told = words_of(content)
        assert curator.person.last_name not in told
        assert curator.person.patronymic not in told
        assert head.person.last_name in told


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
