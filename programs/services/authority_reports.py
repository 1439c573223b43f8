"""What an `authority_report` is drafted from: the row the school owes, figures by two sets of thresholds, the addressee."""

from dataclasses import dataclass

from mentoring.core import grammar
from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.models import Organization
from programs.models import ReportRequest, ReportSubmission
from programs.monitoring.scope import Definitions
from programs.services.indicators import definitions_of
from programs.services.report_figures import Figures, Row, figures_of
from programs.services.report_summary import period_of, rules_of
from roadmap.models import Document

State = ReportSubmission.State


@dataclass(frozen=True)
class Owed:
    """`figures` by the thresholds of the request; `differences`: pairs of rows (asked, own) that are not the same."""

    request: ReportRequest
    figures: Figures
    own_rules: Definitions
    differences: list[tuple[Row, Row]]


def owed_rows(organization: Organization):
    """Rows a report can be drafted for: asked, while the collection lasts."""
    rows = ReportSubmission.objects.of(organization).filter(state=State.ASKED, request__state=ReportRequest.State.OPEN)  # fmt: skip
    return rows.select_related("request__organization", "organization")


def read(document: Document, raw, name: str) -> Owed | None:
    if not raw:
        return None
    rows = ReportSubmission.objects.of(document.organization).select_related("request__organization")  # fmt: skip
    row = rows.filter(pk=row_number(str(raw))).first()
    if row is None:
        raise RuleError("Такого запроса нет. Выберите запрос из списка.", name)
    return counted(document.organization, row.request)


def counted(organization: Organization, request: ReportRequest) -> Owed:
    period, rules = period_of(request), rules_of(request)
    words = f"период с {grammar.long_date(period.start)} по {grammar.long_date(period.end)}"
    figures, own_rules = (
        figures_of(organization, period, words, rules),
        definitions_of(organization),
    )
    if own_rules == rules:
        return Owed(request, figures, own_rules, [])
    own = figures_of(organization, period, words, own_rules)
    pairs = zip(figures.rows, own.rows, strict=True)
    return Owed(request, figures, own_rules, [(asked, ours) for asked, ours in pairs if (asked.shown, asked.of) != (ours.shown, ours.of)])  # fmt: skip


def addressee(document: Document) -> list[str]:
    """«В Управление образования города Заречье»: the one who asked, else the one typed, else the founder."""
    name = document.values.get("addressee") or asker_of(document) or document.organization.founder
    if not name:
        return []
    try:
        return [f"В {grammar.organization_in_case(name, 'accs')}"]
    except grammar.Unsure:
        return [name]


def asker_of(document: Document) -> str:
    rows = ReportSubmission.objects.of(document.organization).filter(pk=document.values.get("request") or 0)  # fmt: skip
    return rows.values_list("request__organization__full_name", flat=True).first() or ""


def blockers(document: Document) -> list[str]:
    """Without a request the period must be chosen."""
    if document.values.get("request") or document.values.get("figures"):
        return []
    return ["Выберите запрос или период: «Изменить данные»."]


def prepared(organization: Organization) -> dict[object, Document]:
    """{id of the row owed: its newest living paper}, those without a request by their own key; one query."""
    rows = Document.objects.of(organization).filter(kind="authority_report").exclude(state__in=[Document.State.CANCELLED, Document.State.REPLACED])  # fmt: skip
    papers = rows.select_related("organization").defer("body").order_by("created_at", "pk")
    return {paper.values.get("request") or f"own-{paper.pk}": paper for paper in papers}
