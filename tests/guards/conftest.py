"""Two schools full of rows, built once for all guards that ask about the neighbour."""

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import private_settings
from tests.full_schools import fill_school, mark_texts
from tests.guards import headers
from tests.leaks import secrets
from tests.leaks.filling import ids_of, more_members, parents_link
from tests.leaks.world import World, session_key, text_of

OWN_WORD, FOREIGN_WORD = "Ласточка", "Сорока"


class TwoSchools(World):
    def visit(self, role: str, method: str, path: str, *args, **kwargs):
        """Every answer must carry the headers of every answer, and no markup that the policy stops."""
        answer = super().visit(role, method, path, *args, **kwargs)
        faults = headers.faults_of(answer, text_of(answer))
        assert not faults, f"{method} {path} {role}: {faults}"
        return answer


@pytest.fixture(scope="package")
def built_schools(django_db_setup, django_db_blocker, tmp_path_factory):
    """(the schools, the folder of their files); taken back when the last guard is done."""
    folder = tmp_path_factory.mktemp("two-schools")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**private_settings(folder)):
            schools = fill_two()
        yield schools, private_settings(folder)["MEDIA_ROOT"]
        transaction.set_rollback(True)


def fill_two() -> TwoSchools:
    """`stranger` is the neighbour's curator, everybody else is of our school."""
    school, members = fill_school("lastochka", OWN_WORD)
    other, neighbours = fill_school("soroka", FOREIGN_WORD)
    members |= more_members(members, OWN_WORD)
    secrets.plant(members)
    links = {"representative": parents_link(members["curator"])}
    mark_texts(other, FOREIGN_WORD)
    other.refresh_from_db()
    members["stranger"] = neighbours["curator"]
    keys = {role: session_key(member) for role, member in members.items()}
    return TwoSchools(
        school, other, members, keys, own_mark=OWN_WORD, marks=(FOREIGN_WORD,), closed=secrets.closed_to,
        links=links, foreign_ids=ids_of(other),
    )  # fmt: skip


@pytest.fixture
def two_schools(built_schools, settings, db) -> TwoSchools:
    schools, files = built_schools
    settings.MEDIA_ROOT = files
    return schools
