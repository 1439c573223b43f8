"""Events with sign-up, attendance and minutes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Notice
from roadmap.models import Event, EventParticipant
from roadmap.services import events as service
from tests.factories import make_person

TOMORROW = timezone.now() + dt.timedelta(days=1)
TODAY = timezone.localdate()


def make_event(curator, **over) -> Event:
    values = {
        "kind": Event.Kind.ROUND_TABLE, "title": "Круглый стол наставников",
        "starts_at": TOMORROW, "place": "кабинет 12",
    }  # fmt: skip
    return service.create_event(by=curator, **{**values, **over})


def make_past(event: Event) -> Event:
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - dt.timedelta(hours=2))
    event.refresh_from_db()
    return event


def form_values(**over) -> dict:
    values = {
        "kind": "mentee_call", "title": "Встреча для желающих", "day": f"{TOMORROW:%Y-%m-%d}",
        "starts": "15:00", "ends": "16:30", "place": "актовый зал", "sign_up": "on",
    }  # fmt: skip
    return {**values, **over}


@pytest.mark.req("R-301", "R-310")
@pytest.mark.parametrize("kind", ["mentee_call", "round_table"])
def test_staff_sign_up_and_the_curator_marks_who_was_there(
    school, curator, teacher, client_for, kind
):
    at_desk, at_phone = client_for(curator), client_for(teacher)
    at_desk.post(reverse("event_new", args=[school.slug]), form_values(kind=kind))
    event = Event.objects.of(school).get()
    page = at_phone.get(event.get_absolute_url()).content.decode()
    assert page.count("Записаться") == 1
    at_phone.post(reverse("event_sign_up", args=[school.slug, event.pk]))
    row = EventParticipant.objects.get(event=event)
    assert (row.person, row.invited, row.attended) == (teacher.person, False, None)
    make_past(event)
    at_desk.post(
        reverse("event_hold", args=[school.slug, event.pk]),
        {"attended": [teacher.person_id], "minutes": "Желающих двое."},
    )
    event.refresh_from_db()
    row.refresh_from_db()
    assert (event.state, event.minutes, row.attended) == ("held", "Желающих двое.", True)


def test_invited_people_are_told_once(curator, teacher):
    event = make_event(curator)
    assert service.invite(event, [teacher.person], by=curator) == 1
    assert service.invite(event, [teacher.person], by=curator) == 0
    notice = Notice.objects.get(person=teacher.person)
    assert notice.title == "Приглашение: Круглый стол наставников"


def test_a_moved_event_is_told_and_a_renamed_one_is_not(curator, teacher):
    event = make_event(curator)
    service.invite(event, [teacher.person], by=curator)
    service.update_event(event, by=curator, title="Круглый стол")
    assert Notice.objects.filter(event="event.moved").count() == 0
    service.update_event(event, by=curator, place="кабинет 14")
    assert Notice.objects.filter(event="event.moved", person=teacher.person).count() == 1


def test_sign_up_twice_is_once_and_can_be_taken_back(curator, teacher):
    event = make_event(curator, sign_up=True)
    service.sign_up(event, by=teacher, on=TODAY)
    service.sign_up(event, by=teacher, on=TODAY)
    assert event.participants.count() == 1
    service.sign_off(event, by=teacher)
    assert event.participants.count() == 0


@pytest.mark.parametrize(
    ("over", "on", "sentence"),
    [
        ({"sign_up": False}, TODAY, "Запись на это событие не открыта: участников приглашает куратор."),
        (
            {"sign_up": True, "sign_up_until": TODAY - dt.timedelta(days=1)},
            TODAY,
            "Запись закончилась. Спросите куратора, остались ли места.",
        ),
        ({"sign_up": True, "state": "cancelled"}, TODAY, "Событие уже прошло или отменено."),
    ],
)  # fmt: skip
def test_closed_sign_up_says_why(curator, teacher, over, on, sentence):
    event = make_event(curator)
    Event.objects.filter(pk=event.pk).update(**over)
    event.refresh_from_db()
    with pytest.raises(RuleError) as error:
        service.sign_up(event, by=teacher, on=on)
    assert error.value.message == sentence


def test_a_future_event_is_not_held_and_an_empty_hall_is_refused(curator, teacher):
    event = make_event(curator)
    with pytest.raises(RuleError, match="ещё не наступило"):
        service.hold(event, attended=[teacher.person], minutes="", by=curator, on=TODAY)
    make_past(event)
    with pytest.raises(RuleError, match="Отметьте, кто был"):
        service.hold(event, attended=[], minutes="", by=curator, on=TODAY)


def test_a_cancelled_event_is_told_and_stays_cancelled(curator, teacher):
    event = make_event(curator)
    service.invite(event, [teacher.person], by=curator)
    service.cancel_event(event, by=curator)
    assert Notice.objects.filter(person=teacher.person, event="event.cancelled").count() == 1
    with pytest.raises(RuleError):
        service.cancel_event(event, by=curator)


def test_staff_see_open_events_and_own_invitations_only(school, curator, teacher, head, client_for):
    make_event(curator, title="Открытая встреча", sign_up=True)
    service.invite(make_event(curator, title="Моя встреча"), [teacher.person], by=curator)
    hidden = make_event(curator, title="Чужая встреча")
    url = reverse("events", args=[school.slug])
    page = client_for(teacher).get(url).content.decode()
    assert [title in page for title in ("Открытая встреча", "Моя встреча", "Чужая встреча")] == [
        True, True, False,
    ]  # fmt: skip
    assert client_for(teacher).get(hidden.get_absolute_url()).status_code == 404
    assert client_for(head).get(hidden.get_absolute_url()).status_code == 200


def test_participants_names_are_for_managers(school, curator, teacher, client_for):
    event = make_event(curator, sign_up=True)
    other = make_person(school, last_name="Соболева")
    service.invite(event, [other], by=curator)
    assert "Соболева" in client_for(curator).get(event.get_absolute_url()).content.decode()
    assert "Соболева" not in client_for(teacher).get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"ends": "14:00"}, "Окончание раньше начала."),
        ({"sign_up_until": f"{TOMORROW + dt.timedelta(days=3):%Y-%m-%d}"}, "Запись не может идти дольше самого события."),
        ({"place": ""}, "Укажите место или ссылку для подключения."),
        ({"link": "javascript:alert(1)"}, "Введите правильный URL."),
        ({"day": "32.13.2026"}, "Введите правильную дату."),
    ],
)  # fmt: skip
def test_bad_input_is_answered_and_kept(school, curator, client_for, over, field):
    answer = client_for(curator).post(reverse("event_new", args=[school.slug]), form_values(**over))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert field in page
    assert "Встреча для желающих" in page
    assert Event.objects.count() == 0


def test_the_list_costs_the_same_with_more_rows(
    school, curator, teacher, client_for, django_assert_num_queries
):
    client = client_for(curator)
    url = reverse("events", args=[school.slug])
    service.invite(make_event(curator), [teacher.person], by=curator)
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
    for number in range(3):
        service.invite(make_event(curator, title=f"Встреча {number}"), [teacher.person], by=curator)
    with django_assert_num_queries(6):
        client.get(url)
