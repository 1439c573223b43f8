"""Tasks of orders and working groups."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.form_pages import act, form_page, url
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from roadmap import library_permissions as rights
from roadmap.document_permissions import can_read_document
from roadmap.forms.library import OrderTaskForm, TaskDoneForm
from roadmap.models import Document, OrderTask, WorkingGroup
from roadmap.services import order_tasks as service


@member_page
def tasks(request):
    """Own tasks of orders in force; the head and the curator see everybody's."""
    rights.can_read_norms(request.membership).require()
    everybody = has_any(request.membership, MANAGERS)
    rows = OrderTask.objects.of(request.school).select_related("person", "document__organization")
    rows = rows.filter(document__state="in_force")
    if not everybody:
        rows = rows.filter(person=request.membership.person_id)
    context = {
        "open": [row for row in rows if row.done_on is None], "closed": [row for row in rows if row.done_on],
        "everybody": everybody, "day": timezone.localdate(),
        "groups": WorkingGroup.objects.of(request.school).select_related("document__organization").prefetch_related("members__person") if everybody else [],
    }  # fmt: skip
    return render(request, "roadmap/library/tasks.html", context)


@member_page
def order_task_new(request, pk):
    """An item of the order with the one who answers for it."""
    rights.can_keep_order_tasks(request.membership).require()
    document = get_object_or_404(Document.objects.of(request.school), pk=pk)  # fmt: skip
    can_read_document(request.membership, document).require()
    form = OrderTaskForm(request.school, request.POST or None)
    return form_page(
        request, form, service.add_task, document, title="Поручение по документу", submit="Добавить",
        done="Поручение записано. Человек увидит его, когда документ вступит в силу.", back=document,
        crumbs=[(document.full_title, document.get_absolute_url())],
    )  # fmt: skip


def own_task(request, pk) -> OrderTask:
    return get_object_or_404(OrderTask.objects.of(request.school).select_related("document__organization", "person"), pk=pk)  # fmt: skip


@member_page
def order_task_done(request, pk):
    row = own_task(request, pk)
    rights.can_close_order_task(request.membership, row).require()
    form = TaskDoneForm(request.POST or None)
    return form_page(request, form, service.close_task, row, on=timezone.localdate(), title="Отметить выполненным", submit="Выполнено", done="Отмечено: сделано.", back=url(request, "order_tasks"), lead=row.text)  # fmt: skip


@member_page
@require_POST
def order_task_remove(request, pk):
    row = own_task(request, pk)
    return act(request, row.document, service.remove_task, row, by=request.membership, done="Поручение удалено.")  # fmt: skip
