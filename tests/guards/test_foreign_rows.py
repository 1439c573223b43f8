"""A member who puts a neighbour's id into an own address learns and changes nothing."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from mentoring.portal.routes import Route, routes
from mentoring.portal.samples import SCHOOLLESS, sample
from tests.guards.conftest import FOREIGN_WORD

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]
# Words of an address that name no row: which bank, which catalogue, which term, which figure, which list of the section.
WORDS = {
    "bank",
    "catalogue",
    "catalogue_item",
    "term",
    "indicator",
    "asked",
    "asked_of",
    "public_page",
}
NO_ROW = {*SCHOOLLESS, *WORDS, "school", "token", "app", "user"}
WITH_ROW = [route for route in routes() if route.sample not in NO_ROW]
NAMES = sorted({route.name for route in WITH_ROW})
MEMBERS = ("teacher", "psychologist", "head", "curator", "portal_admin")
NOBODY = 987654321


def paths(route: Route, schools) -> tuple[str, str]:
    """Address in our school with an id of the neighbour, and with an id that nobody has."""
    arguments = sample(route.sample, schools.other)
    missing = {
        name: NOBODY if isinstance(value, int) and name != "number" else value
        for name, value in arguments.items()
    }
    school = {} if route.name.startswith("admin:") else {"school": schools.school.slug}
    return tuple(reverse(route.name, kwargs={**school, **found}) for found in (arguments, missing))


def ask_again(schools) -> None:
    """All have typed the password a second time, so approvals do not stop at that question."""
    for role in MEMBERS:
        session = SessionStore(schools.keys[role])
        session["account_authentication_methods_user"] = str(schools.members[role].user.pk)
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()


@pytest.mark.parametrize("name", NAMES)
def test_an_id_of_the_neighbour_answers_like_an_id_of_nobody(name, two_schools):
    ask_again(two_schools)
    wrong = []
    for route in (route for route in WITH_ROW if route.name == name):
        theirs, nobodys = paths(route, two_schools)
        for role in MEMBERS:
            answer = two_schools.visit(role, route.method, theirs)
            same = two_schools.visit(role, route.method, nobodys)
            told = FOREIGN_WORD in answer.body.decode(errors="replace")
            if told or answer.status_code == 200 or answer.status_code != same.status_code:
                wrong.append(
                    f"{route.method} {theirs} {role}: {answer.status_code}, nobody's {same.status_code}"
                )
    assert wrong == []
