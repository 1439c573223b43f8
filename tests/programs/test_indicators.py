"""Indicators I-01…I-20: a school counted by hand, and a naive recount on random schools."""

import datetime as dt
import json
import random
from base64 import b64decode

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml.etree import fromstring

from people.models import Answer, MenteeProfile, Organization, Person, SurveyResponse
from people.models.persons import full_years
from programs.models import (
    Award,
    Contest,
    ContestEntry,
    GroupMember,
    IndicatorSettings,
    MentoringGroup,
    PlanItem,
    Practice,
    Program,
    Training,
)
from programs.monitoring import answers
from programs.monitoring.registry import BY_CODE, INDICATORS
from programs.monitoring.scope import Definitions, Period, Scope, school_year
from programs.monitoring.values import Value, rounded, share
from programs.services import indicators
from roadmap.models import Document
from roadmap.services.plan_templates import create_roadmap
from tests.factories import make_organization, make_person
from tests.people.makers_surveys import make_survey

START, END = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
ON = dt.date(2027, 5, 31)
YEAR = Period(START, END, ON)


def pair(mentor: Person, mentee: Person, *, starts=dt.date(2026, 10, 1), ends=None, state="active") -> MentoringGroup:  # fmt: skip
    over = {"ends_on": ends, "end_reason": "completed", "state": "ended"} if ends else {"state": state}  # fmt: skip
    group = MentoringGroup.objects.create(organization=mentor.organization, mentor=mentor, proposed_on=starts, starts_on=starts, **over)  # fmt: skip
    GroupMember.objects.create(organization=mentor.organization, group=group, person=mentee, starts_on=starts, ends_on=ends)  # fmt: skip
    return group


def item(program: Program, state: str, due_on: dt.date) -> PlanItem:
    more = {"done": {"done_on": due_on}, "cancelled": {"cancel_reason": "не понадобилось"}}.get(state, {})  # fmt: skip
    return PlanItem.objects.create(organization=program.organization, program=program, title="дело", due_on=due_on, state=state, **more)  # fmt: skip


def worker(school, letter: str, **over) -> Person:
    return make_person(
        school, last_name=f"Ветров{letter}", employed_from=dt.date(2020, 9, 1), **over
    )


@pytest.fixture
def counted(school, curator):
    """Ten workers: curator, two mentors, three mentees, four others; one has left, one is a guest."""
    old = {"teaching_since": dt.date(2000, 9, 1), "birth_year": 1975}
    new = {"teaching_since": dt.date(2026, 9, 1), "birth_year": 2002}
    Person.objects.filter(pk=curator.person_id).update(employed_from=dt.date(2015, 9, 1), birth_year=1980, teaching_since=dt.date(2003, 9, 1))  # fmt: skip
    mentors = [worker(school, letter, **old) for letter in "аб"]
    mentees = [worker(school, "в", **new), worker(school, "г", **new), worker(school, "д", **old)]
    for letter in "еёжз":
        worker(school, letter, **(new if letter == "е" else old))
    worker(school, "и", employed_to=dt.date(2026, 12, 1), **old)
    make_person(school, last_name="Гостев", kind="external", institution="колледж")
    groups = [
        pair(mentors[0], mentees[0]),
        pair(mentors[0], mentees[1], ends=dt.date(2027, 4, 1)),
        pair(mentors[1], mentees[2]),
        pair(mentors[1], mentees[2], starts=dt.date(2025, 10, 1), ends=dt.date(2026, 5, 1)),
    ]
    return {"school": school, "mentors": mentors, "mentees": mentees, "groups": groups, "curator": curator}  # fmt: skip


def value(school, code: str, period: Period = YEAR) -> tuple:
    found = indicators.of_school(school, period)[code]
    return found.n, found.d, found.value


@pytest.mark.req("R-220", "R-222")
def test_coverage_mentors_and_young_by_hand(counted):
    school = counted["school"]
    assert value(school, "I-01") == (5, 10, 50.0)
    assert value(school, "I-02") == (2, 3, 66.7)
    assert value(school, "I-03") == (2, 3, 66.7)
    assert value(school, "I-04") == (2, 10, 20.0)
    assert [value(school, f"I-10.{part}")[0] for part in (1, 2, 3)] == [2, 3, 3]


