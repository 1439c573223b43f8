"""What SQL counts of answers and roadmaps against the same by loops over rows; and how many queries many schools cost."""

import datetime as dt
import random
import statistics
from collections import defaultdict

import pytest
from django.db.models import JSONField, Value

from people.models import Answer, Organization, SurveyParticipant, SurveyResponse
from programs.monitoring.changes import PAIRED, change
from programs.monitoring.roadmaps import fulfilled
from programs.monitoring.scope import Period, Scope
from programs.monitoring.values import rounded
from programs.services import indicators
from roadmap.models import Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.services.plan_words import period_end
from tests.factories import make_organization, make_person
from tests.people.makers_surveys import make_survey

START, END = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
TAKEN_BACK = Value(None, JSONField())  # as JSON null
YEAR = Period(START, END, dt.date(2027, 5, 31))
# The last of them ends within a month: a term of that month ends after it.
PERIODS = (YEAR, YEAR.earlier, Period(dt.date(2026, 10, 20), dt.date(2027, 2, 27), dt.date(2027, 2, 27)))  # fmt: skip


def scope_of(organization: Organization, period: Period) -> Scope:
    return Scope(Organization.objects.filter(pk=organization.pk), period)


# ---- before and after ---------------------------------------------------------------------------------------
def answered(survey, person, chance: random.Random, scales) -> None:
    """Marks in some of the scales, one of them taken back; sometimes only a draft."""
    place = SurveyParticipant.objects.get(survey=survey, person=person)
    sent = dt.datetime.combine(survey.opens_on, dt.time(12), dt.UTC) + dt.timedelta(hours=chance.randrange(400))  # fmt: skip
    common = {"organization": survey.organization, "survey": survey, "participant": place, "person": person}  # fmt: skip
    response = SurveyResponse.objects.create(**common, submitted_at=chance.choice((sent, sent, sent, None)))  # fmt: skip
    chosen = chance.sample(sorted(scales), chance.randint(0, len(scales)))
    Answer.objects.bulk_create(Answer(organization=survey.organization, response=response, question=code, value=chance.choice((TAKEN_BACK, *range(1, 11)))) for code in chosen)  # fmt: skip


def naive_change(organization: Organization, period: Period) -> dict[tuple[str, str], list[int]]:
    """Gains by (who, scale), of the latest marks of each person."""
    marks: dict[tuple, list] = defaultdict(lambda: [None, None])
    rows = Answer.objects.of(organization).select_related("response__survey__version__questionnaire")  # fmt: skip
    rows = [row for row in rows if row.response.submitted_at and isinstance(row.value, int)]
    for row in sorted(rows, key=lambda row: (row.response.submitted_at, row.pk)):
        survey = row.response.survey
        for who, (first, last, titles) in PAIRED.items():
            code = survey.version.questionnaire.code
            if row.question not in titles or code not in (first, last) or survey.opens_on > period.end:  # fmt: skip
                continue
            if code == first or survey.opens_on >= period.start:
                marks[row.response.person_id, who, row.question][code == last] = row.value
    found = defaultdict(list)
    for (_, who, scale), (before, after) in marks.items():
        if None not in (before, after):
            found[who, scale].append(after - before)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_changes_agree_with_a_naive_recount(school, curator, seed):
    chance = random.Random(seed)
    people = [make_person(school, last_name=f"Ветров{letter}") for letter in "абвгдеж"]
    days = [dt.date(2025, 9, 5), dt.date(2026, 5, 10), dt.date(2026, 9, 5), dt.date(2027, 5, 10)]
    for opens_on in days:
        for first, last, scales in PAIRED.values():
            survey = make_survey(curator, people, code=(first, last)[opens_on.month == 5], opens_on=opens_on)  # fmt: skip
            for person in people:
                if chance.random() < 0.8:
                    answered(survey, person, chance, scales)
    for period in PERIODS:
        want = naive_change(school, period)
        found = change(scope_of(school, period)).get(school.pk)
        told = {words: (one.n, one.rows[0][1].value) for words, one in found.rows} if found else {}
        names = {"mentee": "наставляемые", "mentor": "наставники"}
        assert told == {
            f"{names[who]}: {PAIRED[who][2][scale]}": (len(gains), rounded(statistics.stdev(gains)) if len(gains) > 1 else None)
            for (who, scale), gains in want.items()
        }  # fmt: skip
        everything = [gain for gains in want.values() for gain in gains]
        assert (found.weight if found else (0, 0)) == (sum(everything), len(everything))


