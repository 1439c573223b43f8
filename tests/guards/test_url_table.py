"""Every address × role × expected code, with two schools full of rows."""

import re

import pytest
from django.db import connection
from django.urls import URLPattern, get_resolver

from mentoring.portal.routes import ROLES, resolver_names, routes
from tests.leaks.marks import found
from tests.leaks.pages import hidden_from

pytestmark = pytest.mark.xdist_group("two-schools")
ROUTES = routes()
NAMES = sorted({route.name for route in ROUTES})
# The way to the sign-in asks no database: once, on SQLite, is enough.
SIGN_IN_ONCE = connection.vendor == "postgresql"
TAG, TWO_STOPS = re.compile(r"<[^>]*>"), re.compile(r"\S*[^\s.]\.\.(?!\.)")


def test_every_address_is_in_the_table_and_every_line_is_an_address():
    assert resolver_names() - {None} == set(NAMES)


def nameless(resolver, prefix: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        where = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            found += nameless(pattern, where)
        elif not pattern.name:
            found.append(where)
    return found


def test_no_address_escapes_the_table_by_having_no_name():
    """Django's admin has two kinds: the old short address of a record, and «nothing here»."""
    others = [
        where
        for where in nameless(get_resolver())
        if not (
            where.startswith("admin/") and where.endswith(("/<path:object_id>/", "(?P<url>.*)$"))
        )
    ]
    assert others == []


def hidden(schools, role: str) -> tuple[str, ...]:
    """Words of the neighbour, and those of our school that the role may not read."""
    return schools.closed(role) if role == "stranger" else hidden_from(schools, role)


@pytest.mark.req("R-213", "R-224", "R-305")
@pytest.mark.parametrize("name", NAMES)
def test_each_role_gets_its_code_and_nothing_closed_to_it(name, two_schools):
    wrong, leaks, slips = [], [], []
    for route in (route for route in ROUTES if route.name == name):
        path = route.path(two_schools.school)
        for role, expected in zip(ROLES, route.codes, strict=True):
            if SIGN_IN_ONCE and (role, expected) == ("anonymous", 302):
                continue
            answer = two_schools.visit(role, route.method, path)
            if answer.status_code != expected:
                wrong.append(f"{route.method} {path} {role}: {answer.status_code}, not {expected}")
            # The stranger's own school stands in the frame of the admin and of account pages.
            leaks += [f"{path} {role}: {mark}" for mark in found(answer, hidden(two_schools, role))]
            slips += [f"{path} {role}: {words}" for words in two_stops(answer)]
    assert (wrong, leaks, slips) == ([], [], [])


def two_stops(answer) -> list[str]:
    """«2027 г..», «Дюма А. В..»: a sentence closed after an abbreviation."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return TWO_STOPS.findall(TAG.sub("", answer.content.decode()))


def test_a_stranger_does_not_learn_which_method_an_address_takes():
    """The API and the sign-out of the admin are no pages of a school."""
    pages = [route for route in ROUTES if ":" not in route.name]
    assert [route.name for route in pages if 405 in route.codes[:2]] == []
