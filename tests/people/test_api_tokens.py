"""Tokens of the API: given out once, limited, dead when they should be."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import ApiToken, JournalEntry
from people.models.accounts import Role
from people.services import accounts, api_tokens, persons
from people.services.accounts import token_hash
from tests.factories import make_member

TODAY = timezone.localdate()
LAST = TODAY + dt.timedelta(days=30)
TOMORROW = TODAY + dt.timedelta(days=1)


def issue(by, *scopes: str, **over) -> str:
    values = {"name": "Выгрузка", "scopes": [*scopes] or ["organization:read"], "expires_on": LAST, "on": TODAY}  # fmt: skip
    return api_tokens.issue(**{**values, **over}, by=by)


def refused(by, *scopes: str, **over) -> str | None:
    """Field of the refusal."""
    with pytest.raises(RuleError) as caught:
        issue(by, *scopes, **over)
    return caught.value.field


def test_only_the_hash_of_a_token_is_kept_and_finds_it(curator):
    secret = issue(curator, "figures:read", "organization:read")
    token = ApiToken.objects.get()
    assert token.token_hash == token_hash(secret)
    assert secret not in {str(value) for value in vars(token).values()}
    assert token.scopes == ["figures:read", "organization:read"]
    assert api_tokens.find(secret, on=TODAY) == token
    assert [entry.event for entry in JournalEntry.objects.all()] == ["api_token.issued"]


@pytest.mark.parametrize("secret", ["", "nst_", "nst_чужой", "x" * 5000, "\x00"])
def test_a_wrong_secret_finds_nothing(secret, curator):
    issue(curator)
    assert api_tokens.find(secret, on=TODAY) is None


def test_a_token_works_through_its_last_day(curator):
    secret = issue(curator)
    assert api_tokens.find(secret, on=LAST)
    assert api_tokens.find(secret, on=LAST + dt.timedelta(days=1)) is None


@pytest.mark.parametrize(("days", "field"), [(-1, "expires_on"), (366, "expires_on")])
def test_the_term_is_at_most_a_year(days, field, curator):
    assert refused(curator, expires_on=TODAY + dt.timedelta(days=days)) == field


def test_a_token_of_a_year_and_of_a_day_is_given_out(curator):
    for days in (0, 365):
        assert issue(curator, expires_on=TODAY + dt.timedelta(days=days))


def test_nobody_gives_out_what_he_does_not_read(curator, portal_admin):
    assert refused(portal_admin, "figures:read") == "scopes"
    assert refused(portal_admin, "organization:read", "reports:read") == "scopes"
    assert refused(curator, "requests:read") == "scopes"  # a school is no authority
    assert refused(curator, "persons:read") == "scopes"
    assert refused(curator, scopes=[]) == "scopes"
    assert issue(portal_admin, "organization:read")


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.PSYCHOLOGIST, Role.OBSERVER])
def test_only_keepers_give_out_and_revoke(role, school, curator):
    member = make_member(school, role)
    issue(curator)
    with pytest.raises(PermissionDenied):
        issue(member)
    with pytest.raises(PermissionDenied):
        api_tokens.revoke(ApiToken.objects.get(), by=member)


def test_a_revoked_token_is_dead_for_good(curator, portal_admin):
    secret = issue(curator)
    token = ApiToken.objects.get()
    api_tokens.revoke(token, by=portal_admin)
    assert api_tokens.find(secret, on=TODAY) is None
    with pytest.raises(RuleError):
        api_tokens.revoke(token, by=curator)
    assert JournalEntry.objects.filter(event="api_token.revoked").count() == 1


def test_a_neighbour_revokes_nothing(curator, stranger):
    secret = issue(curator)
    with pytest.raises(RuleError):
        api_tokens.revoke(ApiToken.objects.get(), by=stranger)
    assert api_tokens.find(secret, on=TODAY)


def test_a_token_dies_when_its_author_leaves(curator, portal_admin):
    secret = issue(curator)
    persons.person_left(curator.person, on=TODAY, by=portal_admin)
    assert api_tokens.find(secret, on=TODAY)
    assert api_tokens.find(secret, on=TOMORROW) is None


def test_a_token_dies_when_its_author_loses_the_right_to_one_scope(school, portal_admin):
    both = make_member(school, Role.CURATOR, Role.ADMIN)
    narrow, wide = issue(both), issue(both, "organization:read", "figures:read")
    role = both.grants.get(role=Role.CURATOR)
    accounts.end_role(role, on=TODAY, by=portal_admin)
    assert [bool(api_tokens.find(one, on=TOMORROW)) for one in (narrow, wide)] == [True, False]


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_a_token_dies_with_the_account_of_its_author(change, curator):
    secret = issue(curator)
    if change:
        type(curator.user).objects.update(**change)
    else:
        curator.user.delete()
    assert api_tokens.find(secret, on=TODAY) is None


def test_the_last_use_is_written_once_a_day(curator, django_assert_num_queries):
    secret = issue(curator)
    with django_assert_num_queries(3):
        api_tokens.find(secret, on=TODAY)
    with django_assert_num_queries(2):
        api_tokens.find(secret, on=TODAY)
    assert ApiToken.objects.get().last_used_on == TODAY


def test_the_limit_of_a_minute_is_counted_in_one_statement(curator, django_assert_num_queries):
    token = api_tokens.find(issue(curator), on=TODAY)
    noon = dt.datetime(2026, 11, 28, 12, 0, 59, tzinfo=dt.UTC)
    with django_assert_num_queries(4):
        taken = [api_tokens.count_request(token, at=noon, limit=3) for _ in range(4)]
    assert taken == [True, True, True, False]
    second = noon + dt.timedelta(seconds=1)
    assert [api_tokens.count_request(token, at=second, limit=1) for _ in range(2)] == [True, False]
    assert not api_tokens.count_request(token, at=noon, limit=1)  # a clock that goes late


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_share_the_limit(curator):
    """The cache of ninja's own throttle let all of them through."""
    token = api_tokens.find(issue(curator), on=TODAY)
    noon = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)

    def ask(_) -> bool:
        try:
            return api_tokens.count_request(token, at=noon, limit=10)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(40))) == 10


