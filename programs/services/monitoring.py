"""Both stages of monitoring for one school and period (R-219, R-707, R-708); a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Q

from people.models import Organization, Survey
from people.services import survey_results
from people.services.questionnaires import content_of
from programs.models import SwotNote
from programs.monitoring import process
from programs.monitoring.changes import PAIRED
from programs.monitoring.influence import Influence, influences, of_roles
from programs.monitoring.process import QUALITY, SATISFACTION, Offer, Quality, Run, Scale
from programs.monitoring.registry import BY_CODE
from programs.monitoring.scope import Period
from programs.monitoring.values import Value
from programs.services.indicators import of_school, scope_of

CODES = (*SATISFACTION, QUALITY)
SHARES = ("I-05", "I-06")


@dataclass(frozen=True)
class Satisfaction:
    """Scales of one questionnaire over its runs of the period."""

    code: str
    title: str
    scales: list[Scale]
    runs: list[Run]


@dataclass(frozen=True)
class Monitoring:
    """`runs`: number of runs of the period; `shares`: I-05 and I-06. `asked`: runs before and after that the influence of a role is counted from."""

    period: Period
    runs: int
    shares: list[tuple[str, Value]]
    satisfaction: list[Satisfaction]
    quality: Quality | None
    quality_runs: list[Run]
    offers: list[Offer]
    swot: SwotNote
    influence: list[Influence]
    asked: dict[str, list[Survey]]


def of_period(organization: Organization, period: Period) -> Monitoring:
    """At most eleven queries, whatever the number of runs and answers."""
    runs = runs_of(organization, period)
    scope = scope_of(organization, period, None)
    minimum = organization.anonymous_minimum
    found = influences(scope, minimum=minimum).get(organization.pk) or of_roles({}, minimum)
    by_code = {code: [run for run in runs if run.code == code] for code in CODES}
    return Monitoring(
        period, len(runs), [(BY_CODE[code].title, value) for code, value in of_school(organization, period, scope.definitions, SHARES).items()],
        [Satisfaction(code, title, process.scales(by_code[code]), by_code[code]) for code, title in SATISFACTION.items()],
        process.quality(by_code[QUALITY]), by_code[QUALITY], process.offers(runs),
        swot_of(organization, period), found, asked(organization, period),
    )  # fmt: skip


def runs_of(organization: Organization, period: Period) -> list[Run]:
    """Runs of the period, the latest first; answers only where the run allows a summary. Four queries."""
    surveys = Survey.objects.of(organization).exclude(state=Survey.State.DRAFT)
    surveys = surveys.filter(opens_on__range=period.days, version__questionnaire__code__in=CODES)
    surveys = surveys.select_related("version__questionnaire", "version__organization", "organization")  # fmt: skip
    surveys = surveys.annotate(number=Count("participants", filter=Q(participants__answered=True)))
    rows = list(surveys.order_by("-opens_on", "-pk"))
    reasons = {one.pk: survey_results.why_no_summary(one, one.number) for one in rows}
    values = survey_results.values_of_many([one for one in rows if not reasons[one.pk]])
    return [
        Run(one, one.number, content=content_of(one.version), values=values[one.pk])
        if one.pk in values else Run(one, one.number, reasons[one.pk])
        for one in rows
    ]  # fmt: skip


def asked(organization: Organization, period: Period) -> dict[str, list[Survey]]:
    """By role: first and last questionnaires that pairs of answers of the period can come from; one query."""
    codes = {code: role for role, (first, last, _) in PAIRED.items() for code in (first, last)}
    last = [row[1] for row in PAIRED.values()]
    rows = Survey.objects.of(organization).exclude(state=Survey.State.DRAFT)
    rows = rows.filter(opens_on__lte=period.end, version__questionnaire__code__in=codes)
    rows = rows.exclude(opens_on__lt=period.start, version__questionnaire__code__in=last)
    found: dict[str, list[Survey]] = {role: [] for role in PAIRED}
    for row in rows.select_related("version__questionnaire", "organization").order_by("opens_on", "pk"):  # fmt: skip
        found[codes[row.version.questionnaire.code]].append(row)
    return found


def swot_of(organization: Organization, period: Period) -> SwotNote:
    """The note of exactly this period; an empty one that is not kept yet."""
    found = SwotNote.objects.of(organization).filter(start=period.start, end=period.end).first()
    return found or SwotNote(organization=organization, start=period.start, end=period.end)
