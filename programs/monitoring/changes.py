"""I-14: what changed between the questionnaires before and after, of the same people."""

from collections import defaultdict
from decimal import ROUND_FLOOR, Decimal

from django.db import connection
from django.db.models import Case, F, Q, When, Window
from django.db.models import Value as Constant
from django.db.models.functions import RowNumber

from people.models import Answer
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

# A mark is read out of the latest answers only; the marks of one person on one scale become one gain, the gains of a
# school on one scale their number, sum and sum of squares: mean and spread need no more, whatever the number of people.
GAINS = """
SELECT owner, who, scale, COUNT(*), SUM(gain), SUM(gain * gain) FROM (
    SELECT owner, who, scale, MAX(CASE WHEN after = 1 THEN mark END) - MAX(CASE WHEN after = 0 THEN mark END) AS gain
    FROM ({answers}) AS answers WHERE place = 1 GROUP BY owner, person, who, scale
) AS gains WHERE gain IS NOT NULL GROUP BY owner, who, scale
"""


def change(scope: Scope) -> dict[int, Value]:
    """I-14, points: mean of (after − before) by scale, paired answers only, with n and spread. One query."""
    sql, params = latest_first(scope).query.sql_with_params()
    found: dict[int, dict] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(GAINS.format(answers=sql), params)
        for owner, who, scale, *gains in cursor:
            found[owner][who, scale] = tuple(map(int, gains))
    return {owner: of_scales(scales) for owner, scales in found.items()}


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
        "mark", owner=F("organization"), person=F("response__person"), who=Case(*whens), scale=F("question"),
        after=Case(When(**{f"{code}__in": lasts}, then=Constant(1)), default=Constant(0)), place=place,
    )  # fmt: skip


def of_scales(scales: dict[tuple[str, str], tuple[int, int, int]]) -> Value:
    """`scales`: (who, scale) → number of people, sum of gains, sum of their squares."""
    rows = []
    for who, (_, _, titles) in PAIRED.items():
        for scale, title in titles.items():
            if gains := scales.get((who, scale)):
                name = "наставляемые" if who == "mentee" else "наставники"
                rows.append((f"{name}: {title}", of_gains(*gains)))
    number, total, _ = map(sum, zip(*scales.values(), strict=True))
    people = max(row[0] for row in scales.values())
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
