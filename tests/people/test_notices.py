"""Notices, the outbox and `manage.py remind`."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.models import Letter, Notice
from people.services import notices, outbox
from people.services.notices import Message
from tests.factories import make_person

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def message(person, key="one", **over) -> Message:
    values = {"event": "survey.remind", "title": "Анкета ждёт ответа", "text": "До 30.11.2026."}
    return Message(person=person, key=key, **{**values, **over})


def letters_by_state() -> dict[str, int]:
    found = {}
    for letter in Letter.objects.all():
        found[letter.state] = found.get(letter.state, 0) + 1
    return found


@pytest.fixture
def broken_mail(monkeypatch):
    """A mail server that refuses everything."""

    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)


def test_a_key_is_told_once_and_the_letter_leaves_once(school, teacher):
    assert len(notices.tell([message(teacher.person), message(teacher.person)])) == 1
    assert notices.tell([message(teacher.person)]) == []
    assert Notice.objects.of(school).count() == 1
    assert [letter.to for letter in mail.outbox] == [[teacher.user.email]]
    assert mail.outbox[0].subject == "Анкета ждёт ответа"


def test_a_person_without_address_gets_the_bell_only(school):
    person = make_person(school)
    notices.tell([message(person)])
    assert Notice.objects.of(school).get().person == person
    assert Letter.objects.count() == 0


def test_telling_many_costs_the_same_queries(school, django_assert_num_queries, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    people = [
        make_person(school, last_name=name, email=f"p{number}@school.example")
        for number, name in enumerate(["Ветров", "Гусева", "Дёмина", "Ершова"])
    ]
    for chosen in (people[:1], people[1:]):
        with django_assert_num_queries(
            7
        ):  # savepoint, known, notices, addresses, choices, letters, release
            notices.tell([message(person) for person in chosen])


def test_a_refused_letter_is_tried_later_and_given_up_after_five(school, broken_mail):
    person = make_person(school, email="vetrova@school.example")
    notices.tell([message(person)])
    assert letters_by_state() == {"waiting": 1}
    letter = Letter.objects.get()
    assert letter.not_before > timezone.now() + dt.timedelta(minutes=4)
    day = timezone.now()
    for _ in range(4):
        day += dt.timedelta(hours=3)
        outbox.send_waiting(day)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("failed", 5)
    assert letter.error == "Почтовый сервер не принял письмо (SMTPServerDisconnected)."
    assert outbox.send_waiting(day + dt.timedelta(days=1)) == {"sent": 0, "failed": 0, "later": 0}


def test_a_failed_letter_goes_again_by_hand(school, broken_mail, monkeypatch):
    person = make_person(school, email="vetrova@school.example")
    notices.tell([message(person)])
    Letter.objects.update(state="failed", attempts=5)
    monkeypatch.undo()
    assert outbox.try_again(Letter.objects.all()) == 1
    assert outbox.send_waiting(timezone.now())["sent"] == 1


def test_a_letter_whose_worker_was_killed_is_never_sent_by_itself(school):
    person = make_person(school, email="vetrova@school.example")
    Letter.objects.create(
        organization=school, address=person.email, subject="Тема", text="Текст",
        state="sending", sent_at=NOW - dt.timedelta(hours=1), attempts=1,
    )  # fmt: skip
    assert outbox.send_waiting(NOW) == {"sent": 0, "failed": 0, "later": 0}
    assert letters_by_state() == {"failed": 1}
    assert mail.outbox == []


def test_bell_counts_and_opens_only_own_notices(school, teacher, head, client_for):
    notices.tell(
        [
            message(teacher.person, url=reverse("home", args=[school.slug])),
            message(head.person, title="Чужое уведомление"),
        ],
        letters=False,
    )
    client = client_for(teacher)
    page = client.get(reverse("notices", args=[school.slug])).content.decode()
    assert page.count('<span class="bell-count">1</span>') == 1
    assert "Чужое уведомление" not in page
    others = Notice.objects.get(person=head.person)
    assert client.get(reverse("notice_open", args=[school.slug, others.pk])).status_code == 404
    own = Notice.objects.get(person=teacher.person)
    answer = client.get(reverse("notice_open", args=[school.slug, own.pk]))
    assert answer.url == reverse("home", args=[school.slug])
    own.refresh_from_db()
    assert own.read_at is not None
    others.refresh_from_db()
    assert others.read_at is None


def test_all_read_takes_a_post_and_touches_nobody_else(school, teacher, head, client_for):
    notices.tell([message(teacher.person), message(head.person)], letters=False)
    url = reverse("notices_read", args=[school.slug])
    client = client_for(teacher)
    assert client.get(url).status_code == 405
    client.post(url)
    assert list(Notice.objects.filter(read_at=None).values_list("person", flat=True)) == [
        head.person_id
    ]


def test_a_notice_never_leads_outside(school, teacher, client_for):
    notices.tell([message(teacher.person, url="https://evil.example/")], letters=False)
    answer = client_for(teacher).get(
        reverse("notice_open", args=[school.slug, Notice.objects.get().pk])
    )
    assert answer.url == reverse("notices", args=[school.slug])
