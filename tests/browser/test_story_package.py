"""The main job by clicks and typing only: roadmap → papers → head on a phone → site → check."""

import re
import subprocess

import pytest

from people.models.accounts import Role
from roadmap.models import Document
from roadmap.services import drafts, readings
from tests.browser.steps import approve_paper
from tests.factories import PASSWORD, make_curator, make_head, make_member, make_organization
from tests.roadmap.makers import DAY, approve, make_package, send

pytestmark = pytest.mark.browser


@pytest.fixture
def members(transactional_db):
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    return {
        "curator": make_curator(school, login="curator@zarya.example"),
        "head": make_head(school, login="head@zarya.example"),
        "teacher": make_member(school, Role.STAFF, login="teacher@zarya.example"),
    }


def sign_in(page, base: str, login: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url(re.compile("/s/zarya/"))


def text_of_pdf(content: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.req("R-106", "R-201", "R-212")
def test_from_the_package_to_the_site(members, live_server, open_page):
    base = live_server.url
    curator = open_page(width=1280)
    sign_in(curator, base, "curator@zarya.example")
    curator.goto(f"{base}/s/zarya/roadmap/new/?template=ds-127")
    curator.get_by_role("button", name="Создать карту").click()
    curator.wait_for_url(re.compile(r"/roadmap/\d+/"))
    curator.goto(f"{base}/s/zarya/documents/new/?kind=regulation_order")
    fill_dates(curator)
    curator.get_by_role("button", name="Составить черновик").click()
    curator.wait_for_url(re.compile(r"/documents/\d+/"))
    send_everything(curator, base)

    head = open_page(width=360)
    sign_in(head, base, "head@zarya.example")
    head.get_by_role("link", name=re.compile("Утвердить: Об утверждении")).click()
    approve_paper(head)

    reader = open_page(width=360)
    reader.goto(f"{base}/p/zarya/")
    papers = reader.locator("ul.papers > li")
    assert papers.count() == 3
    link = papers.first.get_by_role("link").first.get_attribute("href")
    content = reader.request.get(base + link).body()
    text = text_of_pdf(content)
    assert "ПРИКАЗЫВАЮ:" in text
    assert "Ключевская" in text
    assert "Ветров" not in text
    papers.first.get_by_role("link", name="Проверить подлинность").click()
    reader.set_input_files(
        "input[type=file]", {"name": "order.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    reader.locator("main form button[type=submit]").click()
    reader.locator(".ok").wait_for()
    assert "не совпадает" not in reader.locator("main").inner_text()


def fill_dates(page) -> None:
    """Every date the form asks and does not know yet; every offered annex."""
    for field in page.locator("input[type=date]").all():
        if not field.input_value():
            field.fill("2026-09-15")
    for box in page.locator("input[type=checkbox]:not(:checked)").all():
        if box.is_visible():
            box.check()


def send_everything(page, base: str) -> None:
    """Annexes first, with the council's minutes, then the order."""
    for kind in ("roadmap", "regulation", "regulation_order"):
        paper = Document.objects.get(kind=kind)
        page.goto(f"{base}/s/zarya/documents/{paper.pk}/")
        page.get_by_role("button", name="Отправить на утверждение").click()
        confirm = page.locator("dialog[open] button[type=submit], dialog[open] .btn-primary")
        if confirm.count():
            confirm.first.click()
        page.get_by_text("Отправлено на утверждение.").wait_for()
        if kind == "regulation":
            page.get_by_role("link", name="Записать решение").click()
            page.locator("main input[type=text]").first.fill("1")
            page.locator("main input[type=date]").first.fill("2026-08-30")
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_url(re.compile(rf"/documents/{paper.pk}/$"))


@pytest.mark.req("R-102", "R-227")
def test_a_teacher_reads_remarks_and_acknowledges_on_a_phone(members, live_server, open_page):
    draft = drafts.create_draft(kind="target_model", day=DAY, by=members["curator"])
    readings.circulate(draft, readers=[members["teacher"].person], by=members["curator"])
    order = approve(send(make_package(members["curator"]), members["curator"]), members["head"])
    readings.ask_acknowledgement(order, people=[members["teacher"].person], by=members["curator"])

    page = open_page(width=360)
    sign_in(page, live_server.url, "teacher@zarya.example")
    page.get_by_role("link", name=re.compile("Прочитать проект")).click()
    page.locator("textarea").first.fill("Добавьте срок отчёта.")
    page.get_by_role("button", name=re.compile("замечание", re.IGNORECASE)).first.click()
    page.get_by_role("button", name=re.compile("Прочитан")).first.click()
    remark = draft.circulations.get().remarks.get()
    assert remark.text == "Добавьте срок отчёта."
    assert draft.circulations.get().readings.get().read_at is not None
    page.goto(live_server.url + "/s/zarya/")
    page.get_by_role("link", name=re.compile("Ознакомиться")).first.click()
    page.get_by_role("button", name=re.compile("Ознакомлен")).first.click()
    page.wait_for_load_state()
    assert order.acknowledgements.get(person=members["teacher"].person).method == "portal"
