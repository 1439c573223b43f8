"""Who gets in: scopes × endpoints × tokens; what every answer looks like."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mentoring.portal.api.app import api
from people.models import ApiToken
from people.models.accounts import Role
from people.services import api_tokens, persons
from people.services.accounts import token_hash
from tests.api.makers import ALL_SCOPES, TODAY, Reader, make_token, reader, report_in_force
from tests.factories import make_member

pytestmark = pytest.mark.usefixtures("quick_papers")

# Endpoint -> the scope it needs; "" = any token.
ENDPOINTS = {
    "": "",
    "openapi.json": "",
    "organization": "organization:read",
    "indicators": "figures:read",
    "reports": "reports:read",
    "reports/{report}": "reports:read",
    "requests": "requests:read",
    "requests/{request}": "requests:read",
    "requests/{request}/summary": "requests:read",
    "requests/{request}/submissions": "requests:read",
    "requests/{request}/submissions/{school}": "requests:read",
}


def addresses(**ids) -> dict[str, str]:
    numbers = {"report": 1, "request": 1, "school": 1, **ids}
    return {address.format(**numbers): scope for address, scope in ENDPOINTS.items()}


def codes(one: Reader, **ids) -> dict[str, int]:
    return {address: one.get(address).status_code for address in addresses(**ids)}


def test_every_documented_address_is_in_this_table():
    documented = {path.removeprefix("/api/v1/") for path in api.get_openapi_schema(path_params={})["paths"]}  # fmt: skip
    written = {address.replace("report}", "pk}").replace("{request}", "{pk}") for address in ENDPOINTS}  # fmt: skip
    assert written - {"openapi.json"} == documented


@pytest.mark.parametrize("scope", ALL_SCOPES)
def test_a_token_opens_what_its_scope_says_and_nothing_else(scope, region):
    """The authority's curator may give out all scopes; ids of nobody answer 404 behind the right scope."""
    found = codes(reader(region.curator, scope), request=region.request.pk)
    for address, needed in addresses(request=region.request.pk).items():
        expected = {200, 404} if needed in ("", scope) else {403}
        assert found[address] in expected, (address, found[address])


def dead_tokens(school, curator, portal_admin) -> dict[str, str]:
    """Secrets that must not open anything, by what is wrong with them."""
    revoked, expired = (make_token(curator, "organization:read", name=name) for name in ("отозван", "истёк"))  # fmt: skip
    api_tokens.revoke(ApiToken.objects.get(name="отозван"), by=portal_admin)
    ApiToken.objects.filter(name="истёк").update(expires_on=TODAY - dt.timedelta(days=1))
    former = make_member(school, Role.CURATOR)
    left = make_token(former, "organization:read")
    persons.person_left(former.person, on=TODAY - dt.timedelta(days=1), by=portal_admin)
    return {"none": "", "wrong": "nst_" + "x" * 43, "revoked": revoked, "expired": expired, "left": left, "no secret": "nst_"}  # fmt: skip


def test_dead_tokens_open_nothing(school, curator, portal_admin):
    for what, secret in dead_tokens(school, curator, portal_admin).items():
        assert set(codes(Reader(secret)).values()) == {401}, what


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "nst_x", "Bearer \x00", "Bearer ключ", "Bearer a b c"])  # fmt: skip
def test_a_broken_header_is_401_with_a_russian_sentence(header, db):
    answer = Client(headers={"authorization": header}).get("/api/v1/organization")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"].startswith("Нужен действующий токен")


def test_a_session_is_no_token(client_for, curator):
    """Nor is it read: no query, no cookie, nothing that varies by cookie."""
    client = client_for(curator)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/api/v1/organization")
    assert (answer.status_code, len(captured)) == (401, 0)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_token_of_the_neighbour_reads_the_neighbour(school, other_school, curator, stranger):
    ours, theirs = (reader(one, "organization:read").json("organization") for one in (curator, stranger))  # fmt: skip
    assert (ours["slug"], theirs["slug"]) == (school.slug, other_school.slug)


@pytest.mark.parametrize(("address", "code"), [("organization", 200), ("nothing/here", 404), ("reports", 403)])  # fmt: skip
def test_answers_are_private_and_carry_the_headers_of_safety(address, code, curator):
    answer = reader(curator, "organization:read").get(address)
    assert answer.status_code == code
    expected = {
        "Content-Type": "application/json; charset=utf-8", "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    }  # fmt: skip
    assert {name: answer[name] for name in expected} == expected


def test_pages_keep_their_own_policy(client, db):
    assert "script-src 'self'" in client.get("/accounts/login/")["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(method, curator):
    one = reader(curator, "organization:read")
    for address in addresses():
        answer = getattr(one.client, method)(f"/api/v1/{address}")
        assert (answer.status_code, answer["Allow"]) == (405, "GET")
        assert answer.json()["detail"].startswith("Этот адрес только читают")
        assert answer["Cache-Control"] == "private, no-store"


def test_the_limit_of_one_token_leaves_the_other_free(curator, settings):
    """The minute of the busy token lies ahead, so that no clock frees it while the test runs."""
    busy, other = (make_token(curator, "organization:read") for _ in range(2))
    rows = ApiToken.objects.filter(token_hash=token_hash(busy))
    rows.update(minute=2**40, in_minute=settings.API_REQUESTS_PER_MINUTE - 1)
    one = Reader(busy)
    assert one.get("organization").status_code == 200
    answer = one.get("organization")
    assert answer.status_code == 429
    assert answer.json()["detail"].startswith("Слишком много запросов")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert one.get("reports/1").status_code == 403  # the right is asked first
    assert one.get("").status_code == 429  # one limit for all addresses
    assert Reader(other).get("organization").status_code == 200


def test_a_fault_of_ours_is_json_and_tells_nothing(curator, monkeypatch, caplog):
    def broken(*args):
        raise ValueError("секрет")

    monkeypatch.setattr("mentoring.portal.api.own.shown_token", broken)
    answer = reader(curator, "organization:read").get("")
    assert answer.status_code == 500
    assert answer.json()["detail"].startswith("На портале произошла ошибка")
    assert "секрет" not in answer.content.decode()
    assert "/api/v1/ failed" in caplog.text


# Queries: two for the token, one for its limit, then what the address itself needs.
QUERIES = {
    "": 3,
    "openapi.json": 3,
    "organization": 3,
    "indicators": 8,
    "reports": 5,
    "reports/{report}": 4,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_each_address_states_its_number_of_queries(rows, staff, django_assert_num_queries):
    curator, head = staff
    papers = [report_in_force(curator, head, str(number)) for number in range(rows)]
    one = reader(curator, "organization:read", "figures:read", "reports:read")
    one.get("")
    for address, number in QUERIES.items():
        with django_assert_num_queries(number):
            assert one.get(address.format(report=papers[0].pk)).status_code == 200