def test_a_person_who_left_and_an_earlier_period_are_counted_on_their_own_days(counted):
    school = counted["school"]
    before = Period(dt.date(2025, 9, 1), dt.date(2026, 8, 31), dt.date(2026, 5, 31))
    assert value(school, "I-01", before) == (2, 11, 18.2)
    Person.objects.filter(pk=counted["mentees"][0].pk).update(employed_to=dt.date(2027, 2, 1))
    assert value(school, "I-01") == (4, 9, 44.4)
    assert value(school, "I-11") == (1, 2, 50.0)


def test_period_without_data_says_no_data(school):
    empty = Period(dt.date(1990, 9, 1), dt.date(1991, 8, 31), dt.date(1991, 5, 31))
    found = indicators.of_school(school, empty)
    assert {code: one.shown for code, one in found.items() if BY_CODE[code].unit == "share"} == {one.code: "нет данных" for one in INDICATORS if one.unit == "share"}  # fmt: skip
    assert {one.n for code, one in found.items() if BY_CODE[code].unit == "number"} == {0}


def test_programmes_plans_and_reasons_by_hand(counted):
    school, groups = counted["school"], counted["groups"]
    common = {"organization": school, "starts_on": dt.date(2026, 10, 1), "ends_on": dt.date(2027, 5, 31)}  # fmt: skip
    done = Program.objects.create(group=groups[0], title="А", state="completed", completed_on=dt.date(2027, 5, 30), completion_reason="plan_fulfilled", **common)  # fmt: skip
    Program.objects.create(group=groups[1], title="Б", state="completed", completed_on=dt.date(2027, 4, 1), completion_reason="participant_initiative", **common)  # fmt: skip
    Program.objects.create(group=groups[2], title="В", state="running", running_since=START, **common)  # fmt: skip
    Program.objects.create(group=groups[2], title="Черновик", state="draft", **common)
    for state in ("done", "done", "planned", "cancelled"):
        item(done, state, dt.date(2027, 1, 10))
    item(done, "planned", dt.date(2027, 10, 1))
    assert value(school, "I-07") == (1, 3, 33.3)
    assert value(school, "I-08.2")[0] == 1
    assert value(school, "I-08.3")[0] == 0
    assert value(school, "I-09") == (2, 3, 66.7)
    assert value(school, "I-10.4")[0] == 3


def test_training_awards_contests_practices_categories_and_partners_by_hand(counted):
    school, curator = counted["school"], counted["curator"]
    own = {"organization": school}
    mentor, mentee = counted["mentors"][0], counted["mentees"][0]
    Training.objects.create(person=mentor, kind="course", title="Курсы", starts_on=START, ends_on=START, **own)  # fmt: skip
    Training.objects.create(person=counted["mentors"][1], kind="seminar", title="Семинар", starts_on=START, ends_on=START, **own)  # fmt: skip
    Award.objects.create(person=mentor, kind="certificate", merit="за труд", state="given", proposed_on=START, decided_on=ON, proposed_by=curator, **own)  # fmt: skip
    contest = Contest.objects.create(title="Конкурс", **own)
    ContestEntry.objects.create(contest=contest, person=mentor, recommended_by=mentor, applied_on=ON, **own)  # fmt: skip
    Practice.objects.create(title="Опыт", state="best", made_on=ON, published=True, **own)
    Practice.objects.create(title="Черновик", made_on=ON, **own)
    Person.objects.filter(pk=mentee.pk).update(category="первая", category_date=ON)
    Document.objects.create(kind="partner_agreement", title="о сотрудничестве", state="in_force", register="other", check_code="x", dated_on=START, signatory=curator.person, created_by=curator, **own)  # fmt: skip
    told = {code: value(school, code) for code in ("I-12", "I-16.1", "I-16.2", "I-15.1", "I-15.2", "I-19", "I-20")}  # fmt: skip
    assert told == {
        "I-12": (1, 2, 50.0), "I-16.1": (1, 2, 50.0), "I-16.2": (1, None, 1.0), "I-15.1": (1, None, 1.0),
        "I-15.2": (1, None, 1.0), "I-19": (1, None, 1.0), "I-20": (1, None, 1.0),
    }  # fmt: skip


