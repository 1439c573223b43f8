"""What an operator is told before the portal is opened, and what a report of an error does not tell."""

import sys

import pytest
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
    request = RequestFactory().post(
        "/accounts/login/", {"login": "vetrova@school.example", "password": "тайна-7"},
        headers={"cookie": "sessionid=abcdef123", "authorization": "Bearer nst_secret"},
    )  # fmt: skip

    def fails():
        pupil = "Ветрова Мария Ильинична"  # noqa: F841 – what must not be told
        raise ValueError("broken")

    try:
        fails()
    except ValueError:
        reporter = ExceptionReporter(request, *sys.exc_info())
    report = reporter.get_traceback_text()
    told = [
        word
        for word in ("тайна", "vetrova", "abcdef123", "nst_secret", "SECRET_KEY")
        if word in report
    ]
    assert told == []
    html = reporter.get_traceback_html()
    assert [
        word for word in ("vetrova", "abcdef123", "nst_secret", "Ильинична</pre>") if word in html
    ] == []
    assert "ValueError" in report