def form(*scopes: str) -> dict:
    return {"name": "Выгрузка", "scopes": scopes, "expires_on": LAST.isoformat()}


def test_the_page_shows_a_new_token_once(client_for, school, curator):
    client = client_for(curator)
    page = client.post(reverse("api_token_new", args=[school.slug]), form("figures:read"))
    secret = page.context["secret"]
    assert page.content.decode().count(f'value="{secret}"') == 1
    assert "no-store" in page["Cache-Control"]
    assert api_tokens.find(secret, on=TODAY)
    again = client.get(reverse("api_tokens", args=[school.slug])).content.decode()
    assert secret not in again
    assert "показатели организации" in again


def test_the_form_offers_only_what_the_member_reads(client_for, school, curator, portal_admin):
    address = reverse("api_token_new", args=[school.slug])
    offered = {
        member.pk: [code for code, _ in client_for(member).get(address).context["form"].fields["scopes"].choices]
        for member in (curator, portal_admin)
    }  # fmt: skip
    assert offered == {
        curator.pk: ["organization:read", "figures:read", "reports:read"],
        portal_admin.pk: ["organization:read"],
    }
    page = client_for(portal_admin).post(address, form("figures:read"))
    assert "scopes" in page.context["form"].errors
    assert not ApiToken.objects.exists()


def test_the_list_says_which_tokens_work_and_costs_the_same(client_for, school, curator, portal_admin, django_assert_num_queries):  # fmt: skip
    client, address = client_for(portal_admin), reverse("api_tokens", args=[school.slug])
    assert "Токенов нет" in client.get(address).content.decode()
    issue(curator)
    with django_assert_num_queries(7):
        client.get(address)
    issue(make_member(school, Role.CURATOR), expires_on=TODAY)
    api_tokens.revoke(ApiToken.objects.first(), by=curator)
    former = make_member(school, Role.CURATOR)
    issue(former)
    former.grants.all().delete()
    with django_assert_num_queries(7):
        page = client.get(address)
    words = [token.state[2].split(" ")[0] for token in page.context["page"]]
    assert words == ["не", "отозван", "действует"]
    assert [token.open for token in page.context["page"]] == [True, False, True]


def test_the_page_revokes_only_own_tokens(client_for, school, curator, stranger):
    secret, foreign = issue(curator), issue(stranger)
    own, other = (api_tokens.find(one, on=TODAY) for one in (secret, foreign))
    client = client_for(curator)
    answer = client.post(reverse("api_token_revoke", args=[school.slug, other.pk]))
    assert answer.status_code == 404
    client.post(reverse("api_token_revoke", args=[school.slug, own.pk]))
    assert [bool(api_tokens.find(one, on=TODAY)) for one in (secret, foreign)] == [False, True]
