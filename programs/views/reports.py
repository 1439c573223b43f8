"""Reports of the programme on one page: figures, the annual report, registries, mentors' reports."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.prints import docx_response, pdf_response
from people.pages import member_page
from people.services import jobs
from programs import report_permissions as rights
from programs.prints.registries import TITLES, print_registry, word_registry
from programs.services import registries, report_figures
from programs.tasks import pack_mentor_reports
from roadmap.models import Document

REPORTS = ("annual_report", "monitoring_report")
HEADINGS = {"mentors": registries.MENTOR_HEADINGS, "mentees": registries.MENTEE_HEADINGS}


@member_page
def reports(request):
    rights.can_read_reports(request.membership).require()
    papers = Document.objects.of(request.school).filter(kind__in=REPORTS).select_related("organization").defer("body")  # fmt: skip
    context = {
        "papers": papers, "years": report_figures.choices(timezone.localdate()),
        "can_write": rights.can_write_reports(request.membership),
    }  # fmt: skip
    return render(request, "programs/indicators/reports.html", context)


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
    year = request.POST.get("year", "")
    if year not in dict(report_figures.choices(timezone.localdate())):
        raise Http404
    job = jobs.start(pack_mentor_reports, by=request.membership, title=f"Отчёты наставников за {year}/{int(year) + 1}", year=int(year))  # fmt: skip
    return redirect(job)
