"""I-14: what changed between the questionnaires before and after, of the same people."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Case, F, Q, TextField, When, Window
from django.db.models import Value as Constant
from django.db.models.functions import MD5, Cast, RowNumber

from people.models import Answer, QuestionnaireVersion, Survey
from people.questionnaires import schema
from programs.monitoring.marks import mark
from programs.monitoring.scope import Scope
from programs.monitoring.values import Value, mean, rounded

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
PRECISE_FROM = 5  # people; with fewer a mean with tenths would look exact and is not

USUAL = (1, 10)  # bounds of a scale nobody has edited

# A mark is read out of the latest answers only: of each person and scale one before, one after, and the versions they were
# given to.
PAIRS = """
SELECT owner, who, scale, MAX(hidden) AS hidden,
    MAX(CASE WHEN after = 0 THEN mark END) AS mark_before, MAX(CASE WHEN after = 1 THEN mark END) AS mark_after,
    MAX(CASE WHEN after = 0 THEN version END) AS version_before, MAX(CASE WHEN after = 1 THEN version END) AS version_after
FROM ({answers}) AS answers WHERE place = 1 GROUP BY owner, person, who, scale
"""
ONE_BY_ONE = """
SELECT owner, who, scale, version_before, version_after, mark_before, mark_after, hidden
FROM ({pairs}) AS pairs WHERE mark_before IS NOT NULL AND mark_after IS NOT NULL
"""
# The gains of a school on one scale become their number, sum and sum of squares: mean and spread need no more, whatever
# the number of people.
GAINS = """
SELECT owner, who, scale, version_before, version_after, COUNT(*), SUM(mark_after - mark_before),
    SUM((mark_after - mark_before) * (mark_after - mark_before)), SUM(hidden)
FROM ({pairs}) AS pairs WHERE mark_before IS NOT NULL AND mark_after IS NOT NULL
GROUP BY owner, who, scale, version_before, version_after
"""


@dataclass(frozen=True)
class Change:
    """One scale before and after, of one and the same person; `hidden`: a run of it keeps names from the head."""

    before: int
    after: int
    hidden: bool = False


def change(scope: Scope) -> dict[int, Value]:
    """I-14, points: mean of (after − before) by scale, paired answers only, with n and spread. Three queries."""
    found: dict[int, dict] = defaultdict(dict)
    for owner, who, scale, gains in comparable(scope.fetched(gained)):
        known = found[owner].get((who, scale), (0, 0, 0, 0))
        found[owner][who, scale] = tuple(map(sum, zip(known, map(int, gains), strict=True)))
    return {owner: of_scales(scales) for owner, scales in found.items()}


def paired(scope: Scope) -> Iterator[tuple[int, str, str, Change]]:
    """(organization, who, scale, before and after) of everybody who answered both questionnaires; three queries."""
    for owner, who, scale, (before, after, hidden) in comparable(scope.fetched(one_by_one)):
        yield owner, who, scale, Change(before, after, bool(hidden))


def gained(scope: Scope) -> tuple[str, tuple]:
    return over_pairs(GAINS, scope)


def one_by_one(scope: Scope) -> tuple[str, tuple]:
    return over_pairs(ONE_BY_ONE, scope)


def over_pairs(sql: str, scope: Scope) -> tuple[str, tuple]:
    answers, params = latest_first(scope).query.sql_with_params()
    return sql.format(pairs=PAIRS.format(answers=answers)), params


def comparable(rows: list[tuple]) -> Iterator[tuple[int, str, str, tuple]]:
    """Rows of one of the queries above whose scale had the same bounds in both versions: an older one may have had others."""
    bounds = bounds_of({version for row in rows for version in row[3:5]})
    for owner, who, scale, before, after, *rest in rows:
        if bounds[before].get(scale, USUAL) == bounds[after].get(scale, USUAL):
            yield owner, who, scale, tuple(rest)


def bounds_of(versions: set[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Least and greatest value of the scales of each version; two queries, since most schools ask the usual words."""
    alike: dict[str, list[int]] = defaultdict(list)
    rows = QuestionnaireVersion.objects.filter(pk__in=versions)
    for pk, digest in rows.values_list("pk", MD5(Cast("content", TextField()))):
        alike[digest].append(pk)
    found: dict[int, dict[str, tuple[int, int]]] = {}
    firsts = {pks[0]: pks for pks in alike.values()}
    for pk, content in rows.filter(pk__in=list(firsts)).values_list("pk", "content"):
        questions = schema.from_json(content).questions
        scales = {one.code: one.bounds for one in questions if one.type == "scale"}
        found |= dict.fromkeys(firsts[pk], scales)
    return found


