"""The first weeks by clicks and typing only: list → cards → answers → consents → banks."""

import re
import subprocess
from urllib.parse import urlsplit

import pytest

from people.models import Consent, Membership, MenteeProfile, Person, Questionnaire
from people.models.accounts import Role
from people.services import questionnaires
from tests.factories import make_curator, make_head, make_member, make_organization, make_person
from tests.people.makers_imports import HEADINGS, make_xlsx
from tests.people.makers_surveys import make_survey

pytestmark = pytest.mark.browser

PHONE, DESK = 390, 1280
ROWS = [
    HEADINGS,
    [1, "Зимина Ольга Петровна", "учитель химии", "химия", "", "01.09.2025", "", 1, "", ""],
    [2, "Лугов Пётр Андреевич", "учитель физики", "физика", "", "01.09.2010", "высшая", 20, "", ""],
    [3, "Рябинина Нина Олеговна", "педагог-психолог", "", "", "01.09.2018", "первая", 9, "", ""],
]
NEW_PASSWORD = "подснежник-весной"


@pytest.fixture
def curator(transactional_db):
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    make_head(school, login="head@zarya.example")
    questionnaires.install(school)
    return make_curator(school, login="curator@zarya.example")


def school_url(live_server, rest: str = "") -> str:
    return f"{live_server.url}/s/zarya/{rest}"


def links_in_pdf(content: bytes) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    text = done.stdout.decode()
    return re.findall(r"https?://\S+(?:\n[\w/-]+(?=\n))?", text)


def printed(page, button: str) -> bytes:
    """The bytes of the PDF that a form button brings; the viewer of the browser keeps them to itself."""
    found = []

    def keep(route) -> None:
        answer = route.fetch()
        found.append(answer.body())
        route.fulfill(status=204)

    page.route("**/*.pdf", keep)
    page.get_by_role("button", name=button).click()
    page.wait_for_timeout(100)
    while not found:
        page.wait_for_timeout(100)
    page.unroute("**/*.pdf")
    return found[0]


@pytest.mark.req("R-301", "R-302", "R-316")
def test_from_the_staff_list_to_the_banks(curator, live_server, open_page):
    desk = open_page(curator, DESK)
    bring_the_list(desk, live_server)
    card = print_a_card(desk, live_server, "Зимина")
    phone = open_page(width=PHONE)
    set_a_password(phone, live_server, card)
    start_a_survey(desk, live_server)
    answer_on_the_phone(phone, live_server)
    ask_consents(desk, live_server)
    decide_on_the_phone(phone, live_server)
    mark_the_papers(desk, live_server, "Рябинина")
    see_the_bank(desk, live_server)
    assert not desk.errors + phone.errors


def bring_the_list(page, live_server) -> None:
    page.goto(school_url(live_server, "people/imports/"))
    page.locator("input[type=file]").set_input_files(
        {"name": "список.xlsx", "mimeType": "application/octet-stream", "buffer": make_xlsx(ROWS)}
    )
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/imports/\d+/"))
    if page.get_by_role("button", name="Показать, что изменится").count():
        page.get_by_role("button", name="Показать, что изменится").click()
    page.get_by_role("button", name="Записать 3 карточки").click()
    page.get_by_role("link", name="Открыть список сотрудников").wait_for()
    assert Person.objects.filter(last_name__in=["Зимина", "Лугов", "Рябинина"]).count() == 3


def print_a_card(page, live_server, surname: str) -> str:
    page.goto(school_url(live_server, "people/access/"))
    page.get_by_label(re.compile(surname)).check()
    content = printed(page, "Напечатать карточки")
    return links_in_pdf(content)[0]


def set_a_password(page, live_server, link: str) -> None:
    page.goto(live_server.url + urlsplit(link).path)
    for field in page.locator("input[type=password]").all():
        field.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Задать пароль и войти").click()
    page.wait_for_url(re.compile("/s/zarya/"))
    assert Membership.objects.get(person__last_name="Зимина").user.check_password(NEW_PASSWORD)


def start_a_survey(page, live_server) -> None:
    page.goto(school_url(live_server, "surveys/new/"))
    form = Questionnaire.objects.get(code="mentee_initial")
    page.get_by_label("Анкета", exact=False).first.select_option(str(form.pk))
    page.get_by_label(re.compile("Зимина")).check()
    page.get_by_role("button", name="Подготовить анкетирование").click()
    page.get_by_role("button", name="Начать анкетирование").click()
    page.get_by_role("button", name="Напомнить").wait_for()


def answer_on_the_phone(page, live_server) -> None:
    page.goto(school_url(live_server))
    page.get_by_role("link", name=re.compile("Ответить на анкету")).click()
    page.locator("[data-next]").wait_for()
    while not page.locator("[data-finish]").is_visible():
        fill_the_step(page)
        page.locator("[data-next]").click()
    fill_the_step(page)
    page.locator("[data-finish]").click()
    page.get_by_role("button", name="Отправить ответы").click()
    page.wait_for_url(re.compile("/done/"))


def fill_the_step(page) -> None:
    """The first choice of every visible question, a word in every visible line."""
    for field in page.locator("[data-step]:not([hidden]) [data-code]:visible").all():
        kind = field.get_attribute("data-type")
        if kind in ("one", "yes_no", "scale", "many"):
            field.locator(".survey-options label, .survey-scale label").first.click()
        elif kind == "matrix":
            for row in field.locator(".survey-row").all():
                row.locator("label").first.click()
        elif kind in ("text", "long_text"):
            field.locator("input:not([type=hidden]), textarea").first.fill(
                "Хочу увереннее вести опыты"
            )
        elif kind == "number":
            field.locator("input:not([type=hidden])").fill("3")


