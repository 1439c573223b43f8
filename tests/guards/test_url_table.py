"""Every address × role × expected code, with two schools full of rows."""

import pytest
from django.db import transaction
from django.test import Client

from mentoring.portal.routes import ROLES, resolver_names, routes
from tests.full_schools import fill_school

FOREIGN_WORD = "Сорока"
ROUTES = routes()


@pytest.fixture
def schools(db):
    """Our school, its members by role, and the neighbour's curator as the stranger."""
    school, members = fill_school("school", "Ласточка")
    _, neighbours = fill_school("neighbour", FOREIGN_WORD)
    return school, {**members, "stranger": neighbours["curator"]}


def client(members, role: str) -> Client:
    browser = Client(raise_request_exception=False)
    if role != "anonymous":
        browser.force_login(members[role].user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_every_address_is_in_the_table_and_every_line_is_an_address():
    known = {route.name for route in ROUTES}
    real = {name for name in resolver_names() if name}
    assert (real - known, known - real) == (set(), set())


def chunks() -> list[tuple[str, list]]:
    """Routes in eight handfuls: two full schools are built once per handful."""
    return [(f"part {place}", ROUTES[place::8]) for place in range(8)]


@pytest.mark.parametrize(("part", "lines"), chunks(), ids=[name for name, _ in chunks()])
def test_each_role_gets_its_code_and_nothing_of_the_neighbour(part, lines, schools):

    school, members = schools
    wrong, leaks = [], []
    for route in lines:
        path = route.path(school)
        for role, expected in zip(ROLES, route.codes, strict=True):
            answer = visit(client(members, role), route.method, path)
            if answer.status_code != expected:
                wrong.append(f"{route.method} {path} {role}: {answer.status_code}, not {expected}")
            if role not in ("stranger", "anonymous") and FOREIGN_WORD in text_of(answer):
                leaks.append(f"{path} {role}")
    assert (wrong, leaks) == ([], [])


def visit(browser: Client, method: str, path: str):
    """One request whose changes are taken back, so that the lines do not disturb each other."""
    with transaction.atomic():
        answer = getattr(browser, method.lower())(path)
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def text_of(answer) -> str:
    if not answer.get("Content-Type", "").startswith("text/html"):
        return ""
    return answer.body.decode()
