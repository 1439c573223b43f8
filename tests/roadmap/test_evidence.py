"""The roadmap closes itself by facts (R-116)."""

import csv
import datetime as dt

import pytest
from django.conf import settings

from mentoring.core.errors import RuleError
from people.models import Answer, Organization, Survey, SurveyResponse
from roadmap.evidence import REGISTRY
from roadmap.models import Event, Norm, NormStudy, RoadmapActivity
from roadmap.services import evidence
from roadmap.services.plan import load_plan
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.progress import mark_progress
from tests.factories import make_person
from tests.people.makers_banks import make_mentee
from tests.people.makers_surveys import make_survey

DAY = dt.date(2026, 11, 20)
SOURCES = ["solnyshko", "licey-45", "ddt", "school-21", "ds-127"]
FOLDER = settings.BASE_DIR / "var/evidence"
Progress = RoadmapActivity.Progress


def a_roadmap(curator, template="recommended", year=2026):
    return create_roadmap(template=template, year_start=year, by=curator)


def line(roadmap, code: str) -> RoadmapActivity:
    return RoadmapActivity.objects.filter(stage__roadmap=roadmap, code=code).first()


@pytest.mark.req("R-116")
@pytest.mark.parametrize("template", SOURCES)
def test_source_roadmaps_come_with_facts(curator, template):
    """«Activity → fact» of every source roadmap; at most three lines are left to the hand."""
    roadmap = a_roadmap(curator, template)
    rows = []
    for stage in load_plan(roadmap).stages:
        for holder in [*stage.blocks, stage]:
            block = "" if holder is stage else holder.node.title
            rows += [[stage.node.title, block, one.node.title, one.node.fact] for one in holder.activities]  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{template}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["stage", "block", "activity", "fact"], *rows])
    facts = [row[3] for row in rows]
    assert [fact for fact in facts if fact and not REGISTRY.get(fact)] == []  # fmt: skip
    assert sum(not fact for fact in facts) <= 3
    assert [fact for fact in facts if fact.startswith("later:")] == []


def test_every_fact_of_the_registry_can_be_read(curator):
    """A wrong field name in any of them would be an error here."""
    roadmap = a_roadmap(curator)
    found = evidence.states(evidence.window_of(roadmap, DAY), REGISTRY.facts)
    assert {state.day for code, state in found.items() if code != evidence.BANK} == {None}


def test_facts_cost_one_query_whatever_their_number(curator, django_assert_num_queries):
    window = evidence.window_of(a_roadmap(curator), DAY)
    with django_assert_num_queries(1):
        evidence.states(window, ["event:meeting"])
    with django_assert_num_queries(1):
        evidence.states(window, REGISTRY.facts)


def held(curator, kind: str, day: dt.date, **more) -> Event:
    moment = evidence_moment(day)
    values = {"title": "Совещание", "place": "кабинет 12", "minutes": "Выбрали формы", **more}
    return Event.objects.create(organization=curator.organization, kind=kind, state="held", starts_at=moment, **values)  # fmt: skip


def evidence_moment(day: dt.date) -> dt.datetime:
    from django.utils import timezone

    return timezone.make_aware(dt.datetime.combine(day, dt.time(14)))


@pytest.mark.req("R-116", "R-126")
def test_activity_closes_on_the_day_of_its_fact_and_on_no_other(curator):
    roadmap = a_roadmap(curator)
    held(curator, "meeting", dt.date(2026, 9, 18))
    assert evidence.settle(curator.organization, on=dt.date(2026, 9, 17)) == len(empty_bank(roadmap)) + 1  # fmt: skip
    assert line(roadmap, "admin_meeting").progress == Progress.RUNNING
    evidence.settle(curator.organization, on=DAY)
    closed = line(roadmap, "admin_meeting")
    assert (closed.progress, closed.progress_on) == (Progress.DONE, dt.date(2026, 9, 18))
    assert closed.by_fact
    assert closed.progress_note == "Административное совещание проведено"


def empty_bank(roadmap) -> list:
    return list(RoadmapActivity.objects.filter(stage__roadmap=roadmap, conditional=True))


