"""Second factor by role: a code by mail for those with an address, a generator for the others."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD


@pytest.fixture
def demanded(school):
    school.roles_with_second_factor = ["head"]
    school.save()
    return school


def sign_in(client: Client, name: str):
    return client.post(reverse("account_login"), {"login": name, "password": PASSWORD})


def code_of_mail() -> str:
    return re.search(r"Код для входа: (\S+)", mail.outbox[-1].body).group(1)


def test_a_role_with_an_address_gets_a_code_by_mail_after_the_password(demanded, head):
    client = Client()
    answer = sign_in(client, head.user.email)
    assert answer.url == reverse("account_confirm_login_code")
    assert client.get(reverse("me", args=[demanded.slug])).status_code == 302
    assert mail.outbox[-1].to == [head.user.email]
    client.post(answer.url, {"code": code_of_mail()})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    assert client.get(reverse("me", args=[demanded.slug])).status_code == 200


def test_a_trusted_device_is_not_asked_again(demanded, head):
    client = Client()
    answer = sign_in(client, head.user.email)
    client.post(answer.url, {"code": code_of_mail()})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    client.post(reverse("account_logout"))
    mail.outbox.clear()
    sign_in(client, head.user.email)
    assert mail.outbox == []
    assert client.get(reverse("me", args=[demanded.slug])).status_code == 200
    other_device = Client()
    assert sign_in(other_device, head.user.email).url == reverse("account_confirm_login_code")


def test_other_roles_sign_in_with_the_password_alone(demanded, teacher):
    client = Client()
    sign_in(client, teacher.user.email)
    assert client.get(reverse("me", args=[demanded.slug])).status_code == 200
    assert mail.outbox == []


def test_a_role_without_an_address_sets_up_a_generator(demanded, head, client_for):
    head.user.email = ""
    head.user.save()
    client, url = client_for(head), reverse("me", args=[demanded.slug])
    assert client.get(url).url == reverse("mfa_activate_totp")
    assert client.get(reverse("account_logout")).status_code == 200
    Authenticator.objects.create(user=head.user, type=Authenticator.Type.TOTP, data={})
    assert client.get(url).status_code == 200


def test_the_installation_may_demand_it_in_every_school(school, head, settings):
    settings.MFA_REQUIRED_ROLES = ["head"]
    assert sign_in(Client(), head.user.email).url == reverse("account_confirm_login_code")


def test_the_setting_is_kept_by_the_settings_page(school, curator, client_for):
    client = client_for(curator)
    page = client.get(reverse("settings", args=[school.slug]))
    values = {
        name: "" if value is None else value
        for name, value in page.context["form"].initial.items()
        if value is not False
    }
    client.post(
        reverse("settings", args=[school.slug]), {**values, "roles_with_second_factor": ["head", "curator"]}
    )  # fmt: skip
    school.refresh_from_db()
    assert school.roles_with_second_factor == ["head", "curator"]


@pytest.fixture
def spare_codes(teacher) -> list[str]:
    """The teacher has a generator and ten spare codes."""
    TOTP.activate(teacher.user, generate_totp_secret())
    return RecoveryCodes.activate(teacher.user).get_unused_codes()


def enter(member, code: str) -> Client:
    client = Client()
    sign_in(client, member.user.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("mfa_trust"), {"action": "skip"})
    return client


def test_a_spare_code_opens_once(school, teacher, spare_codes):
    page = reverse("me", args=[school.slug])
    codes = [enter(teacher, spare_codes[0]).get(page).status_code for _ in range(2)]
    assert codes == [200, 302]


def test_who_runs_short_of_spare_codes_is_told(school, teacher, spare_codes):
    told = [
        "Осталось запасных кодов: "
        in enter(teacher, code).get(reverse("me", args=[school.slug])).content.decode()
        for code in spare_codes[:8]
    ]
    assert told == [False] * 6 + [True] * 2


def test_spare_codes_are_shown_and_downloaded_after_the_password(teacher, spare_codes):
    client = enter(teacher, spare_codes[0])
    asked = client.get(reverse("mfa_view_recovery_codes"))
    assert (asked.status_code, "reauthenticate" in asked.url) == (302, True)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    kept = client.get(reverse("mfa_download_recovery_codes"))
    for code in spare_codes[1:]:
        assert (page.count(code), kept.content.decode().count(code)) == (1, 1)
    assert spare_codes[0] not in page + kept.content.decode()
    assert "attachment" in kept["Content-Disposition"]


def test_wrong_codes_of_the_generator_are_five(teacher, spare_codes):
    client = Client()
    sign_in(client, teacher.user.email)
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}) for n in range(7)]
    limited = ["Слишком много неверных попыток" in one.content.decode() for one in answers]
    assert limited == [False] * 5 + [True] * 2
