"""What an operator is told before the portal is opened, and what a report of an error does not tell."""

import secrets
import sys

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from mentoring.core.checks import settings_of_a_public_portal

GOOD = {
    "PUBLIC_URL": "https://nastavnik.example",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": ["nastavnik.example"],
}


@pytest.mark.parametrize(
    ("over", "ids"),
    [
        ({}, []),
        ({"PUBLIC_URL": "http://nastavnik.example"}, ["core.W010"]),
        ({"SECRET_KEY": "local-" + "x" * 60}, ["core.W011"]),
        ({"ALLOWED_HOSTS": ["other.example"]}, ["core.W012"]),
        ({"ALLOWED_HOSTS": ["nastavnik.example", "*"]}, ["core.W013"]),
    ],
)
def test_settings_of_a_public_portal(over, ids, settings):
    for name, value in {**GOOD, **over}.items():
        setattr(settings, name, value)
    assert [warning.id for warning in settings_of_a_public_portal()] == ids


def test_a_report_of_an_error_holds_nothing_that_was_typed():
    """Words made on the spot: the lines of this file stand in the report."""
    typed, cookie, header, name = (secrets.token_hex(8) for _ in range(4))
    request = RequestFactory().post(
        "/accounts/login/", {"login": typed, "password": typed},
        headers={"cookie": f"sessionid={cookie}", "authorization": f"Bearer {header}"},
    )  # fmt: skip

    def fails(pupil: str):
        raise ValueError("broken")

    try:
        fails(name)
    except ValueError:
        reporter = ExceptionReporter(request, *sys.exc_info())
    text, html = reporter.get_traceback_text(), reporter.get_traceback_html()
    for report in (text, html):
        assert [
            word for word in (typed, cookie, header, name, settings.SECRET_KEY) if word in report
        ] == []
    assert "ValueError" in text
    assert report_of_post(reporter) == {}


def report_of_post(reporter) -> dict:
    return dict(reporter.get_traceback_data()["filtered_POST_items"])
