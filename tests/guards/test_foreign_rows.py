"""A member who puts a neighbour's id into an own address learns and changes nothing."""

import pytest

from mentoring.portal.routes import routes
from tests.guards.conftest import FOREIGN_WORD
from tests.leaks.pages import NO_ROW, paths
from tests.leaks.world import ask_again

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]
WITH_ROW = [route for route in routes() if route.sample not in NO_ROW]
NAMES = sorted({route.name for route in WITH_ROW})
MEMBERS = ("teacher", "psychologist", "head", "curator", "portal_admin")


@pytest.mark.parametrize("name", NAMES)
def test_an_id_of_the_neighbour_answers_like_an_id_of_nobody(name, two_schools):
    ask_again(two_schools)
    wrong = []
    for route in (route for route in WITH_ROW if route.name == name):
        theirs, nobodys = paths(route, two_schools.school, two_schools.other)
        for role in MEMBERS:
            answer = two_schools.visit(role, route.method, theirs)
            same = two_schools.visit(role, route.method, nobodys)
            told = FOREIGN_WORD in answer.body.decode(errors="replace")
            if told or answer.status_code == 200 or answer.status_code != same.status_code:
                wrong.append(
                    f"{route.method} {theirs} {role}: {answer.status_code}, nobody's {same.status_code}"
                )
    assert wrong == []
