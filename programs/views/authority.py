"""Pages of an education authority: its requests, the table of its schools, reports handed in (R-912)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from mentoring.core.exports import xlsx_response
from people.models import Organization, Subordination
from people.pages import member_page
from people.reauthentication import ask_again
from people.services import jobs
from programs import report_permissions as rights
from programs.forms.authority import RequestForm, ReturnForm, SummaryFilter
from programs.models import ReportRequest, ReportSubmission
from programs.monitoring.registry import BY_CODE
from programs.monitoring.summary import GROUPS
from programs.monitoring.values import SHARE, Value
from programs.services import report_requests, report_summary
from programs.services.report_figures import with_unit
from programs.tasks import count_summary
from programs.views.pages import RESULT, act, form_page, url
from roadmap.services import renditions

PAGE = 50
PLACES = 100
HIDDEN = "скрыто"


@member_page
def report_list(request):
    """Requests of the authority, each with how many reports have come."""
    rights.can_read_requests(request.membership).require()
    rows = ReportRequest.objects.of(request.school).defer("summary")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    numbers = report_requests.numbers(page.object_list)
    today = timezone.localdate()
    context = {
        "page": page, "rows": [(row, numbers[row.pk], row.late_on(today)) for row in page],
        "can_ask": rights.can_ask_for_reports(request.membership),
    }  # fmt: skip
    return render(request, "programs/authority/list.html", context)


@member_page
def request_new(request):
    rights.can_ask_for_reports(request.membership).require()
    return form_page(
        request, RequestForm(request.POST or None), report_requests.ask, on_day=timezone.localdate(),
        title="Запросить отчёты", submit="Запросить отчёты", done="Отчёты запрошены, кураторам отправлены уведомления.", to=RESULT,
        back=url(request, "report_requests"), crumbs=[("Запросы отчётов", url(request, "report_requests"))],
        lead="Период, ключевая дата и пороги уйдут вместе с запросом: все посчитают одинаково. Свои пороги организации покажут рядом.",
    )  # fmt: skip


def own_request(request, pk) -> ReportRequest:
    rights.can_read_requests(request.membership).require()
    rows = ReportRequest.objects.of(request.school)
    return get_object_or_404(rows, pk=pk)


@member_page
def report_request(request, pk):
    """Progress and the table; the address keeps what is picked, the export gives the same rows."""
    asked = own_request(request, pk)
    form = SummaryFilter(request.GET, request=asked)
    chosen = form.chosen()
    codes = columns(asked, chosen.pop("section", 0) or 0)
    rows = report_summary.shown_rows(asked, q=request.GET.get("q", ""), **chosen) if asked.summary else []  # fmt: skip
    if request.GET.get("export") == "xlsx" and asked.summary:
        return xlsx_response("Сводка", *table(asked, rows))
    page = Paginator(rows, PLACES).get_page(request.GET.get("page"))
    context = {
        "asked": asked, "numbers": report_summary.progress(asked), "form": form, "page": page,
        "columns": [BY_CODE[code] for code in codes], "rows": [(row, cells(row, codes)) for row in with_links(request, asked, page.object_list)],
        "rules": report_summary.rules_of(asked), "can_ask": rights.can_ask_for_reports(request.membership),
        "late": asked.late_on(timezone.localdate()),
    }  # fmt: skip
    return render(request, "programs/authority/request.html", context)


def with_links(request, asked: ReportRequest, rows: list[dict]) -> list[dict]:
    """Each school's row with the page of its report; one query."""
    slugs = dict(
        Organization.objects.filter(pk__in=[row["id"] for row in rows]).values_list("pk", "slug")
    )
    return [{**row, "url": url(request, "submission", asked.pk, slugs[row["id"]])} if not row["authority"] else row for row in rows]  # fmt: skip


def columns(asked: ReportRequest, section: int) -> list[str]:
    """Codes of the chosen section that the table has."""
    known = asked.summary["codes"] if asked.summary else ()
    return [code for code in GROUPS[section][1] if code in known]


def cells(row: dict, codes: list[str]) -> list[dict]:
    return [cell(code, row["values"].get(code)) for code in codes]


def cell(code: str, figure: list | None) -> dict:
    """`figure`: [n, d, value] or None where the table hides it."""
    one = BY_CODE[code]
    if figure is None:
        return {"title": one.title, "hidden": True}
    n, d, value = figure
    return {"title": one.title, "shown": with_unit(one, Value(n, d, value)), "of": f"{n} из {d}" if d else ""}  # fmt: skip


