"""A questionnaire as a form: reading a POST into values, and fields for the templates.

Names: `q-<code>`; `q-<code>-other`; a row of a matrix `q-<code>-<row>`; people `q-<code>-<place>` with
`q-<code>-<place>-reasons`. `rev-<code>` carries the revision that the window last saw.
"""

from dataclasses import dataclass, field

from mentoring.core.row_numbers import row_number
from people.questionnaires.answers import AnswerError, check_value
from people.questionnaires.schema import YES_NO, Content, Question


def read_value(question: Question, post):
    """Raw value of one question from a QueryDict, in the shape of people/questionnaires/answers.py."""
    name = f"q-{question.code}"
    if question.type == "many":
        return {"codes": post.getlist(name), "other": post.get(f"{name}-other", "")}
    if question.type == "one" and post.get(name) == "other":
        return {"other": post.get(f"{name}-other", "")}
    if question.type == "matrix":
        found = {row.code: post.get(f"{name}-{row.code}", "") for row in question.rows}
        return {code: value for code, value in found.items() if value}
    if question.type == "people":
        return read_people(question, post)
    return post.get(name, "")


def read_people(question: Question, post) -> list[dict]:
    found = []
    for place in range(1, (question.max_choices or 3) + 1):
        name = f"q-{question.code}-{place}"
        person = row_number(post.get(name))
        if person is not None:
            found.append(
                {
                    "person": person,
                    "reasons": post.getlist(f"{name}-reasons"),
                    "text": post.get(f"{name}-text", ""),
                }
            )
    return found


def read_all(
    content: Content, post, people: dict[str, dict[int, str]]
) -> tuple[dict, dict[str, str]]:
    """(clean values, Russian errors by code); what could not be cleaned stays raw, so nothing is lost."""
    values, errors = {}, {}
    for question in content.questions:
        raw = read_value(question, post)
        try:
            value = check_value(question, raw, people=people.get(question.code, ()))
        except AnswerError as error:
            errors[question.code], value = str(error), raw
        if value is not None:
            values[question.code] = value
    return values, errors


@dataclass
class Field:
    """One question as the template draws it."""

    question: Question
    value: object = None
    error: str = ""
    revision: int = 0
    people: dict[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"q-{self.question.code}"

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(code, text, chosen) of one, many, yes_no."""
        if self.question.type == "yes_no":
            return [(code, text, code == self.value) for code, text in YES_NO.items()]
        chosen = self.value.get("codes", []) if isinstance(self.value, dict) else [self.value]
        return [(one.code, one.text, one.code in chosen) for one in self.question.options]

    @property
    def other(self) -> str:
        return self.value.get("other", "") if isinstance(self.value, dict) else ""

    @property
    def steps(self) -> list[tuple[int, bool]]:
        return [(step, step == self.value) for step in self.question.steps]

    @property
    def matrix(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """(name, text of the row, choices of the row)."""
        value = self.value if isinstance(self.value, dict) else {}
        return [
            (
                f"{self.name}-{row.code}",
                row.text,
                [
                    (one.code, one.text, value.get(row.code) == one.code)
                    for one in self.question.options
                ],
            )
            for row in self.question.rows
        ]

    @property
    def places(self) -> list[dict]:
        """Selects of a ranked choice of people."""
        value = self.value if isinstance(self.value, list) else []
        places = []
        for place in range(1, (self.question.max_choices or 3) + 1):
            row = value[place - 1] if place <= len(value) else {}
            chosen = row.get("person")
            places.append(
                {
                    "name": f"{self.name}-{place}", "number": place, "text": row.get("text", ""),
                    "options": [(pk, name, pk == chosen) for pk, name in self.people.items()],
                    "reasons": [(one.code, one.text, one.code in row.get("reasons", [])) for one in self.question.reasons],
                }
            )  # fmt: skip
        return places

    @property
    def condition(self) -> str:
        """`show_if` for the script: «code=value|value»."""
        rule = self.question.show_if
        return f"{rule['question']}={'|'.join(map(str, rule['any']))}" if rule else ""


def sections_of(
    content: Content,
    values: dict,
    *,
    errors: dict[str, str] | None = None,
    revisions: dict[str, int] | None = None,
    people: dict[str, dict[int, str]] | None = None,
) -> list[dict]:
    """Sections with their fields for the template."""
    errors, revisions, people = errors or {}, revisions or {}, people or {}
    return [
        {
            "section": section,
            "fields": [
                Field(
                    question, values.get(question.code), errors.get(question.code, ""),
                    revisions.get(question.code, 0), people.get(question.code, {}),
                )
                for question in section.questions
            ],
        }
        for section in content.sections
        if section.questions
    ]  # fmt: skip