def latest_first(scope: Scope):
    """Marks with their `place`: of the answers of a person to a scale before (or after) the latest is 1.

    Before: in any year up to the period's end. After: in the period, so that a second year has its own beginning and end.
    """
    firsts, lasts = ([pair[at] for pair in PAIRED.values()] for at in (0, 1))
    code = "response__survey__version__questionnaire__code"
    opened = "response__survey__opens_on"
    scales = Q()
    for first, last, titles in PAIRED.values():
        scales |= Q(**{f"{code}__in": [first, last]}, question__in=list(titles))
    rows = scope.of(Answer).filter(
        scales, Q(**{f"{code}__in": firsts}) | Q(**{f"{opened}__gte": scope.period.start}),
        response__submitted_at__isnull=False, **{f"{opened}__lte": scope.period.end},
    )  # fmt: skip
    whens = [When(**{f"{code}__in": pair[:2]}, then=Constant(who)) for who, pair in PAIRED.items()]
    rows = rows.annotate(mark=mark()).filter(mark__isnull=False)
    place = Window(RowNumber(), partition_by=[F("response__person"), F(code), F("question")], order_by=[F("response__submitted_at").desc(), F("pk").desc()])  # fmt: skip
    return rows.order_by().values(
        "mark", version=F("response__survey__version"), hidden=Case(When(response__survey__privacy=Survey.Privacy.HIDDEN, then=Constant(1)), default=Constant(0)), owner=F("organization"), person=F("response__person"), who=Case(*whens), scale=F("question"),
        after=Case(When(**{f"{code}__in": lasts}, then=Constant(1)), default=Constant(0)), place=place,
    )  # fmt: skip


def of_scales(scales: dict[tuple[str, str], tuple[int, int, int]]) -> Value:
    """`scales`: (who, scale) → number of people, sum of gains, sum of their squares, how many were promised hidden names.

    A mean of a few people of whom one was promised that would tell the answer: it is left out.
    """
    shown = {
        key: gains[:3] for key, gains in scales.items() if not gains[3] or gains[0] >= PRECISE_FROM
    }
    people = max(row[0] for row in scales.values())
    if not shown:
        return Value(people)
    rows = []
    for who, (_, _, titles) in PAIRED.items():
        for scale, title in titles.items():
            if gains := shown.get((who, scale)):
                name = "наставляемые" if who == "mentee" else "наставники"
                rows.append((f"{name}: {title}", of_gains(*gains)))
    number, total, _ = map(sum, zip(*shown.values(), strict=True))
    return Value(people, None, mean(total, number).value, tuple(rows), weight=(total, number))


def of_gains(number: int, total: int, squares: int) -> Value:
    """Mean with its spread (of a sample); of fewer than five people whole points only."""
    exact = Decimal(total) / number
    half_up = (exact + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    value = rounded(exact) if number >= PRECISE_FROM else float(half_up)
    spread = None
    if number > 1:
        spread = rounded((Decimal(number * squares - total**2) / (number * (number - 1))).sqrt())
    return Value(number, None, value, (("разброс", Value(number, None, spread)),))


def of_numbers(numbers: list[int]) -> Value:
    return of_gains(len(numbers), sum(numbers), sum(number * number for number in numbers))
