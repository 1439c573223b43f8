"""Three stories: a school brings its own roadmap; the year ends and the next begins; ten minutes of a head."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from roadmap.models import Roadmap
from roadmap.services import events
from roadmap.services.plan import load_plan
from roadmap.services.plan_templates import create_roadmap
from tests.factories import make_curator, make_head, make_organization
from tests.roadmap.makers import make_curator_order, send
from tests.roadmap.test_own_files import two_level_table

pytestmark = pytest.mark.browser
PHONE, DESK = 390, 1280


@pytest.fixture
def people(transactional_db):
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    return {
        "curator": make_curator(school),
        "head": make_head(school, login="head@zarya.example"),
    }


def at(live_server, rest: str = "") -> str:
    return f"{live_server.url}/s/zarya/{rest}"


def narrow(page) -> None:
    """Nothing sticks out of the window."""
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def calm(page) -> None:
    assert not page.errors
    assert page.evaluate("window.__violations") == []


@pytest.mark.req("R-109", "R-112")
def test_a_school_brings_its_own_roadmap(people, live_server, open_page):
    page = open_page(people["curator"], DESK)
    page.goto(at(live_server, "roadmap/"))
    page.get_by_role("link", name="Перенести свою из Word или Excel").click()
    picture = {"name": "фото.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0photo"}
    page.locator("input[type=file]").set_input_files(picture)
    page.get_by_role("button", name="Прочитать файл").click()
    page.get_by_text("Это фотография или картинка.").first.wait_for()
    mine = {"name": "наш план.docx", "mimeType": "application/octet-stream", "buffer": two_level_table()}  # fmt: skip
    page.locator("input[type=file]").set_input_files(mine)
    page.get_by_role("button", name="Прочитать файл").click()
    page.get_by_role("heading", name="Проверьте, что прочитано").wait_for()
    assert "Наименование работ" in page.locator(".import-source").inner_text()
    title = page.locator("textarea[name='lines-1-title']")
    title.fill("Изучение закона о наставничестве")
    page.get_by_role("button", name="Сохранить строки").click()
    page.get_by_text("Строки сохранены.").wait_for()
    narrow(page)
    calm(page)
    page.get_by_role("link", name="Создать карту").click()
    page.get_by_role("button", name="Создать карту").click()
    page.get_by_text("Карта создана.").wait_for()
    page.get_by_text("Изучение закона о наставничестве").first.wait_for()
    calm(page)
    page.get_by_role("link", name="На шкале времени").click()
    page.locator(".timeline svg").first.wait_for()
    calm(page)
    assert Roadmap.objects.get().stages.count() == 2


def test_the_year_ends_and_the_next_begins(people, live_server, open_page):
    today = timezone.localdate()
    start = today.year - 1 if today.month >= 5 else today.year - 2
    old = create_roadmap(template="school-21", year_start=start, by=people["curator"])
    page = open_page(people["curator"], DESK)
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Подтвердить сведения на")).click()
    page.get_by_role("button", name="Всё верно на этот год").click()
    page.get_by_text("Сведения подтверждены.").wait_for()
    page.get_by_role("link", name="Закрыть год и открыть следующий").click()
    page.get_by_text("Закрытый год заново не открывается.").wait_for()
    page.get_by_role("button", name="Закрыть год и открыть следующий").click()
    page.get_by_text("Новый учебный год открыт.").wait_for()
    new = Roadmap.objects.get(copied_from=old)
    assert new.year_start == start + 1
    assert len(load_plan(new).lines) == len(load_plan(old).lines)
    page.goto(at(live_server, f"roadmap/{old.pk}/"))
    page.get_by_text("год закрыт").first.wait_for()
    assert page.get_by_role("link", name="Добавить этап").count() == 0
    page.get_by_role("searchbox", name="Поиск по порталу").fill("анкетирования")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Дорожная карта").wait_for()
    calm(page)


@pytest.mark.req("R-218")
def test_ten_minutes_of_a_head_on_a_phone(people, live_server, open_page):
    """What is to be approved, the year on one page, what is late, one search: no table wider than the phone."""
    curator = people["curator"]
    year = timezone.localdate().year
    create_roadmap(template="recommended", year_start=year - 1, by=curator)
    send(make_curator_order(curator), curator)
    event = events.create_event(by=curator, kind="meeting", title="Совещание", place="кабинет", starts_at=timezone.now() - dt.timedelta(days=1))  # fmt: skip
    events.hold(event, attended=[curator.person], minutes="Выбрали формы", by=curator, on=timezone.localdate())  # fmt: skip
    page = open_page(people["head"], PHONE)
    page.goto(at(live_server))
    page.get_by_text("в банке", exact=True).wait_for()
    assert page.get_by_role("link", name=re.compile("Утвердить: ")).count() == 1
    late = page.get_by_role("link", name=re.compile("Просрочено: "))
    late.scroll_into_view_if_needed()
    narrow(page)
    late.click()
    page.get_by_text("Осталось:").first.wait_for()
    narrow(page)
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Утвердить: ")).click()
    page.get_by_role("link", name="Утвердить", exact=True).wait_for()
    narrow(page)
    calm(page)
