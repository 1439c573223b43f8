"""Signing in without e-mail: printed one-time cards, names «<school>-<number>»."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Invitation, JournalEntry, Membership
from people.services import access_cards, accounts
from tests.factories import PASSWORD, make_person
from tests.people.prints import text_of_pdf

NEW = "длинный пароль 7"


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


@pytest.fixture
def newcomer(school):
    return make_person(school, last_name="Орлова").membership


def card_url(token: str) -> str:
    return reverse("invitation", args=[token])


def test_a_card_sets_a_password_and_signs_in(school, curator, newcomer):
    token = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    client = Client()
    page = client.get(card_url(token)).content.decode()
    assert page.count(f"{school.slug}-101") == 1
    answer = client.post(card_url(token), {"password": NEW, "again": NEW})
    assert answer.url == url("home", school)
    assert client.get(url("home", school)).status_code == 200
    again = Client()
    again.post(reverse("account_login"), {"login": f"{school.slug}-101", "password": NEW})
    assert again.get(url("me", school)).status_code == 200
    newcomer.refresh_from_db()
    assert newcomer.user.email == ""


def test_a_replaced_used_or_expired_card_is_gone(school, curator, newcomer, client):
    old = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    token = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    assert client.get(card_url(old)).status_code == 410
    client.post(card_url(token), {"password": NEW, "again": NEW})
    assert Client().get(card_url(token)).status_code == 410
    late = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert Client().get(card_url(late)).status_code == 410


def test_a_card_gives_a_new_password_to_who_forgot_it(school, curator, teacher):
    token = access_cards.issue_cards([teacher], by=curator)[teacher.pk]
    client = Client()
    name = teacher.user.get_username()
    assert client.get(card_url(token)).content.decode().count(name) == 1
    client.post(card_url(token), {"password": NEW, "again": NEW})
    teacher.user.refresh_from_db()
    assert (teacher.user.check_password(NEW), teacher.user.check_password(PASSWORD)) == (
        True,
        False,
    )
    assert get_user_model().objects.filter(username=name).count() == 1


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (NEW, "другой пароль 8", "Пароли не совпали. Введите их ещё раз."),
        ("12345678901", "12345678901", "только из цифр"),
        ("коротко", "коротко", "слишком короткий"),
    ],
)
def test_a_bad_password_keeps_the_card_alive(curator, newcomer, client, first, second, text):
    token = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    page = client.post(card_url(token), {"password": first, "again": second})
    assert text in page.content.decode()
    assert client.get(card_url(token)).status_code == 200


def test_only_hashes_are_kept_and_the_journal_holds_no_secret(curator, newcomer):
    token = access_cards.issue_cards([newcomer], by=curator)[newcomer.pk]
    kept = str(list(Invitation.objects.values())) + str(list(JournalEntry.objects.values()))
    assert token not in kept
    assert accounts.find_invitation(token).membership == newcomer


def test_numbers_are_never_given_twice(school, curator):
    members = [make_person(school, last_name=name).membership for name in ("Орлова", "Зимина")]
    access_cards.issue_cards(members, by=curator)
    access_cards.issue_cards([make_person(school, last_name="Лисова").membership], by=curator)
    numbers = Membership.objects.of(school).exclude(number=None).values_list("number", flat=True)
    assert sorted(numbers) == [101, 102, 103]


def test_teachers_and_heads_issue_nothing(head, teacher, newcomer):
    for member in (head, teacher):
        with pytest.raises(PermissionDenied):
            access_cards.issue_cards([newcomer], by=member)


def test_pupils_get_no_card_unless_the_school_says_so(school, curator):
    pupil = make_person(school, kind="pupil", last_name="Соколов").membership
    with pytest.raises(RuleError, match="обучающиеся в портал не входят"):
        access_cards.issue_cards([pupil], by=curator)


@pytest.mark.papers
def test_the_sheet_holds_name_login_and_link_of_each(school, curator, newcomer, client_for):
    other = make_person(school, last_name="Зимина").membership
    answer = client_for(curator).post(
        url("access_cards", school), {"member": [newcomer.pk, other.pk]}
    )
    text = " ".join(text_of_pdf(answer.content).split())
    assert text.index("Зимина Мария Ильинична") < text.index("Орлова Мария Ильинична")
    assert (text.count(f"{school.slug}-10"), text.count("/accounts/invite/")) == (2, 2)
    assert Invitation.objects.filter(kind="card").count() == 2


def test_nothing_ticked_says_so(school, curator, client_for):
    client = client_for(curator)
    answer = client.post(url("access_cards", school), follow=True)
    assert "Отметьте, кому напечатать карточки." in answer.content.decode()


def test_letters_go_to_those_with_an_address(school, curator, newcomer, client_for):
    person = make_person(school, last_name="Зимина", email="zimina@school.example")
    client_for(curator).post(
        url("access_letters", school), {"member": [newcomer.pk, person.membership.pk]}
    )
    assert [letter.to for letter in mail.outbox] == [["zimina@school.example"]]


def test_the_neighbours_people_are_not_printed(school, other_school, curator, client_for):
    theirs = make_person(other_school, last_name="Чужая").membership
    client_for(curator).post(url("access_cards", school), {"member": [theirs.pk]})
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(school, curator, client_for, django_assert_num_queries, number):
    for letter in "абв"[:number]:
        make_person(school, last_name=f"Орлова{letter}")
    client = client_for(curator)
    client.get(url("access", school))
    with django_assert_num_queries(6):
        client.get(url("access", school))
