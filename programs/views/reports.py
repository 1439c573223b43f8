"""Reports of the programme on one page: figures, the annual report, registries, mentors' reports."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from people.pages import member_page
from people.services import jobs
from programs import report_permissions as rights
from programs.services import registries, report_figures
from programs.tasks import pack_mentor_reports
from roadmap.models import Document

REPORTS = ("annual_report", "monitoring_report")
REGISTRIES = {
    "mentors": ("Реестр наставников", registries.MENTOR_HEADINGS, registries.mentors),
    "mentees": ("Реестр наставляемых", registries.MENTEE_HEADINGS, registries.mentees),
}


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
    rights.can_read_reports(request.membership).require()
    title, headings, rows = REGISTRIES[bank]
    return xlsx_response(title, list(headings), rows(request.school, on=timezone.localdate()))


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
