"""What the authority asks of this school, and handing the report in."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.pages import member_page
from programs import report_permissions as rights
from programs.forms.authority import SentForm
from programs.models import ReportSubmission
from programs.services import authority_reports, report_requests
from programs.views.pages import act, form_page
from roadmap.models import Document


@member_page
def incoming_requests(request):
    """Requests with the state of our report and the next step; three queries whatever the number."""
    rights.can_read_reports(request.membership).require()
    rows = ReportSubmission.objects.of(request.school).select_related("request__organization", "document__organization")  # fmt: skip
    papers = authority_reports.prepared(request.school)
    sent = {row.document_id: row for row in rows}
    context = {
        "rows": [(row, row.document or papers.get(row.pk)) for row in rows if row.request_id], "today": timezone.localdate(),
        "own": [(paper, sent.get(paper.pk)) for paper in papers.values() if not paper.values.get("request")],
        "can_write": rights.can_submit_reports(request.membership),
    }  # fmt: skip
    return render(request, "programs/authority/incoming.html", context)


@member_page
@require_POST
def report_submit(request, pk):
    rights.can_submit_reports(request.membership).require()
    rows = ReportSubmission.objects.of(request.school).select_related("request__organization")
    row = get_object_or_404(rows, pk=pk)
    paper = authority_reports.prepared(request.school).get(row.pk)
    return act(
        request, report_requests.incoming_url(request.school), report_requests.submit, row, document=paper,
        on=timezone.localdate(), by=request.membership, done="Отчёт представлен. Решение появится здесь.",
    )  # fmt: skip


@member_page
def report_sent(request, pk):
    """The mark that a report without a request in the portal was handed over."""
    rights.can_submit_reports(request.membership).require()
    paper = get_object_or_404(Document.objects.of(request.school), pk=pk, kind="authority_report")
    back = report_requests.incoming_url(request.school)
    return form_page(
        request, SentForm(request.POST or None, initial={"on": timezone.localdate()}), report_requests.mark_sent, paper,
        title="Отметить представление", submit="Отметить", done="Отметка внесена.", back=back, to=back, crumbs=[("Запросы органа управления", back)],
    )  # fmt: skip
