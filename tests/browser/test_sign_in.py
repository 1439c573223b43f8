"""The shared computer of a staff room and the phone at the door: sessions that end, passwords that are wrong."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, member, password: str = PASSWORD) -> None:
    page.locator("[name=login]").fill(member.user.username)
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def watched(page) -> list[str]:
    return page.evaluate("window.__violations") + page.errors


def test_a_session_that_ended_gives_the_form_back_and_the_way_back_shows_nothing(
    school, curator, live_server, open_page
):
    page = open_page(curator, 390)
    edit = live_server.url + reverse("person_edit", args=[school.slug, curator.person_id])
    page.goto(edit)
    page.locator("[name=job_title]").fill("методист")
    page.wait_for_timeout(500)  # the tab keeps what is typed after a third of a second
    Session.objects.all().delete()
    page.locator("main form button[type=submit]").first.click()
    page.locator("[name=login]").wait_for()
    sign_in(page, curator)
    page.goto(edit)
    page.get_by_text("Введённое сохранено и возвращено в поля").wait_for()
    assert page.locator("[name=job_title]").input_value() == "методист"
    page.locator("header details.menu summary").click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url(lambda url: "/s/" not in url)
    page.go_back()
    page.wait_for_load_state()
    assert curator.person.last_name not in page.content()
    assert watched(page) == []


def test_five_wrong_passwords_then_a_calm_sentence(school, teacher, live_server, open_page):
    page = open_page(None, 390)
    login = live_server.url + reverse("account_login")
    for _ in range(6):
        page.goto(login)
        sign_in(page, teacher, "неверный пароль")
    page.get_by_text("Слишком много неверных попыток подряд").wait_for()
    assert watched(page) == []
