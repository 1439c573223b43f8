"""Second factor by role: a code by mail for those with an address, a generator for the others."""

import re

import pytest
from allauth.mfa.models import Authenticator
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
