"""The section inside a school's site in Chromium: by frame, by script, as unpacked files; on another origin (R-901).

The site is a folder served by its own little server; «another origin» for the browser is another port.
"""

import functools
import io
import threading
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from people.models import Person, PublicAddress
from programs.services import public_snapshots, site_archives
from programs.services.public_overview import embedding
from programs.services.public_sections import section_of
from tests.factories import make_curator, make_organization
from tests.programs.makers_public import agree, honour, photograph, publish

pytestmark = [pytest.mark.browser, pytest.mark.req("R-901")]
TODAY = timezone.localdate()
WIDTHS = (320, 768, 1440)
HOST = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Школа</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>Сайт школы</h1>{line}</body></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture
def site(tmp_path):
    """`site.url` of the folder `site.folder`."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    server.folder, server.url = folder, f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def section(transactional_db, live_server, site):
    """News, a photo without people, a person who agreed everywhere; the site is on the list."""
    school = make_organization()
    curator = make_curator(school)
    section = section_of(school)
    section.parents = [site.url]
    section.site_address = PublicAddress.objects.create(organization=school, url=f"{site.url}/", title="Страница на сайте")  # fmt: skip
    section.save()
    for number in range(3):
        publish(curator, title=f"Занятие Школы наставника {number}", lead="Прошло первое занятие. " * 4, publish_on=TODAY)  # fmt: skip
    photograph(publish(curator, kind="photo_report", title="Праздник", publish_on=TODAY), alt="Пустой зал")  # fmt: skip
    agree(curator.person, addresses=[section.page_address, section.site_address])
    honour(curator.person, since=TODAY)
    public_snapshots.forget(school.slug)
    return section


@pytest.fixture
def visit(browser):
    """`visit(address, width, scripts)` -> a page that remembers what its console complained of."""
    contexts = []

    def open_one(address: str, width: int, scripts: bool = True):
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="ru-RU", java_script_enabled=scripts)  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type in ("error", "warning") else None)  # fmt: skip
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        return page

    yield open_one
    for context in contexts:
        context.close()


def put(site, line: str) -> str:
    (site.folder / "index.html").write_text(HOST.format(line=line), encoding="utf-8")
    return f"{site.url}/index.html"


def too_wide(frame) -> int:
    return frame.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")  # fmt: skip


def keep_picture(page, name: str) -> None:
    folder = Path(settings.VAR_DIR) / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    # A frame of another origin is drawn only where the window shows it.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    page.frames[-1].evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")  # fmt: skip
    page.screenshot(path=folder / f"embed-{name}.png", full_page=True)


def complaints(page) -> list[str]:
    """The little site has no icon; that is its own affair."""
    return [line for line in page.complaints if "favicon" not in line and "404 (File not found)" not in line]  # fmt: skip


def the_frame(page):
    (frame,) = [one for one in page.frames if one != page.main_frame]
    return frame


@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_shows_the_section_on_the_school_site(section, site, visit, width):
    page = visit(put(site, embedding(section).frame), width)
    frame = the_frame(page)
    assert frame.locator("h1").inner_text() == "Наставничество"
    assert "Занятие Школы наставника 1" in frame.locator("main").inner_text()
    assert (too_wide(page), too_wide(frame)) == (0, 0)
    assert complaints(page) == []
    assert page.context.cookies() == []
    keep_picture(page, f"frame-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_script_makes_the_frame_as_tall_as_the_section(section, site, visit, width):
    page = visit(put(site, embedding(section).script), width)
    page.wait_for_function("document.querySelector('iframe').style.height !== ''")
    frame = the_frame(page)
    assert "Занятие Школы наставника 1" in frame.locator("main").inner_text()
    height = page.evaluate("document.querySelector('iframe').getBoundingClientRect().height")
    inside = frame.evaluate("document.documentElement.scrollHeight")
    assert abs(height - inside) <= 4
    assert (too_wide(page), too_wide(frame)) == (0, 0)
    assert complaints(page) == []
    keep_picture(page, f"script-{width}")


def unpack(section, folder: Path, *, with_people: bool) -> None:
    made = site_archives.collect(section, with_people=with_people, on=TODAY, told=lambda done, found: None)  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        archive.extractall(folder)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", WIDTHS)
def test_unpacked_files_work_on_the_site_and_by_themselves(section, site, visit, width, scripts):
    unpack(section, site.folder, with_people=False)
    for address in (f"{site.url}/index.html", (site.folder / "index.html").as_uri()):
        page = visit(address, width, scripts)
        assert page.locator("h1").inner_text() == "Наставничество"
        assert section.organization.full_name in page.locator("#contacts").inner_text()
        assert page.locator("#honours").count() == 0
        page.get_by_role("link", name="Занятие Школы наставника 1").click()
        assert page.locator("h1").inner_text() == "Занятие Школы наставника 1"
        page.get_by_role("navigation", name="Вы здесь").get_by_role("link").first.click()
        assert page.locator("h1").inner_text() == "Наставничество"
        photo = page.get_by_alt_text("Пустой зал")
        photo.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        if scripts:
            assert photo.evaluate("image => image.complete && image.naturalWidth") > 0
            assert too_wide(page) == 0
        assert complaints(page) == []
    if scripts:
        keep_picture(page, f"files-{width}")


def test_files_with_people_name_those_who_agreed(section, site, visit):
    unpack(section, site.folder, with_people=True)
    page = visit(f"{site.url}/index.html", 768)
    (name,) = page.locator("#honours h3").all_inner_texts()
    assert name == Person.objects.of(section.organization).get().full_name


def test_a_site_that_is_not_on_the_list_is_refused_by_the_browser(section, site, visit):
    section.parents = ["https://another.example"]
    section.save()
    public_snapshots.forget(section.organization.slug)
    page = visit(put(site, embedding(section).frame), 768)
    assert any("frame-ancestors" in line for line in page.complaints)
    assert the_frame(page).locator("h1", has_text="Наставничество").count() == 0


def test_the_frame_needs_no_script(section, site, visit):
    page = visit(put(site, embedding(section).frame), 768, scripts=False)
    frame = page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Наставничество"
    frame.get_by_role("link", name="Занятие Школы наставника 1").click()
    frame.get_by_role("heading", level=1, name="Занятие Школы наставника 1").wait_for()
