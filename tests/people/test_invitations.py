"""Invitation link: shown once, taken once, mailed on request."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Invitation, RoleGrant
from people.models.accounts import Role
from people.services.accounts import accept_invitation, find_invitation, invite
from tests.factories import make_person

NEW = {"email": "New@School.example", "password": "сирень-у-крыльца"}


def link_from(page) -> str:
    return re.search(r"/accounts/invite/[^/]+/", page.content.decode())[0]


@pytest.fixture
def newcomer(school):
    return make_person(school, last_name="Рябинина", email="ryabinina@school.example")


def test_link_is_shown_once_and_signs_in_once(school, curator, newcomer, client_for, settings):
    client = client_for(curator)
    url = reverse("invite_create", args=[school.slug, newcomer.pk])
    assert Invitation.objects.count() == 0
    page = client.post(url)
    link = link_from(page)
    assert settings.PUBLIC_URL + link in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert link not in client.get(url).content.decode()

    visitor = Client()
    opened = visitor.get(link)
    assert opened.status_code == 200
    assert school.short_name in opened.content.decode()
    assert "Рябинина Мария Ильинична" in opened.content.decode()
    assert Invitation.objects.get().used_at is None
    accepted = visitor.post(link, NEW)
    assert accepted.status_code == 302
    assert accepted.url == reverse("home", args=[school.slug])
    assert visitor.get(reverse("me", args=[school.slug])).status_code == 200
    newcomer.membership.refresh_from_db()
    assert newcomer.membership.user.email == "new@school.example"
    assert [grant.role for grant in newcomer.membership.grants.all()] == ["staff"]

    for method in (Client().get, Client().post):
        gone = method(link, NEW)
        assert gone.status_code == 410
        assert "попросите у куратора" in gone.content.decode()
    assert get_user_model().objects.filter(email="new@school.example").count() == 1


def test_unknown_and_expired_and_replaced_links_are_gone(school, curator, newcomer):
    first = invite(newcomer.membership, by=curator)
    second = invite(newcomer.membership, by=curator)
    assert Client().get(reverse("invitation", args=["unknown"])).status_code == 410
    assert Client().get(reverse("invitation", args=[first])).status_code == 410
    assert Client().get(reverse("invitation", args=[second])).status_code == 200
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert Client().get(reverse("invitation", args=[second])).status_code == 410


def test_weak_password_and_taken_address_are_said_beside_the_field(
    school, curator, newcomer, teacher
):
    link = reverse("invitation", args=[invite(newcomer.membership, by=curator)])
    weak = Client().post(link, {**NEW, "password": "12345"})
    assert "Введённый пароль слишком короткий" in weak.context["form"].errors["password"][0]
    taken = Client().post(link, {**NEW, "email": teacher.user.email.upper()})
    assert taken.context["form"].errors == {
        "email": [
            "С этим адресом создать вход нельзя. Если вход у вас есть, войдите и откройте ссылку снова, иначе укажите другой адрес."
        ]
    }
    assert Invitation.objects.get().used_at is None


def test_signed_in_person_joins_a_second_school(school, curator, newcomer, stranger, client_for):
    link = reverse("invitation", args=[invite(newcomer.membership, by=curator)])
    client = client_for(stranger)
    assert "Присоединить к моему входу" in client.get(link).content.decode()
    assert client.post(link).url == reverse("home", args=[school.slug])
    assert client.get(reverse("me", args=[school.slug])).status_code == 200
    assert client.get(reverse("people", args=["neighbour"])).status_code == 200


def test_own_other_card_cannot_take_the_same_account(
    school, curator, newcomer, teacher, client_for
):
    link = reverse("invitation", args=[invite(newcomer.membership, by=curator)])
    page = client_for(teacher).post(link)
    assert page.status_code == 200
    assert "уже связан с другим человеком" in page.content.decode()
    assert find_invitation(link.split("/")[-2]) is not None


def test_mail_goes_to_the_address_of_the_card(school, curator, newcomer, client_for):
    client = client_for(curator)
    url = reverse("invite_create", args=[school.slug, newcomer.pk])
    page = client.post(url)
    answer = client.post(url, {"token": page.context["token"]})
    assert answer.url == reverse("person", args=[school.slug, newcomer.pk])
    (message,) = mail.outbox
    assert message.to == ["ryabinina@school.example"]
    assert link_from(page) in message.body
    client.post(url, {"token": "unknown"})
    assert len(mail.outbox) == 1


def test_who_has_an_account_or_no_role_gets_no_link(school, curator, teacher, client_for):
    page = client_for(curator).post(reverse("invite_create", args=[school.slug, teacher.person.pk]))
    assert "уже есть вход" in page.content.decode()
    guest = make_person(school, kind="external", institution="МБОУ «Лицей»", last_name="Клёнов")
    page = client_for(curator).post(reverse("invite_create", args=[school.slug, guest.pk]))
    assert "Сначала дайте роль" in page.content.decode()
    assert Invitation.objects.count() == 0


def test_two_at_once_give_one_account(school, curator, newcomer):
    """Both read the invitation before either took it: the claim decides, not the reading."""
    token = invite(newcomer.membership, by=curator)
    one, two = find_invitation(token), find_invitation(token)
    accept_invitation(one, email="one@school.example", password=NEW["password"])
    with pytest.raises(RuleError, match="уже использована"):
        accept_invitation(two, email="two@school.example", password=NEW["password"])
    assert not get_user_model().objects.filter(email="two@school.example").exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks of PostgreSQL")
def test_two_threads_give_one_account():
    from concurrent.futures import ThreadPoolExecutor

    from tests.factories import make_curator, make_organization

    school = make_organization()
    newcomer = make_person(school)
    link = reverse("invitation", args=[invite(newcomer.membership, by=make_curator(school))])

    def take(number):
        try:
            return Client().post(link, {**NEW, "email": f"n{number}@school.example"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(take, range(2)))
    assert codes in ([200, 302], [302, 410])  # the second sees the sentence or the page «gone»
    assert get_user_model().objects.filter(email__startswith="n").count() == 1


@pytest.mark.req("R-209")
def test_external_curator_signs_in_by_the_link_and_edits_the_plan(school, curator, client_for):
    """A curator from a partner organisation is a person of this school of kind «external» (R-209)."""
    client = client_for(curator)
    client.post(reverse("person_new", args=[school.slug]), {
        "kind": "external", "last_name": "Клёнов", "first_name": "Пётр", "patronymic": "Ильич", "sex": "m",
        "job_title": "методист", "institution": "Центр развития образования города Заречье", "category": "",
    })  # fmt: skip
    page = client.get(reverse("people", args=[school.slug]), {"kind": "external"})
    (guest,) = page.context["page"]
    client.post(
        reverse("person_role_add", args=[school.slug, guest.pk]),
        {"role": "curator", "on": "2020-09-01"},
    )
    link = link_from(client.post(reverse("invite_create", args=[school.slug, guest.pk])))
    visitor = Client()
    assert visitor.post(link, NEW).status_code == 302
    answer = visitor.post(reverse("roadmap_new", args=[school.slug]), {
        "template": "recommended", "title": "План внешнего куратора",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "План внешнего куратора" in visitor.get(answer.url).content.decode()
    assert RoleGrant.objects.of(school).filter(role=Role.CURATOR).count() == 2
