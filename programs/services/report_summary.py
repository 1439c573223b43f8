"""The summary of a request: counted over all schools asked, frozen when the collection ends (R-912).

While reports come in the table holds the counts of the programme only. The closing counts once more and adds what needs
protection, after suppression; from then on it never changes, so two looks at it cannot be compared.
"""

from collections.abc import Iterator
from operator import itemgetter

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership, Organization
from people.services import journal
from people.services.subordination import above, below
from programs.models import ReportRequest
from programs.models.monitoring import DefinitionsModel, PeriodModel
from programs.monitoring.scope import Definitions, Period, Scope
from programs.monitoring.summary import PROTECTED, Place, build, pick
from programs.report_permissions import can_ask_for_reports
from programs.services.indicators import of_many
from programs.services.report_requests import numbers


def period_of(row: PeriodModel) -> Period:
    return Period(row.start, row.end, row.on)


def rules_of(row: DefinitionsModel) -> Definitions:
    return Definitions(**{name: getattr(row, name) for name in Definitions().as_dict()})


def count(request: ReportRequest, *, protected: bool) -> dict:
    """The table of `programs/monitoring/summary.py: build` over the schools asked, counted now by the request's thresholds."""
    root = tree(request)
    # Ids, not a subquery over the submissions: right after a request the planner knows nothing of these rows and takes twenty
    # seconds for what takes a tenth (measured with 1 300 schools).
    owners = Organization.objects.filter(pk__in=[place.key for place in root.schools()])
    values = of_many(Scope(owners, period_of(request), rules_of(request)))
    return build(root, values, protected=protected)


def tree(request: ReportRequest) -> Place:
    """The authority, the authorities under it, the schools asked; by name. Four queries for a region."""
    parents = below(request.organization, request.on)
    asked = set(request.submissions.values_list("organization", flat=True))
    names = Organization.objects.filter(pk__in={*parents, *asked}).order_by("short_name")
    known = {row["pk"]: row for row in names.values("pk", "short_name", "institution_type")}
    children: dict[int, list[int]] = {}
    for pk, row in known.items():
        if pk in asked or row["institution_type"] == Organization.Type.AUTHORITY:
            # A school that moved after it had handed in stays with the one who asked.
            children.setdefault(parents.get(pk, request.organization_id), []).append(pk)
    own = request.organization
    return place_of({"pk": own.pk, "short_name": own.short_name, "institution_type": own.institution_type}, children, known)  # fmt: skip


def place_of(row: dict, children: dict[int, list[int]], known: dict[int, dict]) -> Place:
    under = (place_of(known[pk], children, known) for pk in children.get(row["pk"], ()))
    authority = row["institution_type"] == Organization.Type.AUTHORITY
    kept = tuple(one for one in under if not one.is_authority or any(one.schools()))
    return Place(row["pk"], row["short_name"], row["institution_type"], kept, authority)


@transaction.atomic
def recount(request: ReportRequest, *, by: Membership) -> ReportRequest:
    """Count the preliminary table anew."""
    return write(request, by=by, state=ReportRequest.State.OPEN)


@transaction.atomic
def close(request: ReportRequest, *, by: Membership) -> ReportRequest:
    """End the collection: count for the last time and freeze; nothing is handed in afterwards."""
    return write(request, by=by, state=ReportRequest.State.CLOSED)


def write(request: ReportRequest, *, by: Membership, state: str) -> ReportRequest:
    can_ask_for_reports(by).require()
    rows = ReportRequest.objects.of(by.organization).select_for_update(of=("self",))
    request = rows.select_related("organization").get(pk=request.pk)
    if request.state == ReportRequest.State.CLOSED:
        raise RuleError("Сбор уже завершён, сводка больше не меняется.")
    closing = state == ReportRequest.State.CLOSED
    other = overlapping(request) if closing else None
    request.summary = count(request, protected=closing and other is None)
    if other:
        request.summary["instead"] = [other.title, other.organization.short_name]
    request.state, request.summarised_at = state, timezone.now()
    request.save(update_fields=["summary", "state", "summarised_at"])
    journal.record(by, "report_request.closed" if closing else "report_request.counted", request)
    return request


def overlapping(request: ReportRequest) -> ReportRequest | None:
    """A frozen table over the same schools and a part of the same time.

    Two periods that overlap (or two thresholds for one period) would tell a small number by their difference, so only the
    first of them shows what needs protection. Locks the requests of the line: two closings at once go one after the other.
    """
    rows = in_line(request)
    list(rows.select_for_update(of=("self",)).values_list("pk"))
    return overlapping_shown(request)


def in_line(request: ReportRequest) -> QuerySet:
    """Requests of the authority, of those above and of those below it."""
    line = {request.organization_id} | above([request.organization_id], request.on) | set(below(request.organization, request.on))  # fmt: skip
    return ReportRequest.objects.filter(organization__in=line).order_by("pk")


def overlapping_shown(request: ReportRequest) -> ReportRequest | None:
    others = in_line(request).filter(state=ReportRequest.State.CLOSED, start__lte=request.end, end__gte=request.start)  # fmt: skip
    found = others.exclude(pk=request.pk).select_related("organization").order_by("summarised_at")
    return next((one for one in found if PROTECTED & set(one.summary["codes"])), None)


def shown_rows(request: ReportRequest, **picked) -> list[dict]:
    """Rows of the table that match (`monitoring/summary.py: pick`), each with the state of its report; one query."""
    states = dict(request.submissions.order_by("pk").values_list("organization", "state"))
    rows = [{**row, "state": states.get(row["id"], "")} for row in request.summary["rows"]]
    return pick(rows, **picked)


def authorities(summary: dict) -> Iterator[tuple[int, str]]:
    """(id, name) of the authorities of the table below its root."""
    return map(itemgetter("id", "name"), filter(itemgetter("authority"), summary["rows"][1:]))


def progress(request: ReportRequest) -> dict[str, int]:
    """How many schools are in which state, `all` of them; one query."""
    return numbers([request])[request.pk]