def test_a_mark_taken_back_is_no_mark(school, curator):
    people = [make_person(school, last_name=f"Ветров{letter}") for letter in "аб"]
    survey = make_survey(curator, people, code="mentee_final", opens_on=dt.date(2027, 5, 10))
    for person, mark in zip(people, (9, TAKEN_BACK), strict=True):
        place = SurveyParticipant.objects.get(survey=survey, person=person)
        response = SurveyResponse.objects.create(organization=school, survey=survey, participant=place, person=person, submitted_at=dt.datetime(2027, 5, 20, tzinfo=dt.UTC))  # fmt: skip
        Answer.objects.create(organization=school, response=response, question="overall", value=mark)  # fmt: skip
    found = indicators.of_school(school, YEAR)["I-05"]
    assert (found.n, found.d) == (1, 1)


# ---- lines of roadmaps --------------------------------------------------------------------------------------
def random_term(chance: random.Random) -> dict:
    kind = chance.choice(("", "dates", "months", "months", "text", "yearly"))
    day = dt.date(2025, 9, 1) + dt.timedelta(days=chance.randrange(900))
    return {
        "": {}, "text": {"period_text": "в течение года"}, "yearly": {"month_from": chance.choice((None, 10))},
        "dates": {"date_to": day, "date_from": chance.choice((None, day))},
        "months": {"month_from": chance.randint(1, 12), "month_to": chance.choice((None, chance.randint(1, 12)))},
    }[kind] | {"period_kind": kind}  # fmt: skip


def random_roadmap(school: Organization, chance: random.Random) -> None:
    start = chance.choice((None, 2025, 2026, 2026))
    end = chance.choice((None, start + 1)) if start else None
    roadmap = Roadmap.objects.create(organization=school, title="Карта", year_start=start, year_end=end)  # fmt: skip
    for _ in range(4):
        stage = RoadmapStage.objects.create(organization=school, roadmap=roadmap, title="Этап", **random_term(chance))  # fmt: skip
        block = RoadmapBlock.objects.create(organization=school, stage=stage, title="Блок", **random_term(chance))  # fmt: skip
        for _ in range(8):
            RoadmapActivity.objects.create(
                organization=school, stage=stage, block=chance.choice((None, block)), title="Дело",
                progress=chance.choice(("planned", "running", "done", "not_needed")), **random_term(chance),
            )  # fmt: skip


def naive_fulfilled(school: Organization, period: Period) -> tuple[int, int]:
    done = due = 0
    for line in RoadmapActivity.objects.of(school).select_related("stage__roadmap", "block"):
        holder = next((one for one in (line, line.block, line.stage) if one and one.period_kind), None)  # fmt: skip
        end = holder and period_end(holder, line.stage.roadmap)
        if end and period.start <= end <= period.end:
            due += 1
            done += line.progress in ("done", "not_needed")
    return done, due


@pytest.mark.parametrize("seed", range(6))
def test_lines_of_roadmaps_agree_with_a_naive_recount(school, seed):
    chance = random.Random(seed)
    for _ in range(3):
        random_roadmap(school, chance)
    for period in PERIODS:
        found = fulfilled(scope_of(school, period)).get(school.pk)
        assert (found.n, found.d) == naive_fulfilled(school, period)


def test_many_schools_cost_the_same_number_of_queries(db, django_assert_num_queries):
    for number in (2, 3):
        schools = [make_organization().pk for _ in range(number)]
        with django_assert_num_queries(21):
            indicators.of_many(Scope(Organization.objects.filter(pk__in=schools), YEAR))