def test_event_without_minutes_closes_nothing(curator):
    roadmap = a_roadmap(curator)
    held(curator, "meeting", dt.date(2026, 9, 18), minutes="")
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "admin_meeting").progress == Progress.RUNNING


def test_fact_of_an_earlier_year_does_not_close_a_line_of_this_year(curator):
    roadmap = a_roadmap(curator)
    held(curator, "meeting", dt.date(2026, 6, 30))
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "admin_meeting").progress == Progress.PLANNED


def test_one_fact_may_close_two_lines(curator):
    roadmap = a_roadmap(curator)
    two = RoadmapActivity.objects.filter(stage__roadmap=roadmap, code__in=["admin_meeting", "staff_council"])  # fmt: skip
    two.update(fact="event:meeting")
    held(curator, "meeting", dt.date(2026, 9, 18))
    evidence.settle(curator.organization, on=DAY)
    assert set(two.values_list("progress", "progress_on")) == {("done", dt.date(2026, 9, 18))}


def test_a_closed_line_stays_closed_when_its_fact_goes(curator):
    roadmap = a_roadmap(curator)
    event = held(curator, "meeting", dt.date(2026, 9, 18))
    evidence.settle(curator.organization, on=DAY)
    event.delete()
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "admin_meeting").progress == Progress.DONE


def test_conditional_line_is_not_needed_while_the_bank_of_mentees_is_empty(curator):
    roadmap = a_roadmap(curator)
    make_mentee(make_person(curator.organization), entered_on=dt.date(2026, 10, 5))
    evidence.settle(curator.organization, on=dt.date(2026, 10, 1))
    search = line(roadmap, "mentor_search")
    assert (search.progress, search.progress_note) == (Progress.NOT_NEEDED, evidence.NOBODY)
    evidence.settle(curator.organization, on=dt.date(2026, 10, 6))
    assert line(roadmap, "mentor_search").progress == Progress.PLANNED


def test_act_counts_as_studied_when_every_curator_has_marked_it(curator):
    roadmap = a_roadmap(curator)
    act = Norm.objects.create(organization=curator.organization, code="r145", kind="распоряжение", title="О методологии")  # fmt: skip
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "study_r145").progress == Progress.PLANNED
    NormStudy.objects.create(organization=curator.organization, norm=act, person=curator.person, studied_on=dt.date(2026, 9, 3))  # fmt: skip
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "study_r145").progress_on == dt.date(2026, 9, 3)


def test_mark_by_hand_needs_a_note_or_a_file(curator):
    row = line(a_roadmap(curator), "coverage")
    with pytest.raises(RuleError, match="чем это подтверждено"):
        mark_progress(row, progress="done", day=DAY, by=curator)
    marked = mark_progress(row, progress="done", progress_note="Запись на сайте", day=DAY, by=curator)  # fmt: skip
    assert (marked.progress, marked.by_fact) == ("done", False)


def test_what_a_hand_marked_the_fact_leaves_alone(curator):
    roadmap = a_roadmap(curator)
    mark_progress(line(roadmap, "admin_meeting"), progress="done", progress_note="Протокол № 3", progress_on=dt.date(2026, 9, 1), day=DAY, by=curator)  # fmt: skip
    held(curator, "meeting", dt.date(2026, 9, 18))
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "admin_meeting").progress_on == dt.date(2026, 9, 1)


def test_facts_of_the_neighbour_close_nothing_here(curator, other_school):
    roadmap = a_roadmap(curator)
    Event.objects.create(organization=other_school, kind="meeting", title="Чужое", place="там", state="held", minutes="да", starts_at=evidence_moment(dt.date(2026, 9, 18)))  # fmt: skip
    evidence.settle(curator.organization, on=DAY)
    assert line(roadmap, "admin_meeting").progress == Progress.PLANNED


def test_page_shows_the_fact_before_anything_was_written_down(client_for, curator):
    roadmap = a_roadmap(curator)
    held(curator, "meeting", dt.date(2026, 9, 18))
    text = client_for(curator).get(roadmap.get_absolute_url()).content.decode()
    assert "18.09.2026 Административное совещание проведено" in text
    assert line(roadmap, "admin_meeting").progress == Progress.PLANNED


