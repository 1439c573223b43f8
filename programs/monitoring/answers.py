"""Indicators from questionnaires: satisfaction, change before and after, quality of programmes; and the plan's fulfilment."""

import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, F, IntegerField, OuterRef
from django.db.models.functions import Cast

from people.models import (
    AnonymousAnswer,
    Answer,
    QuestionnaireVersion,
    Survey,
    SurveyResponse,
)
from people.questionnaires import schema
from programs.monitoring.scope import Scope
from programs.monitoring.values import Reading, Value, mean, rounded, share
from roadmap.models import Roadmap, RoadmapActivity
from roadmap.services.plan import CLOSED
from roadmap.services.plan_words import period_end

OVERALL = "overall"
# Scales asked before and after in the same words: D1 → D5 of mentees, D2 → D6 of mentors.
PAIRED = {
    "mentee": ("mentee_initial", "mentee_final", {
        "usefulness": "польза", "comfort": "комфорт", "event_quality": "качество мероприятий", "adaptation_help": "помощь в адаптации",
        "theory": "теория", "practice": "практика", "support": "поддержка наставника", "satisfaction": "совместная работа",
    }),
    "mentor": ("mentor_initial", "mentor_final", {
        "effectiveness": "своя эффективность", "comfort": "комфорт", "organise_events": "организация мероприятий", "planning": "планирование",
        "theory": "теория", "practice": "практика", "involvement": "вовлечённость наставляемого", "satisfaction": "совместная работа",
    }),
}  # fmt: skip
OPTIMAL, ADMISSIBLE = Fraction(15, 18), Fraction(9, 18)
USUAL = (1, 10)  # bounds of a scale nobody has edited
PRECISE_FROM = 5  # people; with fewer a mean with tenths would look exact and is not


def satisfied(code: str):
    """I-05, I-06, %: answers of the final questionnaire with an overall mark from 7 on, of those that gave one."""

    def read(scope: Scope) -> Reading:
        survey = {"survey__version__questionnaire__code": code, "survey__opens_on__range": scope.period.days}  # fmt: skip
        marks = Answer.objects.filter(response=OuterRef("pk"), question=OVERALL)
        high = marks.annotate(number=Cast("value", IntegerField()))
        high = high.filter(number__gte=scope.definitions.satisfied_from)
        named = scope.of(SurveyResponse).filter(submitted_at__isnull=False, **survey)
        nameless = scope.of(AnonymousAnswer).filter(answers__has_key=OVERALL, **survey)
        return Reading(
            (named.filter(Exists(high)), nameless.filter(**{f"answers__{OVERALL}__gte": scope.definitions.satisfied_from})),
            (named.filter(Exists(marks)), nameless),
        )  # fmt: skip

    return read


@dataclass(frozen=True)
class Change:
    """One scale before and after, of one and the same person; `hidden`: a run of it keeps names from the head."""

    before: int
    after: int
    hidden: bool = False


