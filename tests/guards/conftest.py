"""Two schools full of rows, built once for all guards that ask about the neighbour."""

from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client, override_settings

from people.models import Membership, Organization
from tests.conftest import private_settings
from tests.full_schools import fill_school, mark_texts
from tests.guards import headers

OWN_WORD, FOREIGN_WORD = "Ласточка", "Сорока"


@dataclass(frozen=True)
class TwoSchools:
    """`members` of our school by role and, as `stranger`, the neighbour's curator; `keys` of their sessions."""

    school: Organization
    other: Organization
    members: dict[str, Membership]
    keys: dict[str, str]

    def client(self, role: str) -> Client:
        """Signed in as that role."""
        browser = Client(raise_request_exception=False)
        if role != "anonymous":
            browser.cookies[django_settings.SESSION_COOKIE_NAME] = self.keys[role]
        return browser

    def visit(self, role: str, method: str, path: str):
        """One request whose changes are taken back, so that visits do not disturb each other.

        Every answer must carry the headers of every answer, and no markup that the policy stops.
        """
        with transaction.atomic():
            answer = getattr(self.client(role), method.lower())(path)
            answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        faults = headers.faults_of(answer, text_of(answer))
        assert not faults, f"{method} {path} {role}: {faults}"
        return answer


def session_key(member: Membership) -> str:
    """A session as it is after sign-in."""
    browser = Client()
    browser.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser.session.session_key


@pytest.fixture(scope="package")
def built_schools(django_db_setup, django_db_blocker, tmp_path_factory):
    """(the schools, the folder of their files); taken back when the last guard is done."""
    folder = tmp_path_factory.mktemp("two-schools")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**private_settings(folder)):
            school, members = fill_school("lastochka", OWN_WORD)
            other, neighbours = fill_school("soroka", FOREIGN_WORD)
            mark_texts(other, FOREIGN_WORD)
        other.refresh_from_db()
        members["stranger"] = neighbours["curator"]
        keys = {role: session_key(member) for role, member in members.items()}
        schools = TwoSchools(school, other, members, keys)
        yield schools, private_settings(folder)["MEDIA_ROOT"]
        transaction.set_rollback(True)


@pytest.fixture
def two_schools(built_schools, settings, db) -> TwoSchools:
    schools, files = built_schools
    settings.MEDIA_ROOT = files
    return schools


def text_of(answer) -> str:
    """Text of a page; empty for files."""
    html = answer.get("Content-Type", "").startswith("text/html")
    return answer.body.decode() if html else ""