def ask_consents(page, live_server) -> None:
    page.goto(school_url(live_server, "consents/ask/"))
    page.locator("select[name=kind], input[name=kind][value=data]").first.wait_for()
    page.get_by_label(re.compile("Зимина")).check()
    page.get_by_label(re.compile("Рябинина")).check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    assert Consent.objects.filter(state="asked", kind="data").count() == 2


def decide_on_the_phone(page, live_server) -> None:
    """«Не согласна» is as easy as «согласна»."""
    page.goto(school_url(live_server, "me/consents/"))
    page.locator("main a[href*='/me/consents/']").first.click()
    page.get_by_role("button", name=re.compile("Отказ|Не соглас")).first.click()
    confirm = page.locator("dialog[open] button[type=submit], dialog[open] .btn-primary")
    if confirm.count():
        confirm.first.click()
    page.wait_for_load_state()
    assert Consent.objects.get(person__last_name="Зимина").state == "refused"


def mark_the_papers(page, live_server, surname: str) -> None:
    page.goto(school_url(live_server, "consents/papers/"))
    page.get_by_label(re.compile(surname)).check()
    page.get_by_role("button", name="Отметить полученные").click()
    page.wait_for_load_state()
    assert Consent.objects.get(person__last_name=surname).state == "given"


def see_the_bank(page, live_server) -> None:
    """The refused one is on a card of the bank, hidden, and the curator reads why."""
    assert MenteeProfile.objects.get().person.last_name == "Зимина"
    page.goto(school_url(live_server, "banks/mentees/"))
    text = page.locator("main").inner_text()
    assert "Зимина" in text
    assert "тказ" in text


@pytest.fixture
def respondent(curator):
    return make_member(curator.organization, Role.STAFF, login="teacher@zarya.example")


@pytest.mark.req("R-302")
def test_a_lost_connection_loses_no_answer(curator, respondent, live_server, open_page):
    survey = make_survey(curator, [respondent.person], code="mentee_initial")
    row = survey.participants.get()
    page = open_page(respondent, PHONE)
    page.goto(school_url(live_server, f"surveys/my/{row.pk}/"))
    page.locator("[data-next]").click()
    page.context.set_offline(True)
    line = page.locator("[data-step]:not([hidden]) [data-code]:visible").first
    fill_the_step(page)
    page.get_by_text("Нет связи.").wait_for()
    assert not row.survey.responses.exists()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("Сохранено").wait_for()
    page.wait_for_function("id => localStorage.getItem('survey-' + id) === '{}'", arg=str(row.pk))
    code = line.get_attribute("data-code")
    answer = survey.responses.get().answers.get(question=code)
    page.reload()
    page.locator("[data-next]").click()
    assert answer.value
    assert page.locator(f"[data-code={code}] :checked, [data-code={code}] input").count()


def test_a_closed_browser_keeps_what_was_typed_offline(curator, respondent, live_server, open_page):
    survey = make_survey(curator, [respondent.person], code="mentee_initial")
    row = survey.participants.get()
    page = open_page(respondent, PHONE)
    address = school_url(live_server, f"surveys/my/{row.pk}/")
    page.goto(address)
    page.locator("[data-next]").click()
    page.context.set_offline(True)
    fill_the_step(page)
    page.get_by_text("Нет связи.").wait_for()
    page.context.set_offline(False)
    page.goto(address)
    page.get_by_text("Сохранено").wait_for()
    page.wait_for_function("id => localStorage.getItem('survey-' + id) === '{}'", arg=str(row.pk))
    assert survey.responses.get().answers.exists()


def test_a_second_window_with_an_older_draft_is_shown_both_answers(
    curator, respondent, live_server, open_page
):
    survey = make_survey(curator, [respondent.person], code="mentee_initial")
    row = survey.participants.get()
    address = school_url(live_server, f"surveys/my/{row.pk}/")
    first, second = open_page(respondent, PHONE), open_page(respondent, PHONE)
    for page in (first, second):
        page.goto(address)
        page.locator("[data-next]").click()
    fill_the_step(first)
    first.get_by_text("Сохранено").wait_for()
    first.wait_for_function("id => localStorage.getItem('survey-' + id) === '{}'", arg=str(row.pk))
    code = survey.responses.get().answers.order_by("pk").first().question
    field = second.locator(f"[data-code={code}]")
    labels = field.locator(".survey-options label, .survey-scale label")
    labels.last.click() if labels.count() else field.locator("input, textarea").last.fill("другое")
    second.locator(f"[data-code={code}] [data-error]").get_by_text("окне").wait_for()
    kept = survey.responses.get().answers.get(question=code)
    assert kept.revision == 1


def test_a_new_card_kills_the_old_one(curator, live_server, open_page):
    make_person(curator.organization, last_name="Лугов")
    desk = open_page(curator, DESK)
    old = print_a_card(desk, live_server, "Лугов")
    new = print_a_card(desk, live_server, "Лугов")
    page = open_page(width=PHONE)
    page.goto(live_server.url + urlsplit(old).path)
    page.get_by_role("heading", name="Эта ссылка больше не действует").wait_for()
    page.goto(live_server.url + urlsplit(new).path)
    page.locator("input[type=password]").first.wait_for()
