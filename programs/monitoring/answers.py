"""Indicators from questionnaires of one moment: satisfaction and the quality of programmes."""

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from django.db.models import Exists, OuterRef

from people.models import AnonymousAnswer, Answer, SurveyResponse
from programs.monitoring.marks import mark
from programs.monitoring.scope import Scope
from programs.monitoring.values import Reading, Value, share

OVERALL = "overall"
OPTIMAL, ADMISSIBLE = Fraction(15, 18), Fraction(9, 18)


def satisfied(code: str):
    """I-05, I-06, %: answers of the final questionnaire with an overall mark from 7 on, of those that gave one."""

    def read(scope: Scope) -> Reading:
        survey = {"survey__version__questionnaire__code": code, "survey__opens_on__range": scope.period.days}  # fmt: skip
        marks = Answer.objects.filter(response=OuterRef("pk"), question=OVERALL).annotate(mark=mark()).filter(mark__isnull=False)  # fmt: skip
        high = marks.filter(mark__gte=scope.definitions.satisfied_from)
        named = scope.of(SurveyResponse).filter(submitted_at__isnull=False, **survey)
        nameless = scope.of(AnonymousAnswer).filter(answers__has_key=OVERALL, **survey)
        return Reading(
            (named.filter(Exists(high)), nameless.filter(**{f"answers__{OVERALL}__gte": scope.definitions.satisfied_from})),
            (named.filter(Exists(marks)), nameless),
        )  # fmt: skip

    return read


def quality(scope: Scope) -> dict[int, Value]:
    """I-17, %: points of the quality questionnaire (0, 1, 2 a criterion) of the greatest possible; one query."""
    rows = scope.of(Answer).filter(
        question="criteria", response__submitted_at__isnull=False, response__survey__opens_on__range=scope.period.days,
        response__survey__version__questionnaire__code="program_quality",
    )  # fmt: skip
    points: dict[int, int] = defaultdict(int)
    most: dict[int, int] = defaultdict(int)
    people: dict[int, int] = defaultdict(int)
    for owner, value in rows.values_list("organization", "value").iterator():
        people[owner] += 1
        given = [int(mark) for mark in value.values() if str(mark) in ("0", "1", "2")]
        points[owner] += sum(given)
        most[owner] += 2 * len(given)
    return {
        owner: replace(share(points[owner], most[owner]), people=people[owner]) for owner in most
    }


def band(value: Value) -> str:
    """Of I-17 by its share, whatever the number of criteria: ≥ 15/18, ≥ 9/18, less."""
    if not value.d:
        return ""
    exact = Fraction(value.n, value.d)
    if exact >= OPTIMAL:
        return "оптимальный уровень"
    return "допустимый уровень" if exact >= ADMISSIBLE else "недопустимый уровень"
