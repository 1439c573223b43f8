"""Where an account is signed in: seen by its owner, ended by him, by a keeper, by a new password, by idleness."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.devices import device
from people.middleware import NOTE_EVERY, SEEN
from people.models import JournalEntry
from people.services import access_cards, sessions
from tests.factories import PASSWORD, make_person

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
OFFICE = "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 YaBrowser/24.6 Safari/537.36"
NEW = "длинный пароль 7"


def sign_in(member, agent: str = OFFICE, password: str = PASSWORD) -> Client:
    browser = Client(headers={"user-agent": agent})
    answer = browser.post(
        reverse("account_login"), {"login": member.user.username, "password": password}
    )
    assert answer.status_code == 302
    return browser


def is_in(browser: Client, school) -> bool:
    return browser.get(reverse("me", args=[school.slug])).status_code == 200


def test_the_list_names_devices_and_ends_the_others(school, teacher):
    phone, office = sign_in(teacher, PHONE), sign_in(teacher)
    page = office.get(reverse("usersessions_list")).content.decode()
    assert [page.count(words) for words in ("Chrome, Android", "Яндекс Браузер, Windows")] == [1, 1]
    assert page.count("этот сеанс") == 1
    office.post(reverse("usersessions_list"))
    assert (is_in(phone, school), is_in(office, school)) == (False, True)


def test_nobody_sees_or_ends_the_sessions_of_another(school, teacher, head):
    theirs, own = sign_in(head, PHONE), sign_in(teacher)
    assert "Android" not in own.get(reverse("usersessions_list")).content.decode()
    own.post(reverse("usersessions_list"))
    assert is_in(theirs, school)


def test_a_keeper_signs_a_member_out_everywhere(school, teacher, curator, client_for):
    browsers = [sign_in(teacher, PHONE), sign_in(teacher)]
    keeper = sign_in(curator)
    address = reverse("sessions_end", args=[school.slug, teacher.person_id])
    asked = keeper.get(address)
    assert (asked.status_code, UserSession.objects.filter(user=teacher.user).count()) == (200, 2)
    keeper.post(address)
    assert [is_in(one, school) for one in browsers] == [False, False]
    assert is_in(keeper, school)
    last = JournalEntry.objects.of(school).get(event="sessions.ended")
    assert (last.membership, last.object_id) == (curator, teacher.pk)


def test_only_keepers_end_sessions_of_others_and_only_where_there_is_an_account(
    school, teacher, head, curator
):
    for member in (teacher, head):
        with pytest.raises(PermissionDenied):
            sessions.end_all(curator, by=member)
    with pytest.raises(RuleError):
        sessions.end_all(make_person(school).membership, by=curator)


@pytest.mark.parametrize("way", ["change", "reset", "card"])
def test_a_new_password_ends_the_other_sessions(way, school, teacher, curator, mailoutbox):
    left_open = sign_in(teacher, PHONE)
    changer = Client()
    if way == "change":
        changer = sign_in(teacher)
        form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        changer.post(reverse("account_change_password"), form)
        assert is_in(changer, school)
    elif way == "reset":
        changer.post(reverse("account_reset_password"), {"email": teacher.user.email})
        link = reset_link(mailoutbox)
        page = changer.get(link, follow=True)
        changer.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    else:
        token = access_cards.issue_cards([teacher], by=curator)[teacher.pk]
        changer.post(reverse("invitation", args=[token]), {"password": NEW, "again": NEW})
    assert is_in(sign_in(teacher, password=NEW), school)
    assert not is_in(left_open, school)


def reset_link(mailoutbox) -> str:
    words = mailoutbox[-1].body.split()
    return "/" + next(word for word in words if "/password/reset/key/" in word).split("/", 3)[3]


def aged(browser: Client, seconds: int) -> int:
    """The session was last used so long ago; returns the moment kept."""
    session = browser.session
    session[SEEN] = int(time.time()) - seconds
    session.save()
    return session[SEEN]


def test_a_session_left_alone_ends_and_comes_back_to_its_page(school, teacher, settings):
    browser = sign_in(teacher)
    limit = settings.SESSION_IDLE_MINUTES * 60
    kept = aged(browser, limit - 5)
    assert is_in(browser, school)
    assert browser.session[SEEN] > kept
    aged(browser, limit + 5)
    answer = browser.get(reverse("me", args=[school.slug]))
    assert answer.url == f"/accounts/login/?next=/s/{school.slug}/me/"


def test_use_is_noted_once_in_five_minutes(school, teacher):
    browser = sign_in(teacher)
    kept = aged(browser, NOTE_EVERY - 5)
    assert is_in(browser, school)
    assert browser.session[SEEN] == kept


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, Android"),
        (OFFICE, "Яндекс Браузер, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Linux"),
        ("<script>", "Неизвестное устройство"),
        ("", "Неизвестное устройство"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_words(agent, words):
    assert device(agent) == words


def test_signing_in_changes_the_key_of_the_session(teacher):
    browser = Client()
    browser.get(reverse("account_login"))
    session = browser.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = planted
    browser.post(reverse("account_login"), {"login": teacher.user.username, "password": PASSWORD})
    assert browser.session.session_key != planted
    assert not Client(headers={"cookie": f"sessionid={planted}"}).session.get("_auth_user_id")


def test_a_link_elsewhere_and_a_get_neither_lead_away_nor_sign_out(school, teacher):
    form = {"login": teacher.user.username, "password": PASSWORD}
    for target in (
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        r"/\evil.example",
    ):
        answer = Client().post(
            f"{reverse('account_login')}?next={target}", {**form, "next": target}
        )
        assert answer.url == "/"
    browser = sign_in(teacher)
    browser.get(reverse("account_logout"))
    assert is_in(browser, school)
    browser.post(reverse("account_logout"))
    assert not is_in(browser, school)


def test_the_admin_has_no_way_in_of_its_own(db):
    answer = Client().post("/admin/login/", {"username": "x", "password": "y"})
    assert answer.url == "/accounts/login/?next=/admin/"