def test_without_a_pair_for_long_counts_days_on_the_key_date(counted):
    school = counted["school"]
    alone = worker(school, "к")
    card = MenteeProfile.objects.create(organization=school, person=alone, state="approved", entered_on=ON - dt.timedelta(days=31))  # fmt: skip
    MenteeProfile.objects.create(organization=school, person=counted["mentees"][0], state="active", entered_on=START)  # fmt: skip
    assert value(school, "I-13")[0] == 1
    MenteeProfile.objects.filter(pk=card.pk).update(entered_on=ON - dt.timedelta(days=29))
    assert value(school, "I-13")[0] == 0
    IndicatorSettings.objects.create(organization=school, without_pair_days=20)
    assert value(school, "I-13")[0] == 1


def answer(survey, person: Person, **marks) -> None:
    participant = survey.participants.get(person=person)
    response = SurveyResponse.objects.create(organization=survey.organization, survey=survey, participant=participant, person=person, submitted_at=dt.datetime(2027, 5, 20, 12, tzinfo=dt.UTC))  # fmt: skip
    Answer.objects.bulk_create(Answer(organization=survey.organization, response=response, question=code, value=mark) for code, mark in marks.items())  # fmt: skip


@pytest.mark.req("R-708")
def test_satisfaction_and_change_use_paired_answers_only(counted):
    school, curator, mentees = counted["school"], counted["curator"], counted["mentees"]
    first = make_survey(curator, mentees, code="mentee_initial", opens_on=dt.date(2026, 9, 5))
    last = make_survey(curator, mentees, code="mentee_final", opens_on=dt.date(2027, 5, 10))
    answer(first, mentees[0], usefulness=5, comfort=4)
    answer(first, mentees[1], usefulness=6)
    answer(last, mentees[0], usefulness=8, comfort=4, overall=7)
    answer(last, mentees[1], usefulness=7, overall=6)
    answer(last, mentees[2], usefulness=10, overall=10)
    assert value(school, "I-05") == (2, 3, 66.7)
    assert value(school, "I-06") == (0, 0, None)
    found = indicators.of_school(school, YEAR)["I-14"]
    parts = {words: (one.n, one.value) for words, one in found.rows}
    # Two people: whole points only, no false precision.
    assert parts == {"наставляемые: польза": (2, 2.0), "наставляемые: комфорт": (1, 0.0)}
    assert dict(found.rows)["наставляемые: польза"].rows[0][1].value == 1.4


@pytest.mark.req("R-707")
def test_quality_has_three_bands_by_share(counted):
    school, curator = counted["school"], counted["curator"]
    survey = make_survey(curator, [curator.person], code="program_quality", opens_on=dt.date(2027, 5, 10))  # fmt: skip
    answer(survey, curator.person, criteria={"goals": "2", "roles": "1", "resources": "0"})
    assert value(school, "I-17") == (3, 6, 50.0)
    bands = [answers.band(share(n, 18)) for n in (15, 14, 9, 8)]
    assert bands == ["оптимальный уровень", "допустимый уровень", "допустимый уровень", "недопустимый уровень"]  # fmt: skip
    assert answers.band(share(30, 36)) == "оптимальный уровень"


def test_roadmap_counts_lines_whose_term_ends_in_the_period(counted):
    school, curator = counted["school"], counted["curator"]
    roadmap = create_roadmap(template="school-21", year_start=2026, by=curator)
    line = roadmap.stages.first().activities.first()
    line.progress = "done"
    line.save()
    autumn = Period(START, dt.date(2026, 10, 31), ON)
    n, d, _ = value(school, "I-18", autumn)
    assert (n, d) == (1, roadmap.stages.first().activities.count())


