"""Reports of the programme on one page: each kind, those drafted with their figures, registries, mentors' reports."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.prints import docx_response, pdf_response
from people.pages import member_page
from people.services import jobs
from programs import report_permissions as rights
from programs.forms.reports import PackForm, ReportFilter
from programs.models import ReportFigures
from programs.prints.registries import TITLES, print_registry, word_registry
from programs.services import registries, report_recount
from programs.services.report_kinds import REPORT_KINDS
from programs.tasks import pack_mentor_reports
from roadmap.models import Document

PAGE = 20
HEADINGS = {"mentors": registries.MENTOR_HEADINGS, "mentees": registries.MENTEE_HEADINGS}


@member_page
def reports(request):
    rights.can_read_reports(request.membership).require()
    return reports_page(request, PackForm(today=timezone.localdate()))


def reports_page(request, pack: PackForm, status: int = 200):
    """Two queries for the papers of a page, whatever their number."""
    filters = ReportFilter(request.GET)
    rows = Document.objects.of(request.school).filter(kind__in=REPORT_KINDS)
    rows = filters.narrow(rows).select_related("organization", "figures").defer("body").order_by("-created_at", "-pk")  # fmt: skip
    context = {
        "kinds": list(REPORT_KINDS.values()), "filters": filters, "pack": pack, "narrowed": any(request.GET.get(name) for name in filters.fields),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "can_write": rights.can_write_reports(request.membership),
    }  # fmt: skip
    return render(request, "programs/indicators/reports.html", context, status=status)


def own_figures(request, pk: int) -> ReportFigures:
    """Frozen figures of a report of the school, else 404."""
    rights.can_read_reports(request.membership).require()
    rows = ReportFigures.objects.of(request.school).filter(document__kind__in=REPORT_KINDS)
    rows = rows.select_related("document__organization", "organization").defer("document__body")
    return get_object_or_404(rows, document=pk)


@member_page
def report_figures(request, pk):
    """The frozen figures as a table, for other reports of the office."""
    row = own_figures(request, pk)
    name = f"{row.document.kind_info.title} {row.start:%d.%m.%Y}-{row.end:%d.%m.%Y}"
    return xlsx_response(name, report_recount.HEADINGS, report_recount.exported(row))


@member_page
def report_recount_page(request, pk):
    """Frozen figures beside the same counted today; reading alone, nothing changes."""
    row = own_figures(request, pk)
    lines = report_recount.recount(row)
    context = {
        "row": row, "document": row.document, "lines": lines, "changed": sum(one.differs for one in lines),
        "today": timezone.localdate(), "with_rules": report_recount.uses_thresholds(row),
    }  # fmt: skip
    return render(request, "programs/indicators/recount.html", context)


@member_page
def registry(request, bank):
    """People with a valid consent only, as the banks show them."""
    lines = registries.take(bank, on=timezone.localdate(), by=request.membership)
    return xlsx_response(TITLES[bank], list(HEADINGS[bank]), (line.cells() for line in lines))


@member_page
def registry_pdf(request, bank):
    today = timezone.localdate()
    lines = registries.take(bank, on=today, by=request.membership)
    return pdf_response(print_registry(bank, lines, organization=request.school, on=today), TITLES[bank])  # fmt: skip


@member_page
def registry_docx(request, bank):
    today = timezone.localdate()
    lines = registries.take(bank, on=today, by=request.membership)
    return docx_response(word_registry(bank, lines, organization=request.school, on=today), TITLES[bank])  # fmt: skip


@member_page
@require_POST
def mentor_reports_pack(request):
    """The archive is made in the background; its page shows the progress."""
    rights.can_read_reports(request.membership).require()
    form = PackForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return reports_page(request, form)
    start, end = form.days()
    title = f"Отчёты наставников с {start:%d.%m.%Y} по {end:%d.%m.%Y}"
    job = jobs.start(pack_mentor_reports, by=request.membership, title=title, start=start.isoformat(), end=end.isoformat())  # fmt: skip
    return redirect(job)
