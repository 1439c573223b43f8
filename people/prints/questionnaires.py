"""Questionnaires on paper: the blank to fill in by hand, and a filled one."""

from mentoring.core.prints import NARROW, render_print
from people.models import Questionnaire, SurveyResponse
from people.questionnaires.answers import shown_value
from people.questionnaires.schema import YES_NO, Content, Option, Question

LINES = {"text": 1, "long_text": 3, "number": 1, "date": 1}


def print_blank(form: Questionnaire, content: Content) -> bytes:
    """PDF: boxes to tick, lines to write on; sections are kept together where they fit."""
    sections = [
        {
            "title": section.title,
            "hint": section.hint,
            "questions": [
                drawn(question, number) for number, question in numbered(content, section)
            ],
        }
        for section in content.sections
        if section.questions
    ]
    context = {"form": form, "content": content, "sections": sections, "org": form.organization}
    return render_print(
        [("prints/questionnaire_blank.html", context)], title=form.title, look=NARROW
    )


def numbered(content: Content, section):
    order = {question.code: number for number, question in enumerate(content.questions, start=1)}
    return [(order[question.code], question) for question in section.questions]


def drawn(question: Question, number: int) -> dict:
    """What the template needs: boxes or lines."""
    options = list(question.options)
    if question.type == "yes_no":
        options = [Option(code, text) for code, text in YES_NO.items()]
    return {
        "number": number, "question": question, "options": options,
        "lines": range(LINES.get(question.type, 0)),
        "places": range(1, (question.max_choices or 3) + 1) if question.type == "people" else [],
        "columns": options if question.type == "matrix" else [],
    }  # fmt: skip


def print_filled(response: SurveyResponse, questions, values: dict) -> bytes:
    """PDF of one person's answers with the wording of their version."""
    pairs = [
        (one.text, shown_value(one, values.get(one.code)))
        for one in questions
        if one.code in values
    ]
    context = {
        "response": response,
        "pairs": pairs,
        "org": response.organization,
        "survey": response.survey,
    }
    return render_print(
        [("prints/questionnaire_filled.html", context)], title=response.survey.title
    )
