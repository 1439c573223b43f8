"""Reminders: one letter a day, only to those who have not acted; mass letters wait for a look; the calendar."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from mentoring.core.errors import RuleError
from people import channels
from people.models import CalendarFeed, Letter, Notice
from people.models.accounts import Role
from people.services import calendar_feed, letters, notices
from people.services.notices import Message
from roadmap.models import Event, EventParticipant
from tests.factories import make_member, make_person

DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _waiting(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def message(person, key="a", **over) -> Message:
    return Message(**{"person": person, "event": "survey.remind", "key": key, "title": f"Анкета {key} ждёт ответа", **over})  # fmt: skip


def digests(day=DAY) -> list[Letter]:
    return list(Letter.objects.filter(key=f"digest-{day:%Y-%m-%d}").order_by("pk"))


def test_many_reminders_make_one_letter_with_action_and_date(school, teacher):
    notices.remind([message(teacher.person, "a"), message(teacher.person, "b", url="/s/x/")], on=DAY)  # fmt: skip
    assert Letter.objects.count() == 0
    assert channels.daily(school, DAY) == 1
    letter = digests()[0]
    assert letter.subject == "2 дела: Анкета a ждёт ответа – на 20.11.2026"
    assert "Анкета b ждёт ответа" in letter.text
    assert "Анкета b ждёт ответа" in letter.html
    assert "/s/x/" in letter.html


def test_second_run_of_the_day_sends_nothing_more(school, teacher):
    notices.remind([message(teacher.person)], on=DAY)
    channels.daily(school, DAY)
    notices.remind([message(teacher.person, "later")], on=DAY)
    assert channels.daily(school, DAY) == 0
    assert len(digests()) == 1
    assert channels.daily(school, DAY + dt.timedelta(days=1)) == 1


def test_killed_between_telling_and_the_letter_the_run_goes_on(school, teacher):
    """The notice is there, its letter is not: the next run writes it once."""
    notices.remind([message(teacher.person)], on=DAY)
    assert notices.remind([message(teacher.person)], on=DAY) == []
    assert channels.daily(school, DAY) == 1


def test_who_has_read_the_bell_gets_no_letter(school, teacher):
    notices.remind([message(teacher.person)], on=DAY)
    notices.mark_read(Notice.objects.all(), by=teacher)
    assert channels.daily(school, DAY) == 0


def test_choice_of_the_person_holds(school, teacher):
    letters.choose(digest=True, at_once=False, muted=["survey.remind"], by=teacher)
    notices.remind([message(teacher.person)], on=DAY)
    notices.remind([message(teacher.person, "b", event="consent.remind")], on=DAY)
    channels.daily(school, DAY)
    assert digests()[0].subject == "Анкета b ждёт ответа – на 20.11.2026"
    notices.tell([message(teacher.person, "now", event="event.invited")])
    assert not Letter.objects.filter(key="").exists()
    letters.choose(digest=False, at_once=True, muted=[], by=teacher)
    notices.remind([message(teacher.person, "c")], on=DAY + dt.timedelta(days=1))
    assert channels.daily(school, DAY + dt.timedelta(days=1)) == 0


def test_digest_costs_the_same_with_few_and_many_people(school, django_assert_num_queries):
    people = [make_person(school, last_name=f"Ветров{one}", email=f"{one}@school.example") for one in "абвгде"]  # fmt: skip
    for day, chosen in ((DAY, people[:1]), (DAY + dt.timedelta(days=1), people)):
        notices.remind([message(one, str(day)) for one in chosen], on=day)
        with django_assert_num_queries(8):
            channels.daily(school, day)


def test_the_command_costs_the_same_for_a_school_with_many_who_wait(school, teacher):
    """A constant number of queries a school, whatever waits in it; letters are then claimed one by one."""
    event = Event.objects.create(organization=school, kind="seminar", title="Семинар", place="зал", starts_at=timezone.now() + dt.timedelta(days=1))  # fmt: skip

    def run() -> int:
        with CaptureQueriesContext(connection) as context:
            call_command("remind", school=school.slug, stdout=io.StringIO())
        return len(context)

    EventParticipant.objects.create(organization=school, event=event, person=teacher.person)
    first = run()
    for one in "абвгде":
        person = make_person(school, last_name=f"Ветров{one}")
        EventParticipant.objects.create(organization=school, event=event, person=person)
    assert run() <= first


def many(school, number=12):
    return [make_person(school, last_name=f"Ветров{chr(1072 + one)}", email=f"p{one}@school.example") for one in range(number)]  # fmt: skip


def test_mass_letters_wait_until_somebody_has_looked(school, curator, client_for):
    people = many(school)
    notices.tell([message(one, "invite", event="event.invited", title="Приглашение: семинар") for one in people])  # fmt: skip
    assert set(Letter.objects.values_list("state", flat=True)) == {"held"}
    client = client_for(curator)
    batch = letters.held_batches(school)[0]["batch"]
    text = client.get(reverse("letter_batch", args=[school.slug]), {"batch": batch}).content.decode()  # fmt: skip
    assert people[0].full_name in text
    assert "Приглашение: семинар" in text
    assert "Проверить рассылку: 12 писем" in client.get(reverse("home", args=[school.slug])).content.decode()  # fmt: skip
    client.post(reverse("letter_decide", args=[school.slug]), {"batch": batch, "send": "1"})
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}
    with pytest.raises(RuleError, match="уже отправили"):
        letters.release(batch, by=curator)


def test_a_batch_may_be_left_unsent(school, curator):
    notices.tell([message(one, "x") for one in many(school)])
    assert letters.drop(letters.held_batches(school)[0]["batch"], by=curator) == 12
    assert set(Letter.objects.values_list("state", flat=True)) == {"dropped"}


def test_batches_of_the_neighbour_are_not_seen_nor_sent(school, stranger, curator, client_for):
    notices.tell([message(one, "x") for one in many(school)])
    batch = letters.held_batches(school)[0]["batch"]
    url = reverse("letter_batch", args=[stranger.organization.slug])
    assert client_for(stranger).get(url, {"batch": batch}).status_code == 404
    with pytest.raises(RuleError):
        letters.release(batch, by=stranger)
    assert set(Letter.objects.values_list("state", flat=True)) == {"held"}


def entries(client, token: str) -> list:
    answer = client.get(reverse("calendar_feed", args=[token]))
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_calendar_holds_own_events_only_with_a_full_time_zone(school, teacher, curator, client):
    start = timezone.now() + dt.timedelta(days=2)
    for title, person in (("Мой семинар", teacher.person), ("Чужой семинар", curator.person)):
        event = Event.objects.create(organization=school, kind="seminar", title=title, place="зал", starts_at=start)  # fmt: skip
        EventParticipant.objects.create(organization=school, event=event, person=person)
    token = calendar_feed.open_feed(by=teacher)
    found = entries(client, token)
    assert [str(one["summary"]) for one in found] == ["Мой семинар"]
    assert found[0]["dtstart"].params["TZID"] == "Europe/Moscow"
    assert found[0].decoded("dtstart") == start.replace(microsecond=0)


def test_address_of_the_calendar_dies_when_revoked_renewed_or_the_person_left(teacher, client):
    first = calendar_feed.open_feed(by=teacher)
    second = calendar_feed.open_feed(by=teacher)
    url = "calendar_feed"
    assert client.get(reverse(url, args=[first])).status_code == 404
    assert client.get(reverse(url, args=[second])).status_code == 200
    teacher.grants.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(reverse(url, args=[second])).status_code == 404
    calendar_feed.close_feed(by=teacher)
    assert not CalendarFeed.objects.exists()


def test_secret_is_shown_once_and_not_kept(school, client_for):
    member = make_member(school, Role.STAFF, last_name="Орлова")
    client = client_for(member)
    page = client.post(reverse("my_calendar_address", args=[school.slug]), follow=True)
    address = page.context["address"]
    token = address.rstrip("/").rpartition("/")[2]
    assert CalendarFeed.objects.get().token_hash != token
    assert address in page.content.decode()
    assert address not in client.get(reverse("my_calendar", args=[school.slug])).content.decode()
