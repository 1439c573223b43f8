"""Papers of a programme, the mentor's report, printing many at once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.prints import pdf_response
from people.models import Person
from people.pages import member_page
from people.reauthentication import ask_again
from people.services import jobs
from programs import program_permissions as rights
from programs.forms.programs import ProgramFilter
from programs.forms.work import ReportDecisionForm, ReportForm
from programs.models import MentorReport, Program
from programs.prints import programs as prints
from programs.services import practices, reports
from programs.tasks import print_programs
from programs.views.pages import act, own_program
from programs.views.programs import OPEN_PROGRAMS

FETCHED = ("versions__made_by__person", "items__progress", "milestones", "meetings", "difficulties")
PAPERS = {
    "program": lambda shown, request: prints.print_program(shown),
    "meeting_schedule": lambda shown, request: prints.print_meeting_schedule(shown),
    "meeting_log": lambda shown, request: prints.print_meeting_log(shown),
}


@member_page
def program_paper(request, pk, code):
    """`program.pdf`, `meeting_schedule.pdf`, `meeting_log.pdf`."""
    if code not in PAPERS:
        raise Http404
    shown = own_program(request, pk, *FETCHED, "consents__witness")
    return pdf_response(PAPERS[code](shown, request), f"{code}-{pk}")


@member_page
def development_plan(request, pk, person):
    """The plan of one mentee: the own one for a mentee of a group."""
    shown = own_program(request, pk, *FETCHED)
    wanted = get_object_or_404(Person.objects.of(request.school).filter(group_members__group=shown.group_id), pk=person)  # fmt: skip
    mentee = rights.is_mentee(request.membership, shown) and not rights.is_mentor(request.membership, shown)  # fmt: skip
    if mentee and wanted.pk != request.membership.person_id:
        raise Http404
    pdf = prints.print_development_plan(shown, wanted, on=timezone.localdate())
    return pdf_response(pdf, f"development_plan-{pk}")


@member_page
def report_paper(request, pk):
    shown = own_program(request, pk)
    rights.can_read_report(request.membership, shown).require()
    if not hasattr(shown, "report"):
        raise Http404
    return pdf_response(prints.print_mentor_report(shown), f"mentor_report-{pk}")


@member_page
def mentor_report(request, pk):
    """The mentor writes and sends; curator and head read, the curator decides."""
    shown = own_program(request, pk)
    rights.can_read_report(request.membership, shown).require()
    writes = rights.is_mentor(request.membership, shown)
    if not writes and not hasattr(shown, "report"):
        messages.info(request, "Отчёта пока нет: его составляет наставник.")
        return redirect(shown)
    report = reports.own_report(shown, by=request.membership) if writes else shown.report
    open_now = writes and report.state in (MentorReport.State.DRAFT, MentorReport.State.RETURNED)
    form = ReportForm(request.POST or None, initial={name: getattr(report, name) for name in ReportForm.base_fields})  # fmt: skip
    if open_now and form.submitted_to(reports.write_report, report, by=request.membership):
        return written(request, report, shown)
    decide = ReportDecisionForm(None)
    context = {
        "program": shown, "report": report, "form": form if open_now else None, "figures": report.figures or reports.figures(shown),
        "decide": decide if report.state == "sent" and rights.can_keep_programs(request.membership) else None,
        "can_keep": rights.can_keep_programs(request.membership),
    }  # fmt: skip
    return render(request, "programs/programs/report.html", context)


def written(request, report: MentorReport, shown: Program):
    """Saved; with «Отправить» also sent."""
    if "send" in request.POST:
        return act(request, report, reports.send_report, report, on=timezone.localdate(), by=request.membership, done="Отчёт отправлен куратору.")  # fmt: skip
    messages.success(request, "Сохранено.")
    return redirect(report)


@member_page
@require_POST
def report_decide(request, pk):
    shown = own_program(request, pk)
    rights.can_keep_programs(request.membership).require()
    report = get_object_or_404(MentorReport.objects.of(request.school), program=shown)
    ask_again(request)
    form = ReportDecisionForm(request.POST)
    if form.submitted_to(reports.decide_report, report, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Решение записано.")
        return redirect(report)
    messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
    return redirect(report)


@member_page
@require_POST
def practice_from_report(request, pk):
    """The curator describes a successful experience (R-215)."""
    shown = own_program(request, pk)
    rights.can_keep_programs(request.membership).require()
    return act(request, shown, practices.draft_from_report, shown, on=timezone.localdate(), by=request.membership, done="Черновик практики – в методической копилке.")  # fmt: skip


@member_page
@require_POST
def programs_print(request):
    """All programmes of the list in one file, in the background."""
    rights.can_list_programs(request.membership).require()
    filters = ProgramFilter(request.school, request.POST)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Program.objects.of(request.school)
    rows = rows.filter(state__in=[chosen["state"]] if chosen.get("state") else OPEN_PROGRAMS)
    ids = list(rows.order_by("group__mentor__last_name", "pk").values_list("pk", flat=True))
    if not ids:
        messages.error(request, "Печатать пока нечего.")
        return redirect("programs", request.school.slug)
    job = jobs.start(print_programs, by=request.membership, title="Печать программ", total=len(ids), program_ids=ids)  # fmt: skip
    return redirect(job)
