"""Error pages and refusals carry the headers too; the walk over all addresses is `TwoSchools.visit`."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from mentoring.core.headers import PRIVATE
from tests.guards.headers import directives, faults_of, markup_faults, policy_faults


def broken(request):
    raise RuntimeError("broken on purpose")


def refusing(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", refusing(PermissionDenied("Нельзя."))),
    path("missing/", refusing(Http404())),
    path("suspicious/", refusing(SuspiciousOperation())),
    path("", include("mentoring.urls")),
]
ERRORS = {"/broken/": 500, "/forbidden/": 403, "/missing/": 404, "/suspicious/": 400}


@pytest.mark.parametrize(("address", "code"), ERRORS.items())
@pytest.mark.urls("tests.guards.test_headers")
def test_an_error_page_carries_the_headers_of_every_page(address, code, db):
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, faults_of(answer, answer.content.decode())) == (code, [])


def test_a_post_without_its_token_and_a_foreign_host_are_refused_with_the_headers(db):
    forged = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    foreign = Client().get("/accounts/login/", headers={"host": "evil.example"})
    for answer, code in ((forged, 403), (foreign, 400)):
        assert (answer.status_code, faults_of(answer, answer.content.decode())) == (code, [])


def test_over_https_a_foreign_host_is_refused_with_the_headers_and_the_browser_told_to_stay(db):
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31536000):
        foreign = Client().get("/", headers={"host": "evil.example"})
        own = Client().get("/accounts/login/", secure=True)
    assert (foreign.status_code, faults_of(foreign)) == (400, [])
    assert own["Strict-Transport-Security"] == "max-age=31536000"


def test_a_page_behind_sign_in_is_kept_by_nobody(client_for, teacher):
    answer = client_for(teacher).get("/s/school/")
    rules = directives(answer["Content-Security-Policy"])
    assert (answer["Cache-Control"], rules["frame-ancestors"]) == (PRIVATE, ["'none'"])


def test_the_watch_sees_what_the_policy_stops():
    text = """<a onclick="x()">1</a><p style="color:red">2</p><style>p{}</style><script>x()</script>
    <p title="on=1 style=2">ok</p><script src="/a.js"></script><script type="application/json">{}</script>"""
    assert markup_faults(text) == ["<a onclick>", "<p style>", "<style>", "<script> x()"]
    page = HttpResponse("", headers={
        "Content-Security-Policy": "default-src 'self'; script-src 'unsafe-inline'; frame-ancestors 'self'",
        "X-Frame-Options": "DENY",
    })  # fmt: skip
    assert policy_faults(page) == ["script-src 'unsafe-inline'", "two frame rules"]
