"""Questionnaires D1, D2, D5, D6 and D7 of two school years with their answers, by name and nameless."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cache

from mentoring.portal.demo.region.schools import School, Year, moment
from people.models import (
    AnonymousAnswer,
    Answer,
    Person,
    Questionnaire,
    QuestionnaireVersion,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.questionnaires import schema
from people.questionnaires.schema import Content, Question
from people.services import catalogues
from people.services.questionnaires import usual

ANONYMOUS = 0.15  # of schools ask at the end without names
SCALE = (4, 5, 5, 6, 6, 6, 7, 7, 8, 9)


@dataclass(frozen=True)
class Run:
    """One questionnaire in a year; `gain` is what answers are better by than at the beginning."""

    code: str
    who: str
    opens: tuple[int, int]
    gain: int = 0


RUNS = (
    Run("mentee_initial", "mentees", (9, 15)), Run("mentor_initial", "mentors", (9, 15)),
    Run("mentee_final", "mentees", (5, 10), 1), Run("mentor_final", "mentors", (5, 10), 1),
    Run("program_quality", "experts", (5, 27)),
)  # fmt: skip


@cache
def content_of(code: str) -> Content:
    """As the first answer freezes it: the words of the catalogues written in."""
    content = schema.from_json(next(row for row in usual() if row["code"] == code)["content"])
    offered = {name: {row["code"]: row["title"] for row in catalogues.defaults()[name]} for name in schema.catalogues_of(content)}  # fmt: skip
    return schema.with_options(content, offered)


@cache
def frozen(code: str) -> dict:
    return schema.to_json(content_of(code))


@cache
def asked(code: str) -> tuple[Question, ...]:
    """Questions that nobody may leave out."""
    return tuple(one for one in content_of(code).questions if one.required)


def build_surveys(school: School) -> None:
    nameless = school.often(ANONYMOUS)
    versions = {run.code: version(school, run.code) for run in RUNS}
    for year in school.years:
        for run in RUNS:
            people = participants(school, run, year)
            if people and year.day(*run.opens) < school.day:
                build_run(school, run, year, versions[run.code], people, nameless and run.gain > 0)


def version(school: School, code: str) -> QuestionnaireVersion:
    data = next(row for row in usual() if row["code"] == code)
    at = moment(school.years[0].day(9, 1))
    form = school.add(Questionnaire, code=code, title=data["title"], stage=data["stage"], audience=data["audience"], created_at=at)  # fmt: skip
    return school.add(QuestionnaireVersion, questionnaire=form, number=1, content=frozen(code), frozen_at=at, created_at=at)  # fmt: skip


def participants(school: School, run: Run, year: Year) -> list[Person]:
    """Each once, in the order of pairs."""
    pairs = school.groups[year.start]
    if run.who == "experts":
        return [school.head, school.curator.person] if pairs else []
    found = [group.mentor for group, _ in pairs] if run.who == "mentors" else [one for _, people in pairs for one in people]  # fmt: skip
    return list(dict.fromkeys(found))


def build_run(school: School, run: Run, year: Year, version, people: list[Person], nameless: bool) -> None:  # fmt: skip
    opens = year.day(*run.opens)
    closes = opens + dt.timedelta(days=14)
    over = closes < school.day
    survey = school.add(
        Survey, version=version, title=f"{version.questionnaire.title}, {year.words}", opens_on=opens, closes_on=closes,
        privacy="anonymous" if nameless else "named", state="closed" if over else "open", created_by=school.curator,
        created_at=moment(opens), closed_at=moment(closes) if over else None,
    )  # fmt: skip
    for person in people:
        sent = opens + dt.timedelta(days=school.chance.randrange(14))
        answered = sent <= school.day and school.often(0.88)
        place = school.add(SurveyParticipant, survey=survey, person=person, answered=answered)
        if answered:
            answers = {one.code: value(school, one, run.gain) for one in asked(run.code)}
            if nameless:
                key = uuid.UUID(int=school.chance.getrandbits(128), version=4)
                school.add(AnonymousAnswer, key=key, survey=survey, answers=answers)
            else:
                answer(school, survey, place, moment(sent), answers)


def answer(school: School, survey: Survey, place: SurveyParticipant, at: dt.datetime, answers: dict) -> None:  # fmt: skip
    response = school.add(SurveyResponse, survey=survey, participant=place, person=place.person, started_at=at, submitted_at=at)  # fmt: skip
    for code, given in answers.items():
        school.add(Answer, response=response, question=code, value=given, saved_at=at)


def value(school: School, question: Question, gain: int):
    """A plausible answer of the shape of the question."""
    chance = school.chance
    if question.type == "scale":
        return min(10, chance.choice(SCALE) + gain * chance.choice((0, 1, 1, 2)))
    if question.type == "number":
        return chance.randint(1, 12 if question.max is None else min(12, question.max))
    if question.type == "yes_no":
        return chance.choice(("yes", "yes", "yes", "no", "unsure"))
    if question.type == "matrix":
        return {row.code: chance.choice("01222") for row in question.rows}
    codes = [option.code for option in question.options]
    if question.type == "many":
        return {"codes": sorted(chance.sample(codes, min(2, len(codes))), key=codes.index), "other": ""}  # fmt: skip
    return chance.choice(codes) if codes else "без уточнений"
