"""Limits on guessing: exact when many ask at once, kind to a school behind one address."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.core.internal import ratelimit
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from people import rate_limits
from people.models import Tries
from people.services import tries
from tests.factories import PASSWORD

TOO_MANY = "Слишком много неверных попыток"


def sign_in(name: str, password: str = "неверный пароль", address: str = "192.0.2.1"):
    form = {"login": name, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("account_login"), form)


def refused(answer) -> bool:
    return answer.status_code == 200 and TOO_MANY in answer.content.decode()


def test_five_wrong_passwords_close_the_account_at_this_address_only(school, teacher, head):
    name = teacher.user.username
    assert [refused(sign_in(name)) for _ in range(7)] == [False] * 5 + [True] * 2
    assert refused(sign_in(name, PASSWORD))
    assert sign_in(head.user.username, PASSWORD).status_code == 302
    assert sign_in(name, PASSWORD, address="192.0.2.2").status_code == 302


def test_a_second_name_of_the_portal_is_no_second_limit(teacher):
    def on_host(host: str):
        form = {"login": teacher.user.username, "password": "неверный пароль"}
        return Client(headers={"host": host}).post(reverse("account_login"), form)

    hosts = ["localhost", "127.0.0.1", "localhost:8001"] * 2
    assert [refused(on_host(host)) for host in hosts] == [False] * 5 + [True]


def test_the_name_of_nobody_is_refused_like_that_of_somebody(teacher):
    answers = [sign_in("nobody@school.example") for _ in range(6)]
    assert [refused(one) for one in answers] == [False] * 5 + [True]
    known = sign_in(teacher.user.username).content.decode()
    for part in ("<title>", "Имя пользователя", "пароль"):
        assert known.count(part) == answers[0].content.decode().count(part)


def test_right_passwords_are_never_counted(school, teacher):
    answers = [sign_in(teacher.user.username, PASSWORD).status_code for _ in range(9)]
    assert answers == [302] * 9


def test_one_account_is_guarded_over_all_addresses(teacher, settings):
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed_anywhere": "8/d/key",
    }
    name = teacher.user.username
    answers = [refused(sign_in(name, address=f"192.0.2.{n}")) for n in range(10)]
    assert answers == [False] * 8 + [True] * 2


def test_a_joker_locks_out_only_the_accounts_he_tries(school, teacher, head):
    for name in (f"joker-{number}" for number in range(40)):
        sign_in(name)
    for member in (teacher, head):
        assert sign_in(member.user.username, PASSWORD).status_code == 302


def test_hashing_takes_the_same_for_a_known_and_an_unknown_name(teacher, monkeypatch):
    """Hashing is what takes the time of an answer; the kept hash is checked by encoding too."""
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args, **kw: counted.append(1) or encode(*args, **kw)
    )
    numbers = []
    for name in (teacher.user.username, "nobody@school.example", "nobody-here"):
        counted.clear()
        sign_in(name)
        numbers.append(len(counted))
    assert len(set(numbers)) == 1, numbers


def test_letters_of_a_reset_are_few_and_tell_nothing(teacher, mailoutbox):
    known = [
        Client().post(reverse("account_reset_password"), {"email": teacher.user.email})
        for _ in range(5)
    ]
    unknown = [
        Client().post(reverse("account_reset_password"), {"email": "no@school.example"})
        for _ in range(5)
    ]
    codes = [302, 302, 302, 429, 429]
    assert [[one.status_code for one in answers] for answers in (known, unknown)] == [codes, codes]
    assert known[0].url == unknown[0].url
    assert "Слишком много попыток подряд" in known[-1].content.decode()


def test_the_password_is_asked_again_ten_times_a_minute_at_most(school, head, client_for):
    browser = client_for(head)
    address = reverse("account_reauthenticate")
    answers = [browser.post(address, {"password": f"wrong {n}"}) for n in range(12)]
    limited = [one.status_code == 429 or refused(one) for one in answers]
    assert limited == [False] * 5 + [True] * 7


@pytest.mark.parametrize("start", ["/q/", "/r/", "/cal/", "/v/", "/accounts/invite/"])
def test_links_that_open_nothing_are_answered_sixty_times_a_minute(start, db, monkeypatch):
    monkeypatch.setitem(rate_limits.WRONG_LINKS, "limit", 3)
    codes = [Client().get(f"{start}{'x' * 20}{n}/").status_code for n in range(5)]
    assert (codes[0] in (404, 410), codes[3:]) == (True, [429, 429])
    assert Client(REMOTE_ADDR="192.0.2.9").get(f"{start}{'x' * 20}/").status_code == codes[0]


def test_allauth_counts_by_our_table(rf, db):
    """Fails when a new version of allauth no longer goes through the names that are replaced."""
    request = rf.post("/")
    for _ in range(3):
        assert ratelimit.consume(request, app="allauth.account", action="reset_password", key="x")
    assert not ratelimit.consume(request, app="allauth.account", action="reset_password", key="x")
    assert Tries.objects.filter(number=3).count() == 2
    ratelimit.clear(request, app="allauth.account", action="reset_password", key="x")
    assert ratelimit.consume(request, app="allauth.account", action="reset_password", key="x")


def test_a_window_ends_and_is_forgotten(db):
    taken = [
        tries.take("key", limit=2, seconds=60, now=now) for now in (100, 130, 159, 160, 161, 162)
    ]
    assert taken == [True, True, False, True, True, False]
    tries.take("other", limit=2, seconds=10**9)
    call_command("sweep", verbosity=0)
    assert [row.key for row in Tries.objects.all()] == ["other"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_forty_tries_at_once_exactly_the_limit_passes():
    def attempt(_):
        try:
            return tries.take("key", limit=5, seconds=300)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(40))) == 5


def test_all_limits_name_what_they_count():
    for action, rates in django_settings.ACCOUNT_RATE_LIMITS.items():
        assert ratelimit.parse_rates(rates), action
