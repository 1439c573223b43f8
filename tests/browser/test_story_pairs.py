"""From questionnaires to a pair in force by clicks: run → adjust → preferences → accept → order → active."""

import re

import pytest
from django.utils import timezone

from people.models import MenteeNeed, MentorStrength
from programs.models import MatchingRun, MentoringGroup
from roadmap.models import Document, Event, EventParticipant
from tests.browser.steps import approve_paper
from tests.factories import make_curator, make_head, make_organization
from tests.programs.makers import mentee_of, mentor_of

pytestmark = pytest.mark.browser

PHONE, DESK = 390, 1280


@pytest.fixture
def people(transactional_db):
    school = make_organization(slug="zarya", short_name="МБОУ «Школа „Заря“»")
    found = {
        "curator": make_curator(school),
        "head": make_head(school, login="head@zarya.example"),
        "mentor": mentor_of(school, last_name="Орлова", capacity=1),
        "other": mentor_of(school, last_name="Быкова", capacity=1),
        "mentee": mentee_of(school, last_name="Зимина"),
    }
    profile, card = found["mentee"].person.mentee_profile, found["other"].person.mentor_profile
    MenteeNeed.objects.filter(profile=profile).update(direction="digital", weight=3)
    MentorStrength.objects.filter(profile=card).update(direction="digital", level=3)
    session = Event.objects.create(organization=school, kind="group_session", title="Знакомство", starts_at=timezone.now(), state="held")  # fmt: skip
    for side in ("mentor", "mentee"):
        EventParticipant.objects.create(organization=school, event=session, person=found[side].person, attended=True)  # fmt: skip
    return found


def at(live_server, rest: str = "") -> str:
    return f"{live_server.url}/s/zarya/{rest}"


@pytest.mark.req("R-401", "R-507", "R-509")
def test_from_the_run_to_a_pair_in_force(people, live_server, open_page):
    desk = open_page(people["curator"], DESK)
    compute_and_adjust(desk, live_server)
    ask_preferences(desk, live_server)
    for side, other in (("mentee", "Орлова"), ("mentor", "Зимина")):
        prefer_on_the_phone(open_page(people[side], PHONE), live_server, other)
    send_what_both_want(desk, live_server)
    for side in ("mentor", "mentee"):
        accept_on_the_phone(open_page(people[side], PHONE), live_server)
    draft_the_order(desk, live_server)
    approve_on_the_phone(open_page(people["head"], PHONE), live_server)
    group = MentoringGroup.objects.get()
    assert (group.state, group.mentor) == ("active", people["mentor"].person)
    desk.goto(at(live_server, "groups/"))
    assert "работает" in desk.locator("main").inner_text()
    assert not desk.errors


def compute_and_adjust(page, live_server) -> None:
    """The plain list names the best; the computed run is changed by hand, then sent."""
    page.goto(at(live_server, "matching/"))
    first = page.locator(".suggestions ol li").first.inner_text()
    assert first.startswith("Быкова")
    page.locator("details.more summary").click()
    page.get_by_role("button", name="Подобрать").click()
    page.get_by_text("Распределение лучшее из возможных").wait_for()
    page.get_by_role("link", name=re.compile("^Зимина")).click()
    choose(page, "Орлова")
    page.get_by_role("button", name="Перенести").click()
    page.get_by_text(re.compile("Сумма баллов снизилась на")).wait_for()
    assert MatchingRun.objects.get().choices.get().mentor.last_name == "Орлова"


def ask_preferences(page, live_server) -> None:
    page.goto(at(live_server, "matching/preferences/"))
    page.get_by_role("button", name=re.compile("Открыть анкету тем, кто был")).click()
    page.get_by_text("Анкеты открыты").wait_for()


def prefer_on_the_phone(page, live_server, surname: str) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Ответить на анкету")).click()
    choice = page.locator("[data-code=preferred] select").first
    page.locator("[data-next]").wait_for()
    while not choice.is_visible():
        page.locator("[data-next]").click()
    option = choice.locator("option", has_text=surname)
    choice.select_option(option.get_attribute("value"))
    while not page.locator("[data-finish]").is_visible():
        page.locator("[data-next]").click()
    page.locator("[data-code=ready] label").first.click()
    page.locator("[data-finish]").click()
    page.get_by_role("button", name="Отправить ответы").click()
    page.wait_for_url(re.compile("/done/"))
    assert not page.errors


def send_what_both_want(page, live_server) -> None:
    page.goto(at(live_server, "matching/preferences/"))
    assert "Зимина" in page.get_by_role("listitem").filter(has_text="Предложить пару").inner_text()
    page.goto(f"{live_server.url}{MatchingRun.objects.get().get_absolute_url()}")
    page.get_by_role("button", name="Предложить пары").click()
    page.get_by_text("Предложено пар: 1").wait_for()


def choose(page, surname: str) -> None:
    value = page.locator("select[name=mentor] option", has_text=surname).get_attribute("value")
    page.locator("select[name=mentor]").select_option(value)


def accept_on_the_phone(page, live_server) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name="Ответить на предложение пары").click()
    page.get_by_role("button", name="Согласиться").click()
    page.get_by_text("Спасибо, ответ записан.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not page.errors


def draft_the_order(page, live_server) -> None:
    page.goto(at(live_server))
    page.get_by_role("link", name=re.compile("Составить приказ: 1 пара")).click()
    page.locator("input[name=groups]").check()
    page.get_by_role("button", name="Составить черновик").click()
    page.wait_for_url(re.compile(r"/documents/\d+/"))
    page.get_by_role("button", name="Отправить на утверждение").click()
    confirm = page.locator("dialog[open] button[type=submit], dialog[open] .btn-primary")
    if confirm.count():
        confirm.first.click()
    page.get_by_text("Отправлено на утверждение.").wait_for()
    assert Document.objects.get(kind="pair_order").state == "review"


def approve_on_the_phone(page, live_server, kind: str = "pair_order") -> None:
    page.goto(at(live_server, "approvals/"))
    approve_paper(page)
    page.wait_for_load_state()
    assert Document.objects.get(kind=kind).dated_on == timezone.localdate()
