"""`manage.py remind`: each finder speaks once, to the right people, and a second run stays silent."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command

from people import hooks
from people.models import Consent, Notice
from people.services import reminding
from tests.factories import make_person
from tests.people.makers_banks import make_mentee
from tests.people.makers_consents import make_consent
from tests.people.makers_pupils import make_pupil
from tests.people.makers_surveys import answer_all, make_survey

DAY = dt.date(2026, 11, 20)


def remind(*args) -> str:
    out = io.StringIO()
    call_command("remind", f"--on={DAY}", *args, stdout=out)
    return out.getvalue()


def told(school) -> set[tuple[str, str]]:
    """Reminders of the school: (event, surname), without the first word of a new survey."""
    rows = Notice.objects.of(school).exclude(event="survey.asked")
    return set(rows.values_list("event", "person__last_name"))


def keys(found) -> list[str]:
    return [message.key for message in found]


@pytest.mark.req("R-302")
def test_only_those_who_have_not_answered_are_reminded_once_a_week(school, curator, teacher):
    quick = make_person(school, last_name="Быстрова")
    survey = make_survey(curator, [teacher.person, quick])
    answer_all(survey, quick)
    assert "Новых напоминаний: 1" in remind()
    assert told(school) == {("survey.remind", "Ветрова")}
    assert "Новых напоминаний: 0" in remind()
    next_week = reminding.unanswered(school, DAY + dt.timedelta(days=7))
    assert not {*keys(next_week)} & {*Notice.objects.values_list("key", flat=True)}


def test_a_fresh_or_closed_survey_reminds_nobody(school, curator, teacher):
    make_survey(curator, [teacher.person], opens_on=DAY)
    make_survey(curator, [teacher.person], closes_on=DAY)
    over = DAY + dt.timedelta(days=1)
    assert len(keys(reminding.unanswered(school, DAY))) == 1
    assert len(keys(reminding.unanswered(school, over))) == 0


def test_a_dry_run_counts_and_changes_nothing(school, curator, teacher):
    make_survey(curator, [teacher.person])
    over = make_consent(teacher.person, valid_until=DAY - dt.timedelta(days=1))
    assert "Напоминаний было бы: 1." in remind("--dry-run")
    over.refresh_from_db()
    assert (told(school), over.state) == (set(), "given")


def test_an_unknown_school_is_told_in_russian(db):
    with pytest.raises(CommandError, match="Организации «nowhere» нет"):
        remind("--school=nowhere")


def test_one_school_is_reminded_alone(school, other_school, curator, teacher):
    foreign = make_person(other_school)
    for person in (foreign, teacher.person):
        make_consent(person, state="asked", given_on=None, method="", asked_on=dt.date(2026, 11, 1))
    remind("--school=school")
    assert not Notice.objects.of(other_school).exists()
    assert told(school) == {("consent.remind", "Ветрова")}


@pytest.mark.req("R-306")
def test_a_consent_whose_term_is_over_is_written_down_with_its_effects(
    school, curator, teacher, monkeypatch
):
    lost = []
    monkeypatch.setattr(
        hooks, "on_consent_lost", [lambda person, **facts: lost.append((person, facts["on"]))]
    )
    over = make_consent(teacher.person, valid_until=DAY - dt.timedelta(days=1))
    last_day = make_consent(make_person(school), valid_until=DAY)
    remind()
    over.refresh_from_db()
    last_day.refresh_from_db()
    assert (over.state, last_day.state) == (Consent.State.EXPIRED, Consent.State.GIVEN)
    assert lost == [(teacher.person, DAY)]


def test_an_ending_consent_is_told_to_the_person_and_the_curator_once(school, curator, teacher):
    make_consent(teacher.person, valid_until=DAY + dt.timedelta(days=30))
    make_consent(make_person(school), valid_until=DAY + dt.timedelta(days=31))
    remind()
    assert told(school) == {("consent.expiring", "Ветрова"), ("consent.expiring", "Ким")}
    assert "Новых напоминаний: 0" in remind()


@pytest.mark.req("R-307")
@pytest.mark.parametrize(
    ("born", "title"),
    [(dt.date(2012, 11, 20), "исполнилось 14"), (dt.date(2008, 11, 20), "исполнилось 18")],
)
def test_a_birthday_that_needs_another_consent_is_a_task(school, curator, born, title):
    make_pupil(school, born)
    messages = list(reminding.grown_up(school, DAY))
    assert [message.person for message in messages] == [curator.person]
    assert title in messages[0].title
    assert list(reminding.grown_up(school, DAY - dt.timedelta(days=366 * 4))) == []


@pytest.mark.req("R-211")
def test_a_card_not_reviewed_for_a_year_is_one_line_a_month(school, curator, teacher):
    make_mentee(teacher.person, entered_on=DAY - dt.timedelta(days=400))
    make_mentee(make_person(school), entered_on=DAY - dt.timedelta(days=400), reviewed_on=DAY)
    messages = list(reminding.stale_cards(school, DAY))
    assert len(messages) == 1
    assert re.search("1 карточка", messages[0].title)
    assert messages[0].key == "review-2026-11"


def test_every_notice_leads_to_a_page_that_opens(school, curator, teacher, client_for):
    make_survey(curator, [teacher.person])
    make_consent(teacher.person, valid_until=DAY + dt.timedelta(days=3))
    make_mentee(make_person(school), entered_on=DAY - dt.timedelta(days=400))
    remind()
    by_person = {curator.person_id: client_for(curator), teacher.person_id: client_for(teacher)}
    for notice in Notice.objects.of(school):
        assert by_person[notice.person_id].get(notice.url).status_code == 200, notice.title
