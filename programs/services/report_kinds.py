"""Reports that the portal drafts: what each is for, in the order of the page «Отчёты»; all freeze their figures."""

from dataclasses import dataclass

from people.models import Membership
from programs.models import ReportFigures
from programs.report_permissions import can_read_reports
from roadmap.kinds import KINDS, Kind
from roadmap.models import Document


@dataclass(frozen=True)
class ReportKind:
    """`about`: one sentence, what it says and to whom."""

    code: str
    about: str

    @property
    def kind(self) -> Kind:
        return KINDS[self.code]


REPORT_KINDS = {
    one.code: one
    for one in (
        ReportKind("annual_report", "Итоги учебного года для своей школы: все показатели рядом с прошлым годом и выводы куратора."),
        ReportKind("monitoring_report", "Качество программ и изменения у людей по анкетам, сильные и слабые стороны."),
        ReportKind("authority_report", "Показатели, которые собирает орган управления образованием: по его запросу или за свой период."),
        ReportKind("statistical_return", "Число участников, пар, программ и встреч за любой период для формы статистического наблюдения."),
    )
}  # fmt: skip


def links_of(document: Document, by: Membership) -> list[tuple[str, str]]:
    """(words, name of the address) of a report whose figures are frozen; one query, none for those who may not read it."""
    if not can_read_reports(by):
        return []
    if not ReportFigures.objects.of(document.organization).filter(document=document).exists():
        return []
    return [("Показатели таблицей (.xlsx)", "report_figures"), ("Сравнить с сегодняшними цифрами", "report_recount")]  # fmt: skip
