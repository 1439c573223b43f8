"""Summaries of many answers: counts, mean, median, spread; n is always said, no answer is no zero."""

import statistics
from dataclasses import dataclass, field

from people.questionnaires.answers import shown_value
from people.questionnaires.schema import YES_NO, Content, Question


@dataclass(frozen=True)
class Bar:
    """One line of a chart: so many of n chose it."""

    text: str
    number: int


@dataclass(frozen=True)
class Summary:
    """Of one question. `n`: how many answered it; `mean`, `median`, `spread` (standard deviation, from
    two answers on) only for numbers; `texts` for free text, in alphabetical order: the order of arrival
    would tell whose it is.
    """

    question: Question
    n: int
    bars: tuple[Bar, ...] = ()
    mean: float | None = None
    median: float | None = None
    spread: float | None = None
    texts: tuple[str, ...] = ()
    rows: tuple["Summary", ...] = field(default=())


def summarise(content: Content, responses: list[dict]) -> list[Summary]:
    """One summary per question; `responses`: values by question code."""
    return [
        summary_of(
            question,
            [row[question.code] for row in responses if row.get(question.code) is not None],
        )
        for question in content.questions
    ]


def summary_of(question: Question, values: list) -> Summary:
    if question.type in ("scale", "number"):
        return of_numbers(question, values)
    if question.type in ("one", "many", "yes_no"):
        return of_choices(question, values)
    if question.type == "matrix":
        return of_matrix(question, values)
    if question.type == "people":
        return Summary(question, len(values))
    return Summary(
        question, len(values), texts=tuple(sorted(shown_value(question, one) for one in values))
    )


def of_numbers(question: Question, values: list) -> Summary:
    steps = question.steps if question.type == "scale" else sorted(set(values))
    bars = tuple(Bar(str(step), values.count(step)) for step in steps)
    if not values:
        return Summary(question, 0, bars)
    return Summary(
        question, len(values), bars, mean=round(statistics.fmean(values), 1),
        median=statistics.median(values),
        spread=round(statistics.stdev(values), 1) if len(values) > 1 else None,
    )  # fmt: skip


def of_choices(question: Question, values: list) -> Summary:
    titles = (
        YES_NO if question.type == "yes_no" else {one.code: one.text for one in question.options}
    )
    chosen = [code for value in values for code in codes_of(value)]
    bars = [Bar(text, chosen.count(code)) for code, text in titles.items()]
    texts = sorted(
        value["other"] for value in values if isinstance(value, dict) and value.get("other")
    )
    if question.other:
        bars.append(Bar("другое", len(texts)))
    return Summary(question, len(values), tuple(bars), texts=tuple(texts))


def codes_of(value) -> list[str]:
    return value.get("codes", []) if isinstance(value, dict) else [value]


def of_matrix(question: Question, values: list) -> Summary:
    rows = []
    for row in question.rows:
        given = [value[row.code] for value in values if row.code in value]
        bars = tuple(Bar(one.text, given.count(one.code)) for one in question.options)
        title = Question(code=row.code, type="one", text=row.text)
        rows.append(Summary(title, len(given), bars))
    return Summary(question, len(values), rows=tuple(rows))
