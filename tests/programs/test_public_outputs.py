"""Outputs of the section over HTTP: kept files, the day, tags, headers, feeds, files, closed doors."""

import datetime as dt
import gzip
import re
import threading
from xml.etree import ElementTree

import icalendar
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring.portal.front_door import FrontDoor
from people.models import Consent
from people.services import consents
from programs.models import Publication, PublicSection
from programs.services import public_outputs, public_snapshots
from programs.services.public_sections import section_of
from roadmap.models import Event
from tests.factories import make_organization, make_person
from tests.programs.makers_public import agree, honour, mark, photograph, publish
from tests.roadmap.makers import approve, make_package, send

TODAY = timezone.localdate()
DAYS = dt.timedelta(days=1)
SIX_PAGES = ("", "news/", "accessibility/", "policy/", "embed/", "embed/news/")


@pytest.fixture
def person(school):
    return make_person(school, last_name="Соловьёва", first_name="Ирина", patronymic="Юрьевна")


@pytest.fixture
def get(client, school):
    """`get("news/", tag)` -> the answer to a reader of the school's section."""

    def ask(name: str = "", **headers):
        return client.get(f"/p/{school.slug}/{name}", headers=headers)

    return ask


def text(answer) -> str:
    return answer.content.decode()


def through_the_door(path: str, **environ):
    """(status, headers, body) of the WSGI application, Django behind it broken: what it answers it answers alone."""

    def broken(environ, start_response):
        raise AssertionError("the front door let it through")

    sent = {}
    environ = RequestFactory().get(path, **environ).environ
    body = FrontDoor(broken)(environ, lambda status, headers: sent.update(status=status, headers=headers))  # fmt: skip
    return int(sent["status"][:3]), dict(sent["headers"]), b"".join(body)


@pytest.mark.parametrize("name", [*SIX_PAGES, "feed.xml", "calendar.ics", "sitemap.xml", "theme.css", "widget.js"])  # fmt: skip
def test_the_front_door_and_django_send_the_same(name, school, curator, get):
    publish(curator, publish_on=TODAY)
    first = get(name)
    status, headers, body = through_the_door(f"/p/{school.slug}/{name}")
    assert (status, body) == (first.status_code, first.content) == (200, body)
    # allauth looks for a forgotten sign-in on the way out; the session that it finds is empty.
    from_django = dict(first.headers)
    from_django.pop("X-Request-ID")  # of a request that has reached Django
    assert from_django.pop("Vary").removesuffix(", Cookie") == headers.pop("Vary")
    assert headers == from_django
    assert first.cookies == {}


@pytest.mark.parametrize("name", SIX_PAGES)
def test_a_kept_page_asks_the_tables_nothing(name, get, curator, django_assert_num_queries):
    publish(curator, publish_on=TODAY)
    assert get(name).status_code == 200
    with django_assert_num_queries(0):
        assert get(name).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_cold_page_costs_few_queries(rows, school, curator, head, get):
    approve(send(make_package(curator), curator), head, number="80/8")
    for _ in range(rows):
        publish(curator, publish_on=TODAY)
    section_of(school)
    with CaptureQueriesContext(connection) as queries:
        get()
    assert len(queries) <= 25


