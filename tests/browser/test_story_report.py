"""The report to the authority by clicks and typing: ask → compute → conclude → approve → submit → accept (R-912)."""

import re

import pytest
from playwright.sync_api import expect

from programs.models import ReportSubmission
from tests.browser.steps import approve_paper, prove_again
from tests.factories import make_organization, make_person
from tests.programs.makers_reports import TODAY, make_authority, make_observer, put_under, staffed
from tests.programs.test_indicators import pair

pytestmark = pytest.mark.browser
YEAR_END = f"{TODAY.year}-12-31"


@pytest.fixture
def people(transactional_db):
    town = make_authority(slug="town", short_name="Управление образования")
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    put_under(school, town)
    for _ in range(3):
        pair(make_person(school), make_person(school), starts=TODAY)
    asker, chief = staffed(town)
    curator, head = staffed(school)
    return {"asker": asker, "chief": chief, "observer": make_observer(town), "curator": curator, "head": head}  # fmt: skip


@pytest.mark.req("R-912", "R-219")
def test_from_the_request_to_the_accepted_report(people, live_server, open_page):
    base = live_server.url
    asker = open_page(people["asker"], 1280)
    ask(asker, base)

    curator = open_page(people["curator"], 360)
    curator.goto(f"{base}/s/zarya/")
    curator.get_by_role("link", name=re.compile("Представить: 1 отчёт")).click()
    curator.get_by_role("link", name="Составить отчёт", exact=True).click()
    curator.get_by_label("Исполнитель").select_option(index=1)
    curator.get_by_label("Выводы").fill("Наставники есть у всех, кто просил")
    curator.get_by_role("button", name="Составить черновик").click()
    curator.wait_for_url(re.compile(r"/documents/\d+/"))
    curator.get_by_role("button", name="Отправить на утверждение").click()
    curator.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    expect(curator.get_by_text("на утверждении").first).to_be_visible(timeout=45000)

    approve(open_page(people["head"], 360), base)

    curator.goto(f"{base}/s/zarya/reports/incoming/")
    curator.get_by_role("button", name="Представить отчёт").click()
    expect(curator.get_by_text("Отчёт представлен.").first).to_be_visible()

    asker.goto(f"{base}/s/town/")
    asker.get_by_role("link", name="Рассмотреть: 1 отчёт").click()
    asker.get_by_role("button", name="Посчитать сводку").click()
    asker.get_by_role("link", name="Открыть").click()
    asker.get_by_role("link", name="МБОУ «Школа „Заря“»").click()
    asker.get_by_role("button", name="Принять отчёт").click()
    prove_again(asker)
    expect(asker.get_by_text("Отчёт принят.")).to_be_visible()
    assert ReportSubmission.objects.get().state == "accepted"
    asker.get_by_role("link", name="Завершить сбор").click()
    asker.get_by_role("button", name="Завершить сбор").click()
    asker.get_by_role("link", name="Открыть").click()

    read(open_page(people["observer"], 1280), base)
    for page in (asker, curator):
        assert page.errors == []
        assert page.evaluate("window.__violations") == []


def ask(page, base: str) -> None:
    page.goto(f"{base}/s/town/")
    page.get_by_role("link", name="Запросить отчёты").first.click()
    page.get_by_label("Название").fill("Наставничество за год")
    for label, day in (("Период с", f"{TODAY.year}-01-01"), ("Период по", YEAR_END), ("Ключевая дата", YEAR_END), ("Представить до", TODAY.isoformat())):  # fmt: skip
        page.get_by_label(label).fill(day)
    page.get_by_role("button", name="Запросить отчёты").click()
    expect(page.get_by_text("Отчёты запрошены")).to_be_visible()


def approve(page, base: str) -> None:
    page.goto(f"{base}/s/zarya/")
    page.get_by_role("link", name=re.compile("Утвердить: Отчёт о реализации")).click()
    approve_paper(page)


def read(page, base: str) -> None:
    """The observer: the frozen table, a small number hidden, the paper as it was handed in."""
    page.goto(f"{base}/s/town/reports/requests/")
    page.get_by_role("link", name="Наставничество за год").click()
    expect(page.get_by_text("больше не меняется")).to_be_visible()
    assert page.get_by_role("link", name="Завершить сбор").count() == 0
    page.get_by_role("link", name="МБОУ «Школа „Заря“»").click()
    paper = page.get_by_role("link", name="Открыть отчёт (PDF)").get_attribute("href")
    assert page.request.get(base + paper).body().startswith(b"%PDF")
    assert page.get_by_role("button", name="Принять отчёт").count() == 0
