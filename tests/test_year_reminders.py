"""The year once more with reminders on: who is reminded of what on which day, and which lines close when."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from people import channels, reminders
from people.models import Letter, Notice, SurveyParticipant
from people.reminders import week
from people.services import notices
from programs.models import Agreement, Meeting, PlanItem
from roadmap.models import RoadmapActivity
from roadmap.services import evidence
from roadmap.services.plan_templates import create_roadmap
from tests.test_year import FIRST, LAST, Year, check_day, check_end

pytestmark = [pytest.mark.usefixtures("quick_papers"), pytest.mark.access]
ONCE_A_MONTH = {"group.search", "program.stuck", "bank.review"}


@pytest.fixture(autouse=True)
def _nobody_sends(settings):
    """Letters stay in the outbox: what leaves is told elsewhere."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def expected(day: dt.date, told: set[tuple[int, str]]) -> Counter:
    """A naive recount from all rows: (person, event) → how many new reminders this day brings."""
    keys = []
    for row in SurveyParticipant.objects.select_related("survey").filter(answered=False):
        survey = row.survey
        asked = survey.state == "open" and survey.opens_on <= day - dt.timedelta(days=3)
        if asked and not (survey.closes_on and survey.closes_on < day):
            keys.append((row.person_id, "survey.remind", f"survey-{survey.pk}-{week(day)}"))
    meetings = Meeting.objects.filter(state="planned", program__state="running")
    for pk, starts_at, mentor in meetings.values_list("pk", "starts_at", "program__group__mentor"):
        if timezone.localtime(starts_at).date() < day:
            keys.append((mentor, "meeting.note", f"meeting-{pk}-note"))
    late = PlanItem.objects.filter(state="planned", program__state="running", due_on__lt=day)
    for item in late.select_related("program__group").prefetch_related("program__group__members__person"):  # fmt: skip
        group = item.program.group
        sides = [group.mentor_id, *(person.pk for person in group.mentees)]
        keys += [(person, "program.overdue", f"item-{item.pk}-overdue-{item.due_on}") for person in sides]  # fmt: skip
    for row in Agreement.objects.select_related("group").filter(state="waiting"):
        if row.group.state == "proposed" and row.group.proposed_on <= day - dt.timedelta(days=3):
            keys.append((row.person_id, "group.remind", f"group-{row.group_id}-remind"))
    fresh = {(person, event, key) for person, event, key in keys if (person, key) not in told}
    return Counter((person, event) for person, event, _ in fresh)


COUNTED = {"survey.remind", "meeting.note", "program.overdue", "group.remind"}


@pytest.mark.req("R-602", "R-510", "R-701")
def test_reminders_of_a_year_are_exact_and_lines_close_on_the_day_of_their_fact(school, curator, head, monkeypatch):  # fmt: skip
    # The facts are read at the end of each day, after what happened on it.
    monkeypatch.setattr(reminders, "DUTIES", [one for one in reminders.DUTIES if one is not evidence.settle])  # fmt: skip
    roadmap = create_roadmap(template="recommended", year_start=2026, by=curator)
    year, told, closed = Year(school, curator, head), set(), {}
    day = FIRST
    while day <= LAST:
        year.live(day)
        check_day(school, day)
        want = expected(day, told)
        new = [one for messages in reminders.due(school, day).values() for one in notices.remind(messages, on=day)]  # fmt: skip
        got = Counter((one.person_id, one.event) for one in new if one.event in COUNTED)
        assert got == want, day
        told |= {(one.person_id, one.key) for one in new}
        check_letters(school, day, {one.person_id for one in new})
        closed |= closed_today(school, roadmap, day, set(closed))
        day += dt.timedelta(days=1)
    check_end()
    monthly = Notice.objects.filter(event__in=ONCE_A_MONTH).values_list("event", "person", "told_on__year", "told_on__month")  # fmt: skip
    assert max(Counter(monthly).values(), default=0) <= 1
    days = {code: closed.get(code) for code in ("matching", "pair_order", "mentor_search", "programs", "practice_collection", "award_order")}  # fmt: skip
    assert days == {
        "matching": dt.date(2026, 9, 10), "pair_order": dt.date(2026, 9, 16), "mentor_search": dt.date(2026, 9, 21),
        "programs": dt.date(2026, 9, 30), "practice_collection": dt.date(2027, 6, 10), "award_order": dt.date(2027, 6, 10),
    }  # fmt: skip


def check_letters(school, day: dt.date, people: set[int]) -> None:
    """One letter to each who has something new, none to the others, none at a second call."""
    number = channels.daily(school, day)
    key = f"digest-{day:%Y-%m-%d}"
    got = list(Letter.objects.filter(key=key).values_list("person", flat=True))
    assert sorted(got) == sorted(people), day
    assert number == len(people), day
    assert channels.daily(school, day) == 0, day


def closed_today(school, roadmap, day: dt.date, before: set[str]) -> dict[str, dt.date]:
    """Lines that closed on this day: each on the very day of its fact."""
    evidence.settle(school, on=day)
    rows = RoadmapActivity.objects.filter(stage__roadmap=roadmap, progress="done").exclude(code__in=before)  # fmt: skip
    for row in rows:
        # What was there before the year began is found on its first day, under its own date.
        assert row.progress_on == day or (day == FIRST and row.progress_on < FIRST), (row.code, row.progress_on, day)  # fmt: skip
    return {row.code: row.progress_on for row in rows}