def test_page_of_what_is_left_names_the_next_step(client_for, curator):
    roadmap = a_roadmap(curator)
    held(curator, "meeting", dt.date(2026, 9, 18))
    text = client_for(curator).get(roadmap.get_absolute_url() + "?show=left").content.decode()
    assert "Административное совещание: выбор форм" not in text
    assert "провести и записать итоги" in text


def test_scale_of_time_has_a_bar_for_each_dated_line(client_for, curator):
    roadmap = a_roadmap(curator)
    text = client_for(curator).get(roadmap.get_absolute_url() + "?view=timeline").content.decode()
    dated = [one for one in load_plan(roadmap).lines if one.ends_on]
    assert text.count("<rect") == len(dated)


def test_settling_costs_the_same_with_one_school_line_and_with_many(curator, django_assert_num_queries):  # fmt: skip
    a_roadmap(curator)
    evidence.settle(curator.organization, on=DAY)
    organization = Organization.objects.get(pk=curator.organization.pk)
    with django_assert_num_queries(5):  # lock, lines, facts, a savepoint and its end
        evidence.settle(organization, on=DAY)


# ---- monitoring by questionnaires ---------------------------------------------------------------------------
MAY, JUNE = dt.date(2027, 5, 20), dt.date(2027, 6, 30)
MONITORING = ["survey:quality", "survey:final", "survey:influence"]


def answered_run(
    curator, person, code: str, *, opens_on: dt.date, closed: bool = True, **values
) -> Survey:
    survey = make_survey(curator, [person], code=code, opens_on=opens_on)
    survey.participants.update(answered=True)
    participant = survey.participants.get()
    response = SurveyResponse.objects.create(organization=survey.organization, survey=survey, participant=participant, person=person, submitted_at=evidence_moment(opens_on))  # fmt: skip
    for question, value in values.items():
        Answer.objects.create(organization=survey.organization, response=response, question=question, value=value)  # fmt: skip
    if closed:
        survey.state, survey.closed_at = Survey.State.CLOSED, evidence_moment(opens_on)
        survey.save()
    return survey


def monitoring_days(roadmap) -> list[dt.date | None]:
    found = evidence.states(evidence.window_of(roadmap, JUNE), MONITORING)
    return [found[code].day for code in MONITORING]


@pytest.mark.req("R-707")
def test_quality_of_programmes_is_monitored_when_its_questionnaire_is_closed(curator):
    roadmap = a_roadmap(curator)
    survey = answered_run(curator, curator.person, "program_quality", opens_on=MAY, closed=False)
    assert monitoring_days(roadmap) == [None, None, None]
    survey.state, survey.closed_at = Survey.State.CLOSED, evidence_moment(dt.date(2027, 5, 25))
    survey.save()
    assert monitoring_days(roadmap) == [dt.date(2027, 5, 25), None, None]


@pytest.mark.req("R-706", "R-708")
def test_satisfaction_waits_for_both_roles_and_influence_for_the_same_person(curator, school):
    roadmap = a_roadmap(curator)
    mentee, other = (make_person(school, last_name=name) for name in ("Зимина", "Гусева"))
    answered_run(curator, mentee, "mentee_initial", opens_on=dt.date(2026, 10, 5), usefulness=4)
    answered_run(curator, other, "mentee_final", opens_on=MAY, usefulness=8)
    assert monitoring_days(roadmap) == [None, None, None]
    state = evidence.states(evidence.window_of(roadmap, JUNE), MONITORING)["survey:final"]
    assert state.numbers == "1 из 2"
    answered_run(curator, other, "mentor_final", opens_on=dt.date(2027, 5, 27))
    assert monitoring_days(roadmap) == [None, dt.date(2027, 5, 27), None]
    answered_run(curator, mentee, "mentor_final", opens_on=dt.date(2027, 5, 28))
    assert monitoring_days(roadmap)[2] is None, "scales of another role are not the same scales"
    answered_run(curator, mentee, "mentee_final", opens_on=dt.date(2027, 6, 2), usefulness=8)
    assert monitoring_days(roadmap)[2] == dt.date(2027, 6, 2)
