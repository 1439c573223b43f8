"""The public section in real Chromium: accessible in every look, by keyboard, without scripts, without cookies, valid HTML."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from tinyhtml5.parser import HTMLParser

from programs.models import Practice, PublicSection
from programs.services.public_sections import section_of
from roadmap.models import Event
from tests.factories import make_person
from tests.programs.makers_public import agree, honour, mark, photograph, picture, publish
from tests.roadmap.makers import approve, make_package, send

pytestmark = pytest.mark.browser
TODAY = timezone.localdate()
VARIANTS = ("mnsi", "lwki", "hwwo", "hnbi")
# Each look once at each width; the special versions in the usual theme.
LOOKS = ["calm", "contrast", "warm"]
BRIEF = {"resultTypes": ["violations"]}


@pytest.fixture
def names(school, curator, head, quick_papers) -> list[str]:
    """A section with something in every block; names of all its pages."""
    approve(send(make_package(curator), curator), head, number="80/8")
    person = make_person(school, last_name="Соловьёва", first_name="Ирина", patronymic="Юрьевна")
    agree(person)
    honour(person, since=TODAY, photo=picture(school, "olive"))
    event = Event.objects.create(organization=school, kind="round_table", title="Круглый стол", starts_at=timezone.now() + timezone.timedelta(days=3), place="актовый зал")  # fmt: skip
    publish(curator, kind="announcement", publish_on=TODAY, title="Круглый стол", event=event)
    news = publish(curator, publish_on=TODAY, title="Говорит {1}", lead="Коротко", body="{1}.\n\n- раз\n- два\n\nhttps://gov.example/x")  # fmt: skip
    mark(news, person)
    report = publish(curator, kind="photo_report", publish_on=TODAY, title="Слёт")
    photograph(report, person, alt="Вручение грамот")
    for number in range(25):
        publish(curator, publish_on=TODAY, title=f"Новость {number}")
    practice = Practice.objects.create(organization=school, title="Наставник на час", task="Помочь", method="Встречи", outcome="Освоились", state="best", published=True, made_on=TODAY)  # fmt: skip
    inner = ["", "news/", "news/page-2/", f"news/{news.pk}/", f"news/{report.pk}/", f"practices/{practice.pk}/"]  # fmt: skip
    inner += ["announcements/", "photo_reports/", "practices/", "honours/", "documents/", "roadmap/", "glossary/", "accessibility/", "policy/"]  # fmt: skip
    return inner


def look(page, url: str) -> list[str]:
    """Faults of a page: what axe finds, sideways scrolling, policy violations, script errors."""
    assert page.goto(url).status == 200
    found = [f"policy {text}" for text in page.evaluate("window.__violations")] + page.errors
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found += [f"{wide} px too wide"] if wide > 0 else []
    found += [
        f"axe {one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page, options=BRIEF).response["violations"]
    ]  # fmt: skip
    return [f"{url} {page.viewport_size['width']}: {text}" for text in found]


@pytest.mark.parametrize("theme", LOOKS)
def test_every_page_is_accessible_in_every_theme(theme, names, school, open_page, live_server):
    section_of(school)
    PublicSection.objects.update(theme=theme, accent="#c9302c")
    found = []
    for width in (320, 1280):
        page = open_page(width=width)
        for name in [*names, "embed/", "embed/news/"]:
            found += look(page, f"{live_server.url}/p/{school.slug}/{name}")
    assert found == []


@pytest.mark.parametrize("code", VARIANTS)
def test_every_page_is_accessible_in_the_special_version(code, names, school, open_page, live_server):  # fmt: skip
    found = []
    for width in (320, 1280):
        page = open_page(width=width)
        for name in names[:7]:
            found += look(page, f"{live_server.url}/p/{school.slug}/v/{code}/{name}")
    assert found == []


@pytest.mark.parametrize("theme", LOOKS)
def test_the_dark_side_of_every_theme_is_accessible(theme, names, school, browser, live_server):
    section_of(school)
    PublicSection.objects.update(theme=theme, accent="#1d3a8a")
    context = browser.new_context(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/p/{school.slug}/")
    found = [one["id"] for one in Axe().run(page).response["violations"]]
    context.close()
    assert found == []


def test_pages_are_valid_set_no_cookie_and_name_no_other_host(names, school, client, settings):
    faults = []
    for name in [*names, "embed/", "v/hwbo/", "v/hwbo/news/"]:
        answer = client.get(f"/p/{school.slug}/{name}")
        html = answer.content.decode()
        faults += [f"{name}: {text}" for text in parse_errors(html) + own_errors(html)]
        hosts = set(re.findall(r"(?:https?:)?//([^/\s\"'<]+)", html)) - {"gov.example"}
        faults += [f"{name}: {host}" for host in hosts if host not in settings.PUBLIC_URL]
        faults += ["cookie"] if answer.cookies else []
    assert faults == []


def parse_errors(html: str) -> list[str]:
    """What the parsing algorithm of the standard calls an error."""
    parser = HTMLParser()
    parser.parse(html.encode(), transport_encoding="utf-8")
    return [f"{place} {code} {facts}" for place, code, facts in parser.errors]


def own_errors(html: str) -> list[str]:
    """Ids twice, links to ids that are not there, pictures without words, more than one first heading."""
    ids = re.findall(r'\bid="([^"]+)"', html)
    found = [f"id twice: {one}" for one in set(ids) if ids.count(one) > 1]
    found += [f"no id: {one}" for one in re.findall(r'href="#([^"]+)"', html) if one not in ids]
    found += [one for one in re.findall(r"<img[^>]*>", html) if not re.search(r'alt="[^"]+"', one)]
    return found + ([] if html.count("<h1") == 1 else ["h1"])


def test_the_keyboard_reaches_everything_and_the_first_step_skips_to_the_text(names, school, open_page, live_server):  # fmt: skip
    page = open_page(width=1280)
    page.goto(f"{live_server.url}/p/{school.slug}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Перейти к содержанию"
    box = page.locator(".skip a").bounding_box()
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto(f"{live_server.url}/p/{school.slug}/")
    links = page.locator("a[href]").count()
    seen = []
    for _ in range(links):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineStyle]"))  # fmt: skip
    assert seen == [["A", "solid"]] * links


def test_the_section_works_without_scripts(names, school, browser, live_server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/p/{school.slug}/")
    page.get_by_role("link", name="Новости: показать все").click()
    page.get_by_role("link", name="Следующая страница").click()
    assert page.url.endswith("/news/page-2/")
    page.get_by_role("link", name="Версия для слабовидящих").click()
    page.get_by_role("link", name="белым по чёрному").click()
    page.get_by_role("link", name="Предыдущая страница").click()
    assert page.url.endswith("/v/lwwi/news/")
    page.get_by_role("link", name="Обычная версия").click()
    assert page.url.endswith(f"/p/{school.slug}/news/")
    assert context.cookies() == []
    context.close()


@pytest.fixture
def school_site():
    """`school_site(html)` -> address of a page of another origin, served for real: Chromium mistrusts invented ones."""
    pages = {"html": ""}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            body = pages["html"].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def show(html: str) -> str:
        pages["html"] = f'<!doctype html><html lang="ru"><title>Сайт школы</title>{html}'
        return f"http://127.0.0.1:{server.server_port}"

    yield show
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_school_site_embeds_it_by_the_script(names, school, open_page, live_server, school_site):
    address = f"{live_server.url}/p/{school.slug}/"
    host = school_site(f'<a href="{address}">Наставничество</a><script src="{address}widget.js"></script>')  # fmt: skip
    section = section_of(school)
    section.parents = [host]
    section.save()
    page = open_page(width=768)
    page.goto(host)
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Наставничество", level=1).wait_for()
    page.wait_for_function("document.querySelector('iframe').clientHeight > 700")
    inner = frame.locator("html").evaluate("node => node.getBoundingClientRect().height")
    assert abs(page.evaluate("document.querySelector('iframe').clientHeight") - inner) <= 2
    assert page.locator("body > a").is_hidden()
    frame.get_by_role("link", name="Новости: показать все").click()
    frame.get_by_role("heading", name="Новости", level=1).wait_for()
    assert page.context.cookies() == []


def test_a_site_that_is_not_on_the_list_keeps_the_link(names, school, open_page, live_server, school_site):  # fmt: skip
    address = f"{live_server.url}/p/{school.slug}/"
    host = school_site(f'<a href="{address}">Наставничество</a><script src="{address}widget.js"></script>')  # fmt: skip
    page = open_page(width=768)
    page.goto(host)
    page.wait_for_function("!document.querySelector('iframe')")
    assert page.get_by_role("link", name="Наставничество").is_visible()