# ---- a naive recount on random schools ----------------------------------------------------------------------
def random_school(seed: int) -> Organization:
    """People, pairs and items with random days around the period."""
    chance = random.Random(seed)
    school = make_organization(slug=f"random-{seed}")

    def day(first=dt.date(2024, 9, 1), span=1200):
        return first + dt.timedelta(days=chance.randrange(span))

    people = []
    for number in range(chance.randint(1, 14)):
        stated = chance.random() < 0.3
        people.append(make_person(
            school, last_name=f"Ветров{'абвгдеёжзийклмн'[number]}", kind=chance.choice(["employed", "employed", "external"]),
            institution="колледж", employed_from=chance.choice([None, day(dt.date(2015, 1, 1))]), employed_to=chance.choice([None, None, day(dt.date(2026, 9, 1), 500)]),
            teaching_since=None if stated else chance.choice([None, day(dt.date(2021, 1, 1), 2400)]),
            teaching_years=chance.randint(0, 5) if stated else None, teaching_years_on=day(dt.date(2024, 1, 1)) if stated else None,
            birth_year=chance.choice([None, chance.randint(1960, 2004)]), category=chance.choice(["", "первая"]), category_date=chance.choice([None, day()]),
        ))  # fmt: skip
    for _ in range(chance.randint(0, 6)):
        if len(people) > 1:
            mentor, mentee = chance.sample(people, 2)
            starts = day()
            ends = chance.choice([None, starts + dt.timedelta(days=chance.randrange(400))])
            group = pair(mentor, mentee, starts=starts, ends=ends, state=chance.choice(["active", "paused"]))  # fmt: skip
            reason = chance.choice(["", "plan_fulfilled", "participant_initiative"])
            over = {"state": "completed", "completion_reason": reason, "completed_on": day()} if reason else {"state": "running", "running_since": starts}  # fmt: skip
            program = Program.objects.create(organization=school, group=group, title="П", starts_on=starts, ends_on=starts + dt.timedelta(days=chance.randrange(1, 400)), **over)  # fmt: skip
            for _ in range(chance.randint(0, 3)):
                item(program, chance.choice(["done", "planned", "cancelled"]), day())
            learnt = day()
            Training.objects.create(organization=school, person=mentor, kind=chance.choice(["course", "seminar"]), title="к", starts_on=learnt, ends_on=learnt)  # fmt: skip
    return school


