"""A form sent while the portal was away: the person reads why, goes back, and everything typed is there."""

import pytest
from django.test import RequestFactory

from mentoring.core import outages
from mentoring.portal.views.failures import unavailable
from people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def away(route) -> None:
    """Answer a form as the portal does without its database; all else goes through."""
    if route.request.method != "POST":
        route.continue_()
        return
    answer = unavailable(RequestFactory().post("/"), outages.DATABASE)
    route.fulfill(status=503, content_type="text/html; charset=utf-8", body=answer.content.decode())


@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_sent_to_a_portal_that_is_away_comes_back_filled(curator, live_server, open_page, width):  # fmt: skip
    page = open_page(curator, width)
    page.route("**/people/new/", away)
    page.goto(f"{live_server.url}/s/{curator.organization.slug}/people/new/")
    page.fill("[name=last_name]", "Ветрова")
    page.fill("[name=first_name]", "Анна")
    page.select_option("[name=sex]", "f")
    page.locator("main button[type=submit]").click()
    page.get_by_role("heading", name="Портал перезапускается").wait_for()
    page.get_by_role("link", name="Вернуться").click()
    page.get_by_text("Введённое сохранено и возвращено в поля").wait_for()
    assert page.input_value("[name=last_name]") == "Ветрова"
    page.unroute("**/people/new/")
    page.locator("main button[type=submit]").click()
    page.get_by_role("heading", name="Ветрова").wait_for()
    assert Person.objects.filter(last_name="Ветрова", first_name="Анна").count() == 1
    assert page.evaluate("window.__violations") == page.errors == []
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('keep:'))") == []
