"""Each door on the last day but one, on the last day and on the day after it."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Invitation, Letter, RoleGrant
from people.models.accounts import Role
from people.services import (
    accounts,
    api_tokens,
    calendar_feed,
    files,
    outbox,
    persons,
    sessions,
    surveys,
)
from people.services.accounts import find_invitation, token_hash
from tests.factories import LONG_AGO, PASSWORD, make_member, make_organization, make_person
from tests.people.makers_surveys import make_survey

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)
# (last day, may today)
DAYS = [(TODAY + DAY, True), (TODAY, True), (TODAY - DAY, False)]
on_each_day = pytest.mark.parametrize(("last", "may"), DAYS, ids=["before", "last", "after"])


@pytest.fixture
def keeper(school):
    """Has every door: pages, admin, tokens, calendar, files."""
    return make_member(school, Role.CURATOR, Role.STAFF, last_name="Уходова")


def leave(member, last: dt.date, by) -> None:
    persons.person_left(member.person, on=last, by=by)


def signed_in(member) -> Client:
    browser = Client()
    form = {"login": member.user.username, "password": PASSWORD}
    browser.post(reverse("account_login"), form)
    return browser


def code(browser: Client, address: str) -> int:
    answer = browser.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # closes the file
    return answer.status_code


@on_each_day
def test_pages_admin_and_files_close_after_the_last_day(last, may, school, keeper, curator):
    stored = files.store(
        b"%PDF-1.7\n%%EOF\n", organization=school, purpose="consent", name="скан.pdf", content_type="application/pdf"
    )  # fmt: skip
    browser = signed_in(keeper)
    doors = [
        reverse("home", args=[school.slug]), reverse("people", args=[school.slug]),
        reverse("me", args=[school.slug]), "/admin/people/person/", reverse("file", args=[school.slug, stored.pk]),
    ]  # fmt: skip
    assert [code(browser, door) for door in doors] == [200] * 5
    leave(keeper, last, curator)
    assert [code(browser, door) == 200 for door in doors] == [may] * 5


@on_each_day
def test_signing_in_is_refused_after_the_last_day(last, may, school, keeper, curator):
    leave(keeper, last, curator)
    answer = Client().post(
        reverse("account_login"), {"login": keeper.user.username, "password": PASSWORD}
    )
    assert answer.url == ("/" if may else reverse("account_inactive"))
    assert UserSession.objects.filter(user=keeper.user).exists() is may


@on_each_day
def test_open_sessions_end(last, may, school, keeper, curator):
    browser = signed_in(keeper)
    leave(keeper, last, curator)
    assert bool(browser.session.get("_auth_user_id")) is may
    call_command("remind", school=school.slug, verbosity=0)
    assert bool(browser.session.get("_auth_user_id")) is may


def test_the_duty_ends_sessions_of_the_day_before_and_only_theirs(school, keeper, curator):
    """Nobody pressed anything on the day after: the daily run does it, by the day it is given."""
    both = make_member(school, Role.STAFF, last_name="Двухшкольная")
    second = make_person(make_organization(), last_name="Двухшкольная")
    second.membership.user = both.user
    second.membership.save()
    accounts.grant_role(second, Role.STAFF, on=LONG_AGO, by=None)
    browsers = {one: signed_in(one) for one in (keeper, both, curator)}
    for member in (keeper, both):
        leave(member, TODAY, curator)
    assert sessions.end_of_leavers(school, on=TODAY) == 0
    assert sessions.end_of_leavers(school, on=TODAY + DAY) == 1
    assert [bool(one.session.get("_auth_user_id")) for one in browsers.values()] == [False, True, True]  # fmt: skip


@on_each_day
def test_tokens_and_the_calendar_stop(last, may, school, keeper, curator):
    secret = api_tokens.issue(
        name="Выгрузка", scopes=["organization:read"], expires_on=TODAY + 30 * DAY, on=TODAY, by=keeper
    )  # fmt: skip
    feed = calendar_feed.open_feed(by=keeper)
    leave(keeper, last, curator)
    assert bool(api_tokens.find(secret, on=TODAY)) is may
    assert (code(Client(), reverse("calendar_feed", args=[feed])) == 200) is may
    for day, opened in ((last - DAY, True), (last, True), (last + DAY, False)):
        assert bool(api_tokens.find(secret, on=day)) is opened
        assert bool(calendar_feed.person_of(feed, day)) is opened


@on_each_day
@pytest.mark.parametrize("kind", Invitation.Kind.values)
def test_invitations_and_cards_die(kind, last, may, school, curator):
    person = make_person(school, last_name="Уходова")
    accounts.grant_role(person, Role.STAFF, on=LONG_AGO, by=None)
    Invitation.objects.create(
        organization=school, membership=person.membership, kind=kind, token_hash=token_hash("secret"),
        expires_at=timezone.now() + 9 * DAY,
    )  # fmt: skip
    leave(person.membership, last, curator)
    assert bool(find_invitation("secret")) is may
    assert code(Client(), reverse("invitation", args=["secret"])) == (200 if may else 410)


@on_each_day
def test_a_personal_link_of_a_questionnaire_dies(last, may, school, curator):
    person = make_person(school, last_name="Уходова")
    survey = make_survey(curator, [person])
    token = surveys.issue_links(survey.participants.all(), on=TODAY, by=curator)
    address = reverse("q_page", args=[*token.values()])
    assert code(Client(), address) == 200
    leave(person.membership, last, curator)
    assert (code(Client(), address) == 200) is may


@on_each_day
def test_a_role_that_ends_by_its_term_closes_what_it_opened(last, may, school, curator):
    member = make_member(school, Role.STAFF)
    RoleGrant.objects.create(
        organization=school, membership=member, role=Role.CURATOR, starts_on=LONG_AGO, ends_on=last
    )
    browser = signed_in(member)
    assert code(browser, reverse("people", args=[school.slug])) == (200 if may else 403)
    assert code(browser, "/admin/people/person/") == (200 if may else 302)
    assert code(browser, reverse("home", args=[school.slug])) == 200


@on_each_day
def test_letters_to_one_who_left_are_not_sent(last, may, school, keeper, curator, mailoutbox):
    letter = Letter.objects.create(
        organization=school, person=keeper.person, address=keeper.user.email, subject="Ждёт", text="…"
    )  # fmt: skip
    leave(keeper, last, curator)
    outbox.send_waiting(timezone.now())
    letter.refresh_from_db()
    assert [len(mailoutbox), letter.state] == ([1, "sent"] if may else [0, "dropped"])