def naive(school: Organization, period: Period, rules: Definitions) -> dict[str, tuple]:
    """The same figures by loops over rows in memory."""
    people = list(Person.objects.of(school))
    groups = [group for group in MentoringGroup.objects.of(school).prefetch_related("members") if group.starts_on <= period.end and (group.ends_on is None or group.ends_on >= period.start)]  # fmt: skip
    mentors = {group.mentor_id for group in groups}
    mentees = {row.person_id for group in groups for row in group.members.all()}

    def works(person) -> bool:
        on = period.on
        return (person.employed_from is None or person.employed_from <= on) and (person.employed_to is None or person.employed_to >= on)  # fmt: skip

    def fresh(person) -> bool:
        years = person.teaching_experience_on(period.on)
        return years is not None and years < rules.young_years

    def young(person) -> bool:
        return (
            person.birth_year is not None and period.on.year - person.birth_year <= rules.young_age
        )

    teachers = [one for one in people if one.kind == "employed" and works(one)]
    programs = list(Program.objects.of(school))
    inside = lambda day: day is not None and period.start <= day <= period.end  # noqa: E731
    due = [one for one in programs if inside(one.ends_on) or inside(one.completed_on)]
    items = [one for one in PlanItem.objects.of(school) if inside(one.due_on) and one.state != "cancelled"]  # fmt: skip
    trained = {row.person_id for row in Training.objects.of(school) if row.kind == "course" and row.ends_on <= period.end}  # fmt: skip
    starters = [one for one in people if one.pk in mentees and one.kind == "employed" and (young(one) or fresh(one))]  # fmt: skip
    return {
        "I-01": (sum(one.pk in mentors | mentees for one in teachers), len(teachers)),
        "I-02": (sum(fresh(one) and one.pk in mentees for one in teachers), sum(map(fresh, teachers))),
        "I-03": (sum(young(one) and one.pk in mentees for one in teachers), sum(map(young, teachers))),
        "I-04": (sum(one.pk in mentors for one in teachers), len(teachers)),
        "I-07": (sum(one.completion_reason == "plan_fulfilled" and inside(one.completed_on) for one in due), len(due)),
        "I-08.2": (sum(one.completion_reason == "participant_initiative" and inside(one.completed_on) for one in programs), None),
        "I-09": (sum(one.state == "done" for one in items), len(items)),
        "I-10.1": (len(mentors), None), "I-10.2": (len(mentees), None), "I-10.3": (len(groups), None),
        "I-11": (sum(map(works, starters)), len(starters)),
        "I-12": (len(mentors & trained), len(mentors)),
        "I-19": (sum(one.pk in mentees and one.category != "" and inside(one.category_date) for one in people), None),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_figures_agree_with_a_naive_recount(db, seed):
    school, chance = random_school(seed), random.Random(seed)
    rules = Definitions(young_age=chance.randint(25, 40), young_years=chance.randint(1, 4))
    for period in (YEAR, YEAR.earlier, Period(dt.date(2026, 1, 15), dt.date(2026, 12, 3), dt.date(2026, 2, 28))):  # fmt: skip
        found = indicators.of_school(school, period, rules)
        want = naive(school, period, rules)
        assert {code: (found[code].n, found[code].d) for code in want} == want


def test_experience_on_the_day_of_an_anniversary(school):
    """Full years as the card counts them, for years stated on a date and for a date of beginning."""
    for number, since in enumerate([dt.date(2024, 5, 31), dt.date(2024, 6, 1), dt.date(2024, 2, 29)]):  # fmt: skip
        person = worker(school, "абв"[number], teaching_since=since)
        counted = Scope(Organization.objects.filter(pk=school.pk), YEAR)
        fresh = counted.new_teachers(Person.objects.filter(pk=person.pk)).exists()
        assert fresh == (full_years(since, ON) < 3)


def test_many_schools_give_the_same_figures_as_each_alone(counted, other_school):
    pair(worker(other_school, "а"), worker(other_school, "б"))
    schools = [counted["school"], other_school]
    together = indicators.of_many(Scope(Organization.objects.filter(pk__in=[one.pk for one in schools]), YEAR))  # fmt: skip
    for school in schools:
        assert together[school.pk] == indicators.of_school(school, YEAR, Definitions())


def test_figures_of_a_school_cost_the_same_whatever_its_size(counted, django_assert_num_queries):
    school = counted["school"]
    with django_assert_num_queries(5):
        indicators.of_school(school, YEAR)
    for letter in "лмнопр":
        pair(worker(school, letter), worker(school, letter * 2))
    with django_assert_num_queries(5):
        indicators.of_school(school, YEAR)


@pytest.mark.parametrize(("exact", "shown"), [(0.25, 0.3), (0.35, 0.4), (66.666, 66.7), (-0.25, -0.3)])  # fmt: skip
def test_rounding_is_half_away_from_zero(exact, shown):
    assert rounded(exact) == shown


def test_nothing_to_divide_by_is_no_data():
    assert share(0, 0) == Value(0, 0, None)
    assert share(0, 0).shown == "нет данных"
    assert share(0, 5).shown == "0"


# ---- pages and the command --------------------------------------------------------------------------------
@pytest.mark.req("R-219")
def test_page_shows_figures_beside_a_year_ago_and_opens_their_rows(counted, client_for):
    client, slug = client_for(counted["curator"]), counted["school"].slug
    query = {"kind": "free", "start": "2026-09-01", "end": "2027-08-31", "on": "2027-05-31"}
    answer = client.get(reverse("indicators", args=[slug]), query)
    text = answer.content.decode()
    assert "5 из 10" in text
    assert "Год назад" in text
    rows = client.get(reverse("indicator", args=[slug, "I-01"]), query).content.decode()
    assert counted["mentees"][0].full_name in rows
    assert client.get(reverse("indicators", args=[slug]), {**query, "export": "xlsx"})["Content-Type"].endswith("sheet")  # fmt: skip


@pytest.mark.req("R-219")
def test_shares_are_drawn_with_the_same_numbers_as_the_table(counted, client_for):
    slug = counted["school"].slug
    query = {"kind": "free", "start": "2026-09-01", "end": "2027-08-31", "on": "2027-05-31"}
    page = client_for(counted["curator"]).get(reverse("indicators", args=[slug]), query)
    drawn = b64decode(page.context["chart"].partition("base64,")[2]).decode()
    texts = [node.text for node in fromstring(drawn.encode()).iter("{*}text")]
    assert "Охват педагогов наставничеством" in texts
    assert {"50 %", "66,7 %", "за период", "год назад"} <= set(texts)
    assert "Завершённые программы" not in texts
    assert "<script" not in drawn


def test_a_school_without_figures_has_a_table_and_no_empty_picture(curator, client_for):
    query = {"kind": "free", "start": "1990-09-01", "end": "1991-08-31", "on": "1991-05-31"}
    page = client_for(curator).get(reverse("indicators", args=[curator.organization.slug]), query)
    assert page.context["chart"] == ""
    assert "<figure" not in page.content.decode()


@pytest.mark.parametrize("query", [{"kind": "free"}, {"kind": "free", "start": "2027-01-01", "end": "2026-01-01"}, {"on": "вчера"}, {"kind": "чужой"}])  # fmt: skip
def test_wrong_dates_keep_the_page_and_say_what_is_wrong(curator, client_for, query):
    assert client_for(curator).get(reverse("indicators", args=[curator.organization.slug]), query).status_code == 200  # fmt: skip


def test_answers_behind_satisfaction_are_not_opened_from_a_figure(curator, client_for):
    for code in ("I-05", "I-14", "I-99"):
        assert client_for(curator).get(reverse("indicator", args=[curator.organization.slug, code])).status_code == 404  # fmt: skip


def test_thresholds_of_the_school_change_its_figures(counted, client_for):
    school, curator = counted["school"], counted["curator"]
    data = {"satisfied_from": 8, "young_age": 45, "young_years": 3, "without_pair_days": 30}
    client_for(curator).post(reverse("indicator_settings", args=[school.slug]), data)
    assert indicators.definitions_of(school).young_age == 45
    assert value(school, "I-03")[1] == 3


def test_command_prints_every_indicator(counted, capsys):
    call_command("indicators", school="school", start=START, end=END, on=ON, json=True)
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {one.code for one in INDICATORS}
    assert told["I-01"] == {"n": 5, "d": 10, "value": 50.0}
    with pytest.raises(CommandError, match="раньше"):
        call_command("indicators", school="school", start=END, end=START)


def test_school_year_of_august_is_the_new_one():
    assert school_year(dt.date(2026, 8, 20)).start == dt.date(2026, 9, 1)


# ---- five years -------------------------------------------------------------------------------------------------------
@pytest.mark.req("R-219")
def test_trend_says_what_each_year_alone_says_and_leaves_out_years_before_the_first(counted):
    school = counted["school"]
    found = indicators.trend(school, YEAR, Definitions())
    assert [period.start.year for period, _ in found] == [2025, 2026]
    for period, values in found:
        assert values == {code: indicators.of_school(school, period)[code] for code in indicators.MAIN}  # fmt: skip
    assert [values["I-01"].value for _, values in found] == [18.2, 50.0]


def test_trend_of_five_years_is_one_query_whatever_the_school(counted, django_assert_num_queries):
    school = counted["school"]
    with django_assert_num_queries(1):
        indicators.trend(school, YEAR, Definitions())
    pair(worker(school, "л"), worker(school, "м"), starts=dt.date(2021, 10, 1))
    with django_assert_num_queries(1):
        assert len(indicators.trend(school, YEAR, Definitions())) == 5


def test_trend_of_a_school_without_anything_is_this_year_alone(school):
    found = indicators.trend(school, YEAR, Definitions())
    assert [(period.start.year, {value.n for value in values.values()}) for period, values in found] == [(2026, {0})]  # fmt: skip


def test_dashboard_shows_health_outcome_years_and_a_chart_of_lines(counted, head, client_for):
    query = "?kind=free&start=2026-09-01&end=2027-08-31&on=2027-05-31"
    answer = client_for(head).get(reverse("indicators", args=[counted["school"].slug]) + query)
    assert [(title, [row["indicator"].code for row in rows]) for title, rows in answer.context["tiles"]] == [
        ("Как идёт", ["I-01", "I-13", "I-09", "I-18"]), ("Что получилось", ["I-07", "I-05", "I-06", "I-17"]),
    ]  # fmt: skip
    assert answer.context["trend"]["years"] == ["2025/26", "2026/27"]
    drawn = fromstring(b64decode(answer.context["trend_chart"].partition(",")[2]))
    words = {"".join(node.itertext()).strip() for node in drawn.iter("{http://www.w3.org/2000/svg}text")}  # fmt: skip
    assert {"2025/26", "2026/27", "Охват педагогов наставничеством"} <= words


def test_dashboard_costs_the_same_whatever_the_school(counted, head, client_for, django_assert_num_queries):  # fmt: skip
    school, client = counted["school"], client_for(head)
    address = reverse("indicators", args=[school.slug]) + "?kind=free&start=2026-09-01&end=2027-08-31"  # fmt: skip
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for letter in "лмн":
        pair(worker(school, letter), worker(school, letter * 2))
    with django_assert_num_queries(len(asked)):
        client.get(address)