def change(scope: Scope) -> dict[int, Value]:
    """I-14, points: mean of (after − before) by scale, paired answers only, with n and spread. Two queries."""
    found: dict[int, dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    for owner, role, scale, pair in paired(scope):
        found[owner][role, scale].append(pair.after - pair.before)
    return {owner: of_scales(scales) for owner, scales in found.items()}


def of_scales(scales: dict[tuple[str, str], list[int]]) -> Value:
    rows = []
    for role, (_, _, titles) in PAIRED.items():
        for scale, title in titles.items():
            if numbers := scales.get((role, scale)):
                who = "наставляемые" if role == "mentee" else "наставники"
                rows.append((f"{who}: {title}", of_numbers(numbers)))
    everything = [number for numbers in scales.values() for number in numbers]
    people = max((len(numbers) for numbers in scales.values()), default=0)
    total = mean(sum(everything), len(everything))
    return Value(people, None, total.value, tuple(rows))


def of_numbers(numbers: list[int]) -> Value:
    """Mean with its spread; of fewer than five people whole points only."""
    exact = sum(numbers) / len(numbers)
    value = rounded(exact) if len(numbers) >= PRECISE_FROM else float(math.floor(exact + 0.5))
    spread = rounded(statistics.stdev(numbers)) if len(numbers) > 1 else None
    return Value(len(numbers), None, value, (("разброс", Value(len(numbers), None, spread)),))


def paired(scope: Scope) -> Iterator[tuple[int, str, str, Change]]:
    """(organization, role, scale, before and after) of everybody who answered both questionnaires; two queries.

    A scale that one of the two versions had not, or had with other bounds, is not paired.
    """
    codes = {code: (role, at) for role, (first, last, _) in PAIRED.items() for at, code in ((0, first), (1, last))}  # fmt: skip
    scales = {scale for _, _, titles in PAIRED.values() for scale in titles}
    rows = scope.of(Answer).filter(
        question__in=scales, response__submitted_at__isnull=False,
        response__survey__opens_on__lte=scope.period.end, response__survey__version__questionnaire__code__in=codes,
    )  # fmt: skip
    rows = rows.order_by("response__submitted_at", "pk").annotate(code=F("response__survey__version__questionnaire__code"))  # fmt: skip
    marks: dict[tuple, dict[int, Mark]] = defaultdict(dict)
    recent: set[tuple] = set()
    names = (
        "organization", "response__person", "code", "question", "response__survey__opens_on", "value",
        "response__survey__privacy", "response__survey__version",
    )  # fmt: skip
    for owner, person, code, scale, opened, *about in rows.values_list(*names).iterator():
        role, at = codes[code]
        mark = Mark(*about)
        if not isinstance(mark.value, int) or (at == 1 and opened < scope.period.start):
            continue
        # The latest answer to each counts: a second year has its own beginning and end.
        marks[owner, person, role, scale][at] = mark
        if at == 1:
            recent.add((owner, person, role, scale))
    pairs = {key: marks[key] for key in recent if len(marks[key]) == 2}
    bounds = bounds_of({mark.version for pair in pairs.values() for mark in pair.values()})
    for (owner, _, role, scale), pair in pairs.items():
        if len({bounds.get((mark.version, scale), USUAL) for mark in pair.values()}) == 1:
            hidden = any(mark.privacy == Survey.Privacy.HIDDEN for mark in pair.values())
            yield owner, role, scale, Change(pair[0].value, pair[1].value, hidden)


@dataclass(frozen=True)
class Mark:
    """An answer on a scale, who may read the names of its run, and the version it was given to."""

    value: int
    privacy: str
    version: int


def bounds_of(versions: set[int]) -> dict[tuple[int, str], tuple[int, int]]:
    """Least and greatest value by (version, scale): a school may edit them. One query, none without versions."""
    if not versions:
        return {}
    found = {}
    for pk, content in QuestionnaireVersion.objects.filter(pk__in=versions).values_list("pk", "content"):  # fmt: skip
        for question in schema.from_json(content).questions:
            if question.type == "scale":
                found[pk, question.code] = question.bounds
    return found


def quality(scope: Scope) -> dict[int, Value]:
    """I-17, %: points of the quality questionnaire (0, 1, 2 a criterion) of the greatest possible; one query."""
    rows = scope.of(Answer).filter(
        question="criteria", response__submitted_at__isnull=False, response__survey__opens_on__range=scope.period.days,
        response__survey__version__questionnaire__code="program_quality",
    )  # fmt: skip
    points: dict[int, int] = defaultdict(int)
    most: dict[int, int] = defaultdict(int)
    for owner, value in rows.values_list("organization", "value").iterator():
        given = [int(mark) for mark in value.values() if str(mark) in ("0", "1", "2")]
        points[owner] += sum(given)
        most[owner] += 2 * len(given)
    return {owner: share(points[owner], most[owner]) for owner in most}


def band(value: Value) -> str:
    """Of I-17 by its share, whatever the number of criteria: ≥ 15/18, ≥ 9/18, less."""
    if not value.d:
        return ""
    exact = Fraction(value.n, value.d)
    if exact >= OPTIMAL:
        return "оптимальный уровень"
    return "допустимый уровень" if exact >= ADMISSIBLE else "недопустимый уровень"


HOLDERS = ("", "block__", "stage__")
TERMS = ("period_kind", "date_from", "date_to", "month_from", "month_to", "period_text")


def fulfilled(scope: Scope) -> dict[int, Value]:
    """I-18, %: lines of roadmaps done or not needed, of those whose term ends in the period; one query."""
    names = [f"{holder}{term}" for holder in HOLDERS for term in TERMS]
    rows = scope.of(RoadmapActivity).values_list("organization", "progress", "stage__roadmap__year_start", "stage__roadmap__year_end", *names)  # fmt: skip
    done: dict[int, int] = defaultdict(int)
    due: dict[int, int] = defaultdict(int)
    for owner, progress, first, last, *terms in rows.order_by().iterator():
        end = end_of(terms, Roadmap(year_start=first, year_end=last))
        if end and scope.period.start <= end <= scope.period.end:
            due[owner] += 1
            done[owner] += progress in CLOSED
    return {owner: share(done[owner], due[owner]) for owner in due}


def end_of(terms: list, roadmap: Roadmap):
    """Last day of a line: its own term, else its block's, else its stage's."""
    for place in range(0, len(terms), len(TERMS)):
        if terms[place]:
            return period_end(Term(*terms[place : place + len(TERMS)]), roadmap)
    return None


@dataclass(frozen=True)
class Term:
    """What `period_end` reads of a row."""

    period_kind: str
    date_from: object
    date_to: object
    month_from: int | None
    month_to: int | None
    period_text: str
