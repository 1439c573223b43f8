"""Meetings, private notes, tasks, calls for help, helpers."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mentoring.core.errors import RuleError
from mentoring.core.working_hours import at_work, read_working_hours
from people.models import Notice
from programs.models import Meeting, PrivateNote
from programs.services import completion, meetings, program_reminding, tasks_and_help
from tests.factories import make_member
from tests.people.makers_surveys import answer_all
from tests.programs.makers import DAY
from tests.programs.makers_programs import fresh, moment

TYPES = {"organisational": "R-612", "trial": "R-613", "planning": "R-614", "regular": "R-615", "reflection": "R-617", "closing": "R-616"}  # fmt: skip


def plan(program, by, day=DAY, **over):
    return meetings.plan_meeting(program, starts_at=moment(day), by=by, **over)


@pytest.mark.parametrize("type", [pytest.param(code, marks=pytest.mark.req(row, "R-621", "R-608")) for code, row in TYPES.items()])  # fmt: skip
def test_each_kind_of_meeting_is_planned_with_its_link(pair, program, type):
    (row,) = plan(program, pair.mentor, type=type, mode="online", link="https://video.example/1")
    assert (row.get_type_display(), row.link) != ("", "")
    assert Notice.objects.filter(person=pair.mentee.person, event="meeting.planned").exists()


@pytest.mark.req("R-615", "R-608")
def test_regular_meetings_repeat_within_the_term(pair, program):
    rows = plan(program, pair.mentee, weeks=2, repeats=40)
    days = [row.starts_at.date() for row in rows]
    assert len(rows) == 14
    assert days[-1] <= program.ends_on < days[-1] + dt.timedelta(weeks=2)
    with pytest.raises(RuleError, match="внутри срока"):
        plan(program, pair.mentor, day=program.ends_on + dt.timedelta(days=1))


@pytest.mark.req("R-208")
def test_a_clash_with_working_hours_is_warned_not_forbidden(school, pair, program, client_for):
    person = pair.mentee.person
    person.working_hours = "пн–пт 8:00–16:00"
    person.save()
    client = client_for(pair.mentor)
    posted = {"starts_at": "2026-11-24T15:00", "minutes": "45", "type": "regular", "mode": "in_person", "weeks": "0"}  # fmt: skip
    answer = client.post(reverse("meeting_new", args=[school.slug, program.pk]), posted, follow=True)  # fmt: skip
    assert "в это время работает (пн–пт 8:00–16:00)" in answer.content.decode()
    assert Meeting.objects.count() == 1
    assert not meetings.clashes(fresh(program), moment(dt.date(2026, 11, 24), 16), 45)


@pytest.mark.parametrize("text", ["пн 25:00-26:00", "пн-вт", "вт-пн 8:00-9:00", "пн 9:00-8:00", "каждый день"])  # fmt: skip
def test_hours_that_cannot_be_read_are_told_how_to_write(text):
    with pytest.raises(ValueError, match="Запишите часы так"):
        read_working_hours(text)
    assert not at_work(text, moment(DAY), 45)


def test_a_meeting_is_noted_after_it_began_and_once(pair, program):
    (row,) = plan(program, pair.mentor)
    with pytest.raises(RuleError, match="ещё не началась"):
        meetings.note_meeting(row, note="Рано", now=row.starts_at - dt.timedelta(minutes=1), by=pair.mentor)  # fmt: skip
    held = meetings.note_meeting(row, note="Разобрали урок", now=row.starts_at + dt.timedelta(days=4), by=pair.mentee)  # fmt: skip
    assert held.noted_late
    with pytest.raises(RuleError, match="уже записан"):
        meetings.miss_meeting(row, reason="болезнь", now=row.starts_at, by=pair.mentor)


def test_a_future_meeting_cannot_be_logged_as_held(pair, program):
    starts = moment(DAY + dt.timedelta(days=3))
    with pytest.raises(RuleError, match="ещё не прошла"):
        meetings.log_meeting(program, starts_at=starts, note="", now=moment(DAY), by=pair.mentor)


def test_a_missed_meeting_keeps_why(pair, program):
    (row,) = plan(program, pair.mentor)
    with pytest.raises(RuleError, match="почему"):
        meetings.miss_meeting(row, reason=" ", now=row.starts_at, by=pair.mentor)
    missed = meetings.miss_meeting(row, reason="болезнь", now=row.starts_at, by=pair.mentor)
    assert (missed.state, missed.missed_reason) == ("missed", "болезнь")


def test_three_taps_note_a_meeting(school, pair, program, client_for, monkeypatch):
    (row,) = plan(program, pair.mentor)
    monkeypatch.setattr("django.utils.timezone.now", lambda: row.starts_at + dt.timedelta(hours=1))
    client, address = client_for(pair.mentor), reverse("meeting", args=[school.slug, row.pk])
    page = client.get(address).content.decode()
    assert page.count("checked") == 2
    people = [pair.mentor.person_id, pair.mentee.person_id]
    assert client.post(address, {"note": "Готово", "present": people}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.presence.filter(present=True).count()) == ("held", 2)


def test_a_meeting_without_a_note_is_reminded_once_to_the_mentor(school, pair, program):
    (row,) = plan(program, pair.mentor)
    assert not list(program_reminding.meetings(school, DAY))
    (message,) = program_reminding.meetings(school, DAY + dt.timedelta(days=1))
    assert (message.person, message.key) == (pair.mentor.person, f"meeting-{row.pk}-note")


def test_private_notes_are_read_by_the_pair_alone(school, pair, program, curator, head, client_for):
    meetings.write_private_note(program, text="Только для нас", by=pair.mentor)
    address = program.get_absolute_url() + "?part=meetings"
    assert "Только для нас" in client_for(pair.mentee).get(address).content.decode()
    for member in (curator, head):
        page = client_for(member).get(address).content.decode()
        assert "Только для нас" not in page
        assert not meetings.private_notes(program, by=member)
        with pytest.raises(PermissionDenied):
            meetings.write_private_note(program, text="Нет", by=member)
    assert PrivateNote.objects.count() == 1


@pytest.mark.req("R-226", "R-618", "R-239")
def test_a_task_is_handed_in_and_checked_by_the_mentor_in_person(pair, program, curator):
    (task,) = tasks_and_help.give(program, people=[pair.mentee.person], title="Конспект", on=DAY, by=pair.mentor)  # fmt: skip
    with pytest.raises(PermissionDenied):
        tasks_and_help.give(program, people=[pair.mentee.person], title="Нет", on=DAY, by=curator)
    with pytest.raises(RuleError, match="Напишите результат"):
        tasks_and_help.submit(task, result=" ", by=pair.mentee)
    with pytest.raises(RuleError, match="не сдано"):
        tasks_and_help.check(task, accepted=True, verdict="", on=DAY, by=pair.mentor)
    tasks_and_help.submit(task, result="Готов", by=pair.mentee)
    with pytest.raises(RuleError, match="что доработать"):
        tasks_and_help.check(task, accepted=False, verdict="", on=DAY, by=pair.mentor)
    assert tasks_and_help.check(task, accepted=False, verdict="Нет цели", on=DAY, by=pair.mentor).state == "returned"  # fmt: skip
    tasks_and_help.submit(task, result="Есть цель", by=pair.mentee)
    assert tasks_and_help.check(task, accepted=True, verdict="Отлично", on=DAY, by=pair.mentor).state == "accepted"  # fmt: skip


@pytest.mark.req("R-234", "R-620")
def test_a_call_for_help_is_answered_and_the_time_is_known(pair, program, curator):
    asked = moment(DAY, 10)
    with pytest.raises(PermissionDenied):
        tasks_and_help.ask(program, text="?", now=asked, by=pair.mentor)
    row = tasks_and_help.ask(program, text="Как начать?", now=asked, by=pair.mentee)
    assert Notice.objects.filter(person=pair.mentor.person, event="help.asked").exists()
    with pytest.raises(PermissionDenied):
        tasks_and_help.answer_help(row, answer="Так", now=asked, by=curator)
    row = tasks_and_help.answer_help(row, answer="С вопроса", now=moment(DAY, 15), by=pair.mentor)
    assert row.hours_to_answer == 5
    with pytest.raises(RuleError, match="уже ответили"):
        tasks_and_help.answer_help(row, answer="Ещё", now=asked, by=pair.mentor)


@pytest.mark.req("R-223")
def test_a_helper_joins_by_own_consent_and_sees_no_private_notes(school, pair, program, client_for):
    helper = make_member(school, "staff", last_name="Лугова")
    client = client_for(helper)
    assert client.get(program.get_absolute_url()).status_code == 403
    row = tasks_and_help.invite_helper(program, person=helper.person, topic="Цифра", on=DAY, by=pair.mentor)  # fmt: skip
    assert client.get(program.get_absolute_url()).status_code == 403
    with pytest.raises(RuleError, match="кого пригласили"):
        tasks_and_help.answer_invitation(row, accepted=True, on=DAY, by=pair.mentee)
    tasks_and_help.answer_invitation(row, accepted=True, on=DAY, by=helper)
    meetings.write_private_note(program, text="Между нами", by=pair.mentor)
    page = client.get(program.get_absolute_url() + "?part=meetings")
    assert page.status_code == 200
    assert "Между нами" not in page.content.decode()
    call = tasks_and_help.ask(fresh(program), text="Вопрос", now=moment(DAY), by=pair.mentee)
    tasks_and_help.answer_help(call, answer="Ответ помощника", now=moment(DAY), by=helper)


def test_a_wish_in_the_questionnaire_changes_nothing_by_itself(school, pair, program, curator, client_for):  # fmt: skip
    survey, _ = completion.ask([program], stage="midterm", on=DAY, by=curator)
    client, address = (
        client_for(pair.mentee),
        reverse("my_group", args=[school.slug, pair.group.pk]),
    )
    assert "Сама анкета ничего не меняет" not in client.get(address).content.decode()
    answer_all(survey, pair.mentee.person, change={"codes": ["pair"], "other": ""})
    assert "Сама анкета ничего не меняет" in client.get(address).content.decode()
    assert "Сама анкета" not in client_for(pair.mentor).get(address).content.decode()
    assert not pair.group.requests.exists()
