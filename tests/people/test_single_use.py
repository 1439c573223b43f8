"""A link of a reset, an invitation, a mailed code: each once, the newest only, also when two come at once."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.models import Invitation
from people.services.accounts import find_invitation, invite
from tests.factories import PASSWORD, make_curator, make_head, make_organization, make_person

NEW = {"password1": "длинный пароль 7", "password2": "длинный пароль 7"}
FORM = "set-password"


def reset_link(member) -> str:
    Client().post(reverse("account_reset_password"), {"email": member.user.email})
    return re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)[0]


def opened(link: str) -> tuple[Client, str]:
    """A browser that stands at the form of the link; the address is empty when the link is dead."""
    browser = Client()
    answer = browser.get(link)
    return browser, answer.url if answer.status_code == 302 else ""


def lives(link: str) -> bool:
    return bool(opened(link)[1])


def signs_in(member, password: str) -> bool:
    form = {"login": member.user.username, "password": password}
    return Client().post(reverse("account_login"), form).status_code == 302


def test_a_reset_works_once(teacher):
    link = reset_link(teacher)
    browser, form = opened(link)
    late, same_form = opened(link)
    browser.post(form, NEW)
    late.post(same_form, {"password1": "другой пароль 8", "password2": "другой пароль 8"})
    assert (lives(link), signs_in(teacher, NEW["password1"]), signs_in(teacher, "другой пароль 8")) == (False, True, False)  # fmt: skip


def test_a_weak_password_does_not_use_the_link_up(teacher):
    browser, form = opened(reset_link(teacher))
    weak = browser.post(form, {"password1": "12345", "password2": "12345"})
    assert weak.status_code == 200
    browser.post(form, NEW)
    assert signs_in(teacher, NEW["password1"])


def test_a_reset_dies_with_a_change_of_the_password_and_after_its_term(
    teacher, settings, monkeypatch
):
    link = reset_link(teacher)
    teacher.user.set_password("задан иначе 9")
    teacher.user.save()
    assert not lives(link)
    late = reset_link(teacher)
    assert lives(late)
    now = PasswordResetTokenGenerator._now
    term = settings.PASSWORD_RESET_TIMEOUT + 5
    from datetime import timedelta

    monkeypatch.setattr(
        PasswordResetTokenGenerator, "_now", lambda self: now(self) + timedelta(seconds=term)
    )
    assert not lives(late)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_resets_at_once_one_sets_the_password():
    member = make_head(make_organization())
    browsers = [opened(link) for link in [reset_link(member)] * 8]

    def send(number: int) -> int:
        browser, form = browsers[number]
        words = f"пароль номер {number}"
        try:
            return browser.post(form, {"password1": words, "password2": words}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(send, range(8)))
    assert codes.count(302) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_invitations_made_at_once_one_lives():
    school = make_organization()
    curator, person = make_curator(school), make_person(school, last_name="Рябинина")

    def make(_) -> str:
        try:
            return invite(person.membership, by=curator)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        tokens = list(pool.map(make, range(4)))
    assert Invitation.objects.filter(used_at=None).count() == 1
    assert sum(find_invitation(token) is not None for token in tokens) == 1


def test_a_mailed_code_is_tried_three_times_however_many_browsers_share_it(teacher):
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": teacher.user.email})
    right = re.search(r"Код для входа: (\S+)", mail.outbox[-1].body).group(1)
    address = reverse("account_confirm_login_code")
    kept = browser.session.items()
    for number in range(3):
        twin = Client()
        twin.cookies = browser.cookies.copy()
        twin.post(address, {"code": f"WRONG{number}"})
        session = browser.session  # as if all had read it before anybody wrote
        session.update(dict(kept))
        session.save()
    browser.post(address, {"code": right})
    assert browser.session.get("_auth_user_id") is None
    assert signs_in(teacher, PASSWORD)