def table(asked: ReportRequest, rows: list[dict]) -> tuple[list[str], list[list]]:
    """All figures of the rows picked, numerators and denominators in columns of their own."""
    headings = ["Организация", "Вид", "Отчёт"]
    for code in asked.summary["codes"]:
        one = BY_CODE[code]
        headings += [f"{one.title}, %", f"{one.title}: сколько", f"{one.title}: из скольких"] if one.unit == SHARE else [one.title]  # fmt: skip
    kinds, states = dict(Organization.Type.choices), dict(ReportSubmission.State.choices)
    lines = []
    for row in rows:
        line = [row["name"], kinds[row["kind"]], states.get(row["state"], "")]
        for code in asked.summary["codes"]:
            n, d, value = row["values"].get(code) or (HIDDEN, HIDDEN, HIDDEN)
            line += [value, n, d] if BY_CODE[code].unit == SHARE else [value]
        lines.append(line)
    return headings, lines


@member_page
@require_POST
def request_count(request, pk):
    """Count the preliminary table, or (`close`) end the collection; in the background, its page shows the progress."""
    rights.can_ask_for_reports(request.membership).require()
    asked = own_request(request, pk)
    closing = "close" in request.POST
    title = f"{'Завершить сбор' if closing else 'Посчитать сводку'}: {asked.title}"
    job = jobs.start(count_summary, by=request.membership, title=title, target=asked.get_absolute_url(), request_id=asked.pk, closing=closing)  # fmt: skip
    return redirect(job)


@member_page
def request_close(request, pk):
    """Says what will happen, in numbers, and asks once."""
    rights.can_ask_for_reports(request.membership).require()
    asked = own_request(request, pk)
    context = {"asked": asked, "numbers": report_summary.progress(asked), "other": report_summary.overlapping_shown(asked)}  # fmt: skip
    return render(request, "programs/authority/close.html", context)


def handed_in(request, pk, of) -> ReportSubmission:
    """The last row of the organization in the request; nothing before the school has handed it in."""
    asked = own_request(request, pk)
    rows = asked.submissions.select_related("organization", "document__organization", "document__figures", "request__organization")  # fmt: skip
    row = rows.filter(organization__slug=of).order_by("-pk").first()
    if row is None:
        raise Http404
    return row


@member_page
def submission(request, pk, of):
    """One school: its report as it was handed in, its row of the table, the decision."""
    row = handed_in(request, pk, of)
    form = ReturnForm(request.POST or None)
    if request.method == "POST":
        rights.can_decide_submissions(request.membership).require()
        ask_again(request)
        today = timezone.localdate()
        if "accept" in request.POST:
            return act(request, row.request, report_requests.accept, row, on=today, by=request.membership, done="Отчёт принят.")  # fmt: skip
        if form.submitted_to(report_requests.return_report, row, on=today, by=request.membership):
            messages.success(
                request, "Отчёт возвращён, куратору организации отправлено уведомление."
            )
            return redirect(row.request)
    known = next((one for one in (row.request.summary or {}).get("rows", ()) if one["id"] == row.organization_id), None)  # fmt: skip
    context = {
        "row": row, "form": form, "can_decide": rights.can_decide_submissions(request.membership),
        "figures": cells(known, row.request.summary["codes"]) if known else [],
        "earlier": row.request.submissions.filter(organization=row.organization_id, state="returned").exclude(pk=row.pk),
    }  # fmt: skip
    return render(request, "programs/authority/submission.html", context)


@xframe_options_sameorigin
@member_page
@require_safe
def submission_pdf(request, pk, of):
    """The paper as it was handed in: the kept file, not a new drawing."""
    row = handed_in(request, pk, of)
    if row.document is None:
        raise Http404
    response = HttpResponse(renditions.current_pdf(row.document), content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{of}.pdf"'
    return response


@member_page
def subordinates(request):
    """Who is under the authority today and since when."""
    rights.can_read_requests(request.membership).require()
    bonds = Subordination.objects.filter(authority=request.school).active_on(timezone.localdate())
    bonds = bonds.select_related("organization").order_by("organization__short_name")
    if q := request.GET.get("q", "").strip():
        bonds = bonds.filter(organization__short_name__icontains=q)
    if request.GET.get("export") == "xlsx":
        rows = ([bond.organization.short_name, bond.organization.get_institution_type_display(), bond.starts_on] for bond in bonds)  # fmt: skip
        return xlsx_response("Подведомственные", ["Организация", "Вид", "С какого дня"], rows)
    context = {"page": Paginator(bonds, PLACES).get_page(request.GET.get("page"))}
    return render(request, "programs/authority/subordinates.html", context)
