"""Runs for tests."""

import datetime as dt

from people.models import Membership, Person, Questionnaire, Survey
from people.questionnaires.schema import Question
from people.services import answers, questionnaires, surveys
from people.services.questionnaires import content_of

DAY = dt.date(2026, 11, 20)


def make_survey(
    curator: Membership, people: list[Person], *, code: str = "needs_survey", opened=True, **over
) -> Survey:
    """A run of one of the usual questionnaires, open since long ago unless told otherwise."""
    questionnaires.install(curator.organization)
    form = Questionnaire.objects.of(curator.organization).get(code=code)
    values = {"title": form.title, "opens_on": dt.date(2026, 9, 1), "closes_on": None, "privacy": "named"}  # fmt: skip
    survey = surveys.create(form, people=people, by=curator, **{**values, **over})
    if opened:
        surveys.open_survey(survey, on=DAY, by=curator)
    return survey


def some_value(question: Question):
    """A valid answer to any question."""
    return {
        "text": "ответ", "long_text": "длинный ответ", "number": question.min or 3, "scale": 7,
        "yes_no": "yes", "one": question.options[0].code if question.options else None,
        "many": {"codes": [one.code for one in question.options[:2]], "other": ""},
        "matrix": {row.code: question.options[0].code for row in question.rows} if question.options else {},
        "date": "2026-09-01", "people": [],
    }[question.type]  # fmt: skip


def full_answers(survey: Survey) -> dict:
    return {one.code: some_value(one) for one in content_of(survey.version).questions}


def answer_all(survey: Survey, person: Person, **over) -> None:
    """Save and send; `over`: own values by code."""
    participant = surveys.with_survey(survey.participants.filter(person=person)).get()
    content = content_of(participant.survey.version)
    for code, value in {**full_answers(survey), **over}.items():
        answers.save_answer(participant, content.question(code), value)
    answers.submit(participant, on=DAY)
