"""Notices, the outbox and `manage.py remind`."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.db import OperationalError
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


def make_claimed(school, *, ago: dt.timedelta, **over) -> Letter:
    """A letter that a worker has taken to send and never said more of."""
    person = make_person(school, email="vetrova@school.example")
    values = {"subject": "Тема", "text": "Текст", "state": "sending", "attempts": 1, "sent_at": NOW - ago}  # fmt: skip
    return Letter.objects.create(organization=school, address=person.email, **{**values, **over})


def test_a_letter_whose_worker_was_killed_goes_again_under_the_same_id(school):
    letter = make_claimed(school, ago=dt.timedelta(hours=1))
    make_claimed(school, ago=dt.timedelta(minutes=1))  # its worker is at it
    assert outbox.send_waiting(NOW) == {"sent": 1, "failed": 0, "later": 0}
    assert letters_by_state() == {"sent": 1, "sending": 1}
    (message,) = mail.outbox
    first = message.message()["Message-ID"]
    assert first == outbox.message_id(letter)
    Letter.objects.filter(pk=letter.pk).update(state="waiting")
    outbox.send_waiting(NOW)
    assert [one.message()["Message-ID"] for one in mail.outbox] == [first, first]


def test_a_letter_interrupted_five_times_is_left_to_a_human(school):
    letter = make_claimed(school, ago=dt.timedelta(hours=1), attempts=5)
    assert outbox.send_waiting(NOW) == {"sent": 0, "failed": 0, "later": 0}
    letter.refresh_from_db()
    assert (letter.state, letter.error, mail.outbox) == ("failed", outbox.UNKNOWN, [])


def test_a_worker_that_slept_through_its_claim_writes_nothing(school):
    late = make_claimed(school, ago=dt.timedelta(hours=1))
    outbox.send_waiting(NOW)
    outbox.put_off(late, OSError(), NOW)
    assert letters_by_state() == {"sent": 1}


def test_while_the_mail_server_is_away_only_one_letter_tries(school, broken_mail):
    for _ in range(3):
        make_claimed(school, ago=dt.timedelta(), state="waiting", attempts=0, sent_at=None)
    Letter.objects.update(not_before=NOW)
    assert outbox.send_waiting(NOW) == {"sent": 0, "failed": 0, "later": 1}
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_letter_taken_by_the_mail_server_is_noted_once_the_database_is_back(school, monkeypatch):
    letter = make_claimed(school, ago=dt.timedelta())
    pauses, real = [], Letter.objects.filter(pk=letter.pk).update

    def away(rows, **values):
        if len(pauses) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return real(**values)

    monkeypatch.setattr(outbox.time, "sleep", pauses.append)
    monkeypatch.setattr(outbox.connection, "close", lambda: None)
    monkeypatch.setattr(type(Letter.objects.all()), "update", away)
    outbox.note(letter, state="sent")
    monkeypatch.undo()
    assert (pauses, letters_by_state()) == ([0, 0.5, 1], {"sent": 1})


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