def test_what_has_not_changed_is_not_sent_again(get):
    first = get()
    again = get(if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == again["Cache-Control"] == "no-cache"
    packed = get(accept_encoding="gzip", if_none_match=first["ETag"])
    assert (packed.status_code, packed["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(packed.content) == first.content
    assert packed["ETag"] != first["ETag"]
    assert get(accept_encoding="gzip", if_none_match=packed["ETag"]).status_code == 304


def test_head_tells_the_size_and_sends_nothing(client, school, get):
    whole = get()
    answer = client.head(f"/p/{school.slug}/")
    assert (answer.content, answer["Content-Length"]) == (b"", str(len(whole.content)))


@pytest.mark.req("R-910")
def test_a_withdrawal_is_seen_on_the_next_request_everywhere(
    school, curator, person, get, django_capture_on_commit_callbacks
):
    consent = agree(person)
    honour(person, since=TODAY)
    news = publish(curator, publish_on=TODAY, title="Говорит {1}", lead="{1}", body="{1}")
    mark(news, person)
    photo = photograph(publish(curator, kind="photo_report", publish_on=TODAY), person)
    picture = f"photos/{photo.stored_id}-{photo.stored.sha256[:8]}.jpg"
    names = ["", "news/", "honours/", "feed.xml", f"news/{news.pk}/", f"v/lwki/news/{news.pk}/"]
    assert [person.last_name in text(get(name)) for name in names] == [True] * 6
    assert picture in text(get())
    assert get(picture).content == photo.stored.read()
    with django_capture_on_commit_callbacks(execute=True):
        consents.withdraw(consent, on=TODAY, by=curator, method="paper")
        public_snapshots.drop(school)
    assert [get(name).status_code for name in ("honours/", picture)] == [404, 404]
    left = [text(get(name)) for name in names if name != "honours/"]
    assert [person.last_name in page for page in left] == [False] * 5
    assert picture not in left[0]


def test_a_file_of_yesterday_is_built_anew(school, curator, person, get):
    """The term of the consent ended yesterday: nobody did anything, the kept page names the person."""
    agree(person, until=TODAY - DAYS)
    honour(person, since=TODAY - 9 * DAYS)
    yesterday = public_outputs.built(school.slug, "", TODAY - DAYS)
    assert person.last_name in yesterday.body.decode()
    assert person.last_name not in text(get())


def test_a_planned_publication_appears_on_its_day(school, curator, get):
    row = publish(curator, publish_on=TODAY, title="Открыта запись")
    before = public_outputs.built(school.slug, "", TODAY - DAYS)
    assert row.title not in before.body.decode()
    assert row.title in text(get())


def test_a_kept_page_ends_at_midnight_of_the_portal(school):
    kept = public_outputs.built(school.slug, "", TODAY)
    ends = dt.datetime.fromtimestamp(kept.ends_at, tz=timezone.get_default_timezone())
    assert ends == dt.datetime.combine(TODAY + DAYS, dt.time(), tzinfo=timezone.get_default_timezone())  # fmt: skip
    assert public_snapshots.kept(school.slug, "", kept.ends_at - 1) == kept
    assert public_snapshots.kept(school.slug, "", kept.ends_at) is None


# ---- keeping and dropping ---------------------------------------------------------------------------------
def test_a_drop_while_a_page_is_built_is_not_lost(school):
    output = public_snapshots.pack(b"old", type="text/html", policy="", on=TODAY)
    with public_snapshots.building(school.slug) as handle:
        public_snapshots.forget(school.slug)
        public_snapshots.keep(handle, "", output)
    assert public_snapshots.kept(school.slug, "", 0) is None
    with public_snapshots.building(school.slug) as handle:
        public_snapshots.keep(handle, "", output)
    assert public_snapshots.kept(school.slug, "", 0) == output


def test_half_a_file_and_a_file_of_another_release_are_no_answer(school, monkeypatch):
    with public_snapshots.building(school.slug) as handle:
        public_snapshots.keep(handle, "", public_snapshots.pack(b"body" * 99, type="text/html", policy="", on=TODAY))  # fmt: skip
    path = public_snapshots.folder(school.slug) / public_snapshots.file_name("")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert public_snapshots.kept(school.slug, "", 0) is None
    path.write_bytes(whole + b" ")
    assert public_snapshots.kept(school.slug, "", 0) is None
    path.write_bytes(whole)
    monkeypatch.setattr(public_snapshots, "release", lambda: "another")
    public_snapshots._read.clear()
    assert public_snapshots.kept(school.slug, "", 0) is None


def test_many_writers_and_droppers_leave_a_whole_page_or_none(school):
    bodies = [bytes([65 + number]) * 50_000 for number in range(4)]
    wrong, stop = [], threading.Event()

    def write(body: bytes) -> None:
        output = public_snapshots.pack(body, type="text/html", policy="", on=TODAY)
        while not stop.is_set():
            with public_snapshots.building(school.slug) as handle:
                public_snapshots.keep(handle, "", output)

    def look() -> None:
        for number in range(400):
            found = public_snapshots.kept(school.slug, "", 0)
            if found and found.body not in bodies:
                wrong.append(len(found.body))
            if number % 10 == 0:
                public_snapshots.forget(school.slug)

    writers = [threading.Thread(target=write, args=[body]) for body in bodies]
    for one in writers:
        one.start()
    look()
    stop.set()
    for one in writers:
        one.join()
    assert wrong == []


# ---- closed doors -----------------------------------------------------------------------------------------
def test_an_unknown_school_is_told_in_russian_for_one_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/p/net-takoy/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in text(answer)
    assert not public_snapshots.folder("net-takoy").exists()


@pytest.mark.req("R-901")
def test_a_closed_section_answers_as_if_it_were_not_there(school, get, client):
    section_of(school)
    PublicSection.objects.update(opened=False)
    names = ["", "embed/", "feed.xml", "calendar.ics", "widget.js", "theme.css", "v/lwki/"]
    assert [get(name).status_code for name in names] == [404] * 7
    assert text(get()) == text(client.get("/p/net-takoy/"))


@pytest.mark.parametrize("name", [
    "news/1/", "news/page-1/", "news/page-2/", "news/page-999999/", "about/", "nothing/", "nothing.xml", "v/xxxx/",
    "photos/1-00000000.jpg", "documents/1.pdf", "materials/1-00000000", "embed/feed.xml", "embed/embed/", "..%2f..%2fdb.sqlite3", "%2e%2e/x",
    "news/" + "9" * 30 + "/", "a" * 200 + "/",
])  # fmt: skip
def test_what_is_not_there_is_404_and_keeps_no_file(name, school, get):
    assert get(name).status_code == 404
    folder = public_snapshots.folder(school.slug)
    assert [one.name for one in folder.glob("*")] == []


def test_changing_methods_are_refused(client, school):
    assert [client.post(f"/p/{school.slug}/").status_code, client.delete(f"/p/{school.slug}/").status_code] == [405, 405]  # fmt: skip


def test_a_publication_of_another_school_is_not_shown(school, get, stranger):
    other = publish(stranger, publish_on=TODAY)
    photo = photograph(other)
    assert get(f"news/{other.pk}/").status_code == 404
    assert get(f"photos/{photo.stored_id}-{photo.stored.sha256[:8]}.jpg").status_code == 404


# ---- headers ----------------------------------------------------------------------------------------------
def test_the_frame_opens_for_the_sites_of_the_school_only(school, get):
    section = section_of(school)
    section.parents = ["https://school.example", "https://bad.example; script-src *", "https://b.example:8443"]  # fmt: skip
    section.save()
    page, frame = get(), get("embed/")
    assert page["Content-Security-Policy"].endswith("; frame-ancestors 'self'")
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert frame["Content-Security-Policy"].endswith("; frame-ancestors 'self' https://school.example https://b.example:8443")  # fmt: skip
    assert "X-Frame-Options" not in frame
    assert "unsafe" not in page["Content-Security-Policy"] + frame["Content-Security-Policy"]


def test_where_https_is_asked_the_front_door_waits_for_it(school, get, settings):
    get()
    settings.SECURE_SSL_REDIRECT = True
    environ = RequestFactory().get(f"/p/{school.slug}/").environ
    told = []
    FrontDoor(WSGIHandler())(environ, lambda status, headers, *rest: told.append(status))
    assert told == ["301 Moved Permanently"]
    status, _, _ = through_the_door(f"/p/{school.slug}/", **{"wsgi.url_scheme": "https"})
    assert status == 200


# ---- feeds ------------------------------------------------------------------------------------------------
@pytest.mark.req("R-906", "R-133")
def test_feed_calendar_and_map_name_what_is_shown(school, curator, get, settings):
    starts = timezone.now() + 2 * DAYS
    event = Event.objects.create(organization=school, kind="round_table", title="Круглый стол", starts_at=starts, place="актовый зал")  # fmt: skip
    row = publish(curator, kind="announcement", title="Круглый стол & чай", publish_on=TODAY, event=event, lead="Ждём всех")  # fmt: skip
    address = f"{settings.PUBLIC_URL}/p/{school.slug}/news/{row.pk}/"
    item = ElementTree.fromstring(get("feed.xml").content).find("channel/item")
    assert [item.findtext(name) for name in ("title", "link", "guid", "description")] == [row.title, address, address, "Ждём всех"]  # fmt: skip
    (one,) = icalendar.Calendar.from_ical(get("calendar.ics").content).walk("VEVENT")
    assert (str(one["summary"]), str(one["location"]), str(one["url"])) == (row.title, "актовый зал", address)  # fmt: skip
    assert one.decoded("dtstart") == starts.replace(microsecond=0)
    places = [node.text for node in ElementTree.fromstring(get("sitemap.xml").content).findall(".//{*}loc")]  # fmt: skip
    assert address in places
    assert [get(place.split(f"/p/{school.slug}/")[1]).status_code for place in places] == [200] * len(places)  # fmt: skip


@pytest.mark.req("R-908")
def test_a_publication_can_be_passed_on_without_anybodys_script(school, curator, get, settings):
    row = publish(curator, publish_on=TODAY, title="Слёт наставников")
    page = text(get(f"news/{row.pk}/"))
    address = f"{settings.PUBLIC_URL}/p/{school.slug}/news/{row.pk}/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<meta property="og:title" content="Слёт наставников">' in page
    assert "mailto:?subject=%D0%A1%D0%BB%D1%91%D1%82" in page
    assert "<script" not in page


def test_robots_are_kept_to_the_public_part(client, db):
    answer = client.get(reverse("robots"))
    assert "Disallow: /s/" in text(answer)
    assert "/p/" not in text(answer)


# ---- files ------------------------------------------------------------------------------------------------
@pytest.mark.req("R-904")
def test_a_paper_is_given_while_it_is_in_force(school, curator, head, get, django_capture_on_commit_callbacks):  # fmt: skip
    order = approve(send(make_package(curator), curator), head, number="80/8")
    name = f"documents/{order.pk}.pdf"
    assert name in text(get())
    answer = get(name)
    assert (answer["Content-Type"], answer.content[:5], answer["Cache-Control"]) == ("application/pdf", b"%PDF-", "no-cache")  # fmt: skip
    type(order).objects.filter(pk=order.pk).update(state="cancelled")
    with django_capture_on_commit_callbacks(execute=True):
        public_snapshots.drop(school)
    assert get(name).status_code == 404


def test_a_picture_under_a_wrong_print_is_not_found(school, curator, get):
    photo = photograph(publish(curator, publish_on=TODAY))
    assert get(f"photos/{photo.stored_id}-{photo.stored.sha256[:8]}.jpg").status_code == 200
    assert get(f"photos/{photo.stored_id}-00000000.jpg").status_code == 404


def test_a_picture_of_a_draft_is_not_found(school, curator, get):
    photo = photograph(publish(curator, publish_on=TODAY, state="draft"))
    assert get(f"photos/{photo.stored_id}-{photo.stored.sha256[:8]}.jpg").status_code == 404


# ---- sizes ------------------------------------------------------------------------------------------------
def test_styles_script_and_page_are_small(school, curator, head, get, settings):
    approve(send(make_package(curator), curator), head, number="80/8")
    for kind in ("news", "announcement", "photo_report"):
        for _ in range(30):
            publish(curator, kind=kind, publish_on=TODAY, title="Заголовок новости " * 8, lead="Коротко о главном. " * 15)  # fmt: skip
    for number in range(30):
        one = make_person(school, last_name=f"Длиннофамильная{number}")
        agree(one)
        honour(one, since=TODAY, merit="за многолетний труд " * 14)
    assert len(get().content) <= 60 * 1024
    assert len(get("news/").content) <= 60 * 1024
    assert (settings.BASE_DIR / "static/css/public.css").stat().st_size <= 20 * 1024
    assert len(get("widget.js", accept_encoding="gzip").content) <= 3 * 1024


# ---- version for the visually impaired ---------------------------------------------------------------------
@pytest.mark.req("R-901")
def test_the_version_is_kept_by_every_link_of_its_pages(school, curator, get):
    row = publish(curator, publish_on=TODAY)
    page = text(get("v/hwbo/"))
    assert '<html lang="ru" class="special v0h v1w v2b v3o theme-calm">' in page
    base = f"/p/{school.slug}/"
    inner = set(re.findall(rf'href="{base}([^"]*/|)"', page))
    assert inner - {""} == {one for one in inner if one.startswith("v/")}
    assert f"v/hwbo/news/{row.pk}/" in inner
    assert f'<a href="{base}">Обычная версия</a>' in page
    assert get("v/hwbo/")["ETag"] != get("v/hwko/")["ETag"]
    assert get("v/hwbo/", if_none_match=get("v/hwbo/")["ETag"]).status_code == 304


def test_pictures_off_leaves_their_words(school, curator, get):
    photograph(publish(curator, kind="photo_report", publish_on=TODAY), alt="Вручение грамот")
    assert "<img" in text(get("v/mnsi/"))
    page = text(get("v/mnso/"))
    assert "<img" not in page
    assert '<span class="instead">Вручение грамот</span>' in page


def test_all_variants_of_a_page_are_one_file(school, get):
    for code in ("mnsi", "lwki", "hwbo", "hnwo"):
        assert get(f"v/{code}/").status_code == 200
    assert [one.name for one in public_snapshots.folder(school.slug).iterdir()] == [","]
    assert [get(f"v/mnsi/{name}").status_code for name in ("feed.xml", "embed/")] == [404, 404]


def test_a_second_school_has_its_own_files(school, curator, get, client):
    other = make_organization(slug="second")
    publish(curator, publish_on=TODAY, title="Только здесь")
    assert "Только здесь" in text(get())
    assert "Только здесь" not in text(client.get(f"/p/{other.slug}/"))
    public_snapshots.forget(other.slug)
    assert public_snapshots.kept(school.slug, "", 0) is not None


def test_a_consent_row_left_as_given_is_read_by_its_dates(school, curator, person, get):
    """Whoever forgot the state: the day of the withdrawal alone closes the gate."""
    agree(person)
    honour(person, since=TODAY)
    Consent.objects.update(withdrawn_on=TODAY)
    assert person.last_name not in text(get())
    assert Publication.objects.count() == 0
