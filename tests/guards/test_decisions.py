"""Every door through which something is approved asks for the password again."""

import inspect
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import get_resolver, reverse

from mentoring.portal.routes import routes
from people.models import JournalEntry
from people.reauthentication import WITHOUT
from tests.guards.test_foreign_rows import ask_again

pytestmark = [pytest.mark.xdist_group("two-schools"), pytest.mark.access]

# Who may, by the name of the address.
DECISIONS = {
    "document_approve": "head", "approvals_many": "head", "document_sign": "curator", "bank_approve": "head",
    "program_approve": "curator", "program_lock": "curator", "change_decide": "curator",
    "report_decide": "curator", "retention_purge": "curator", "submission": "",
}  # fmt: skip
# Words of a decision in the address, and why no password is asked.
OTHERS = {
    "program_agree": "each side of a pair agrees; the curator approves afterwards",
    "program_agree_paper": "a record of what stands on paper",
    "agreement_paper": "a record of what stands on paper",
    "request_decide": "drafts an order, which the head approves",
    "grant_decide": "taken back at any time",
    "award_decide": "drafts an order, or records the answer of an authority",
    "letter_decide": "lets letters leave, approves nothing",
    "matching_lock": "a pair is kept in its place while matching is computed",
    "paper_signed": "a record of a paper signed before the portal",
    "event_sign_up": "an own wish",
    "public_document": "read only",
}
WORDS = re.compile(r"approv|decide|(^|_)sign|purge|_lock$|agree|accept")
ROUTES = {}
for one in routes():
    if one.method == "POST" and not one.name.startswith(("admin:", "account_", "mfa_")):
        ROUTES.setdefault(one.name, one)


def test_every_address_that_sounds_like_a_decision_is_in_the_table():
    sounding = {name for name in ROUTES if WORDS.search(name)}
    assert sounding - set(DECISIONS) - set(OTHERS) == {"approvals_many"} - set(DECISIONS)
    assert set(DECISIONS) - set(ROUTES) == set()


@pytest.mark.parametrize("name", DECISIONS)
def test_the_view_asks(name):
    callback = next(entry for entry in patterns() if entry.name == name).callback
    text = inspect.getsource(inspect.unwrap(callback))
    assert ("ask_again(request)" in text) or ("@reauthentication_required" in text)


def patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        yield from patterns(entry) if hasattr(entry, "url_patterns") else [entry]


@pytest.mark.parametrize(("name", "role"), [pair for pair in DECISIONS.items() if pair[1]])
def test_without_the_password_nothing_is_decided(name, role, two_schools):
    path = ROUTES[name].path(two_schools.school)
    before = JournalEntry.objects.count()
    answer = two_schools.visit(role, "POST", path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))  # fmt: skip
    htmx = two_schools.client(role).post(path, headers={"hx-request": "true"})
    assert htmx["Location"].split("?")[0] == reverse("account_reauthenticate")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(("name", "role"), [pair for pair in DECISIONS.items() if pair[1]])
def test_with_it_the_door_opens(name, role, two_schools):
    ask_again(two_schools)
    answer = two_schools.visit(role, "POST", ROUTES[name].path(two_schools.school))
    assert "reauthenticate" not in answer.get("Location", "")
    assert answer.status_code in (200, 302)


def test_who_has_neither_password_nor_generator_is_told_why(two_schools):
    user = two_schools.members["curator"].user
    ask_again(two_schools)
    get_user_model().objects.filter(pk=user.pk).update(password="!nothing")
    two_schools.members["curator"].user.refresh_from_db()
    browser = two_schools.client("curator")
    browser.force_login(two_schools.members["curator"].user, backend="people.accounts.PasswordBackend")  # fmt: skip
    answer = browser.post(ROUTES["program_approve"].path(two_schools.school))
    assert answer.status_code == 403
    assert WITHOUT in answer.content.decode()
