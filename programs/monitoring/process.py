"""First stage of monitoring: quality of the process (c2, R-706, R-707), from answers that may be shown."""

from collections import defaultdict
from dataclasses import dataclass, field

from people.models import Survey
from people.questionnaires import answers as rules
from people.questionnaires.schema import Content, Question
from programs.monitoring.answers import band
from programs.monitoring.changes import PRECISE_FROM, of_numbers
from programs.monitoring.values import Value, share

SATISFACTION = {
    "mentee_midterm": "Наставляемые, промежуточная анкета", "mentor_midterm": "Наставники, промежуточная анкета",
    "mentee_final": "Наставляемые, итоговая анкета", "mentor_final": "Наставники, итоговая анкета",
}  # fmt: skip
QUALITY, CRITERIA, GREATEST = "program_quality", "criteria", 2
PARTS = {
    "strong": "Сильные стороны", "weak": "Слабые стороны",
    "opportunities": "Возможности", "threats": "Угрозы",
}  # fmt: skip
# Free texts offered for the parts of SWOT: (questionnaire, question) → part, whence.
OFFERED = {
    **{(QUALITY, part): (part, "оценка качества") for part in PARTS},
    **{(code, "helps"): ("strong", "что помогает") for code in ("mentee_midterm", "mentor_midterm")},
    **{(code, "hinders"): ("weak", "что мешает") for code in ("mentee_midterm", "mentor_midterm")},
    **{(code, "most_valuable"): ("strong", "самое ценное") for code in ("mentee_final", "mentor_final")},
    **{(code, "missed"): ("weak", "чего не хватило") for code in ("mentee_final", "mentor_final")},
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run of a questionnaire; `reason` says why its answers may not be shown, and then there are none.

    `number`: how many answered; `values`: answers by question, in no order of people.
    """

    survey: Survey
    number: int
    reason: str = ""
    content: Content | None = None
    values: list[dict] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.survey.version.questionnaire.code


@dataclass(frozen=True)
class Scale:
    """`value`: mean of n answers; `spread`: standard deviation. With few answers whole points and no spread."""

    code: str
    text: str
    value: Value
    greatest: int

    @property
    def few(self) -> bool:
        return (self.value.n or 0) < PRECISE_FROM

    @property
    def spread(self) -> str:
        return "" if self.few else self.value.rows[0][1].shown


@dataclass(frozen=True)
class Criterion:
    """Points of all answers to one criterion, of the greatest possible; `n` answers."""

    code: str
    text: str
    n: int
    value: Value


@dataclass(frozen=True)
class Quality:
    """`runs`: (run, points, band) of each run; the whole is `total` with its `band`."""

    criteria: tuple[Criterion, ...]
    runs: tuple[tuple[Run, Value, str], ...]
    total: Value
    band: str


@dataclass(frozen=True)
class Offer:
    """A text from answers for one part of SWOT, without a name; `source`: which question it answers."""

    part: str
    text: str
    source: str
    survey: Survey


def scales(runs: list[Run]) -> list[Scale]:
    """Of runs of one questionnaire, the latest first; a scale asked with other bounds before is not added in."""
    questions: dict[str, Question] = {}
    numbers: dict[str, list[int]] = defaultdict(list)
    for run in shown(runs):
        for question in run.content.questions:
            if question.type != "scale" or question.only_curator:
                continue
            if questions.setdefault(question.code, question).bounds == question.bounds:
                numbers[question.code] += [row[question.code] for row in run.values if row.get(question.code) is not None]  # fmt: skip
    return [
        Scale(code, question.text, of_numbers(numbers[code]), question.bounds[1])
        for code, question in questions.items()
        if numbers[code]
    ]


def shown(runs: list[Run]) -> list[Run]:
    return [run for run in runs if run.content and not run.reason]


def quality(runs: list[Run]) -> Quality | None:
    """Points 0, 1, 2 a criterion. The greatest possible is that of the criteria each answer really had."""
    texts: dict[str, str] = {}
    marks: dict[str, list[int]] = defaultdict(list)
    by_run = []
    for run in shown(runs):
        question = run.content.question(CRITERIA)
        if question is None or question.type != "matrix":
            continue
        texts = {**{row.code: row.text for row in question.rows}, **texts}
        given = [(code, int(mark)) for row in run.values for code, mark in (row.get(CRITERIA) or {}).items() if str(mark) in ("0", "1", "2")]  # fmt: skip
        for code, mark in given:
            marks[code].append(mark)
        points = share(sum(mark for _, mark in given), GREATEST * len(given))
        by_run.append((run, points, band(points)))
    criteria = tuple(Criterion(code, text, len(marks[code]), share(sum(marks[code]), GREATEST * len(marks[code]))) for code, text in texts.items() if marks[code])  # fmt: skip
    if not criteria:
        return None
    total = share(sum(one.value.n for one in criteria), sum(one.value.d for one in criteria))
    return Quality(criteria, tuple(by_run), total, band(total))


def offers(runs: list[Run]) -> list[Offer]:
    """Texts for SWOT. Those of participants only where so many answered that a text tells nobody apart,
    even if the head may read the names elsewhere: a report is read by others. In alphabetical order.
    """
    found: dict[tuple[str, str], Offer] = {}
    for run in shown(runs):
        if run.code != QUALITY and run.number < run.survey.minimum:
            continue
        for (code, name), (part, source) in OFFERED.items():
            question = run.content.question(name) if code == run.code else None
            if question is None or question.only_curator:
                continue
            for row in run.values:
                if text := rules.shown_value(question, row.get(name)).strip():
                    found.setdefault((part, text), Offer(part, text, source, run.survey))
    return sorted(found.values(), key=lambda one: (list(PARTS).index(one.part), one.text.lower()))
