"""Guided import of the staff list: file → columns → preview → done → undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_numbers
from people.forms.imports import UploadForm
from people.imports.columns import FIELDS
from people.imports.words import differences, facts
from people.models import ImportBatch, Job, Person
from people.pages import member_page
from people.permissions import can_edit_people
from people.services import staff_import, staff_undo, staff_uploads
from people.tasks import write_staff_list
from people.views.jobs import PILLS

State = ImportBatch.State
TABS = {
    "wrong": "С ошибками", "doubt": "Проверьте", "changed": "Изменятся", "new": "Новые",
    "unchanged": "Без изменений",
}  # fmt: skip
PILL = {
    State.UPLOADED: ("wait", "◷"), State.PREVIEWED: ("wait", "◷"), State.RUNNING: ("work", "◐"),
    State.APPLIED: ("done", "✓"), State.UNDONE: ("none", "↩"), State.FAILED: ("late", "!"),
}  # fmt: skip
PAGE = 50


@member_page
def imports(request):
    """Upload a list; below, what was uploaded before."""
    can_edit_people(request.membership).require()
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted)
    if form.submitted_to(staff_uploads.upload, by=request.membership):
        ready = form.result.state == State.PREVIEWED
        return redirect(
            "import" if ready else "import_columns", request.school.slug, form.result.pk
        )
    rows = ImportBatch.objects.of(request.school).select_related("membership__person")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    for row in page:
        row.pill = PILL[row.state]
    return render(request, "people/imports/list.html", {"form": form, "page": page})


def own_batch(request, pk) -> ImportBatch:
    can_edit_people(request.membership).require()
    rows = ImportBatch.objects.of(request.school).select_related("file", "job", "membership__person")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@member_page
@never_cache
def batch(request, pk):
    """What will happen, what is happening or what has happened, by the state of the upload."""
    shown = own_batch(request, pk)
    stopped = shown.job_id and shown.job.state == Job.State.FAILED
    if shown.state == State.RUNNING and not stopped:
        return running(request, shown)
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if shown.state in (State.APPLIED, State.UNDONE):
        return result(request, shown)
    if shown.state == State.UPLOADED and shown.file:
        return redirect("import_columns", request.school.slug, shown.pk)
    try:
        return preview(request, shown)
    except RuleError as error:
        messages.error(request, error.message)
        return redirect("imports", request.school.slug)


def running(request, shown):
    context = {"batch": shown, "job": shown.job, "pill": PILLS[shown.job.state], "is_open": True}
    name = "_progress" if request.htmx else "running"
    return render(request, f"people/imports/{name}.html", context)


def preview(request, shown):
    planner, rows = staff_import.read(shown)
    plan = planner.plan(rows, staff_import.known_people(request.school))
    namesakes = set(shown.mapping.get("namesakes", ()))
    lines = {kind: plan.of(kind) for kind in TABS if kind != "doubt"}
    lines["doubt"] = [line for line in plan.lines if line.doubt or line.row in namesakes]
    tabs = [(code, title, len(lines[code])) for code, title in TABS.items()]
    current = request.GET.get("show")
    if current not in lines:
        current = next((code for code, _, number in tabs if number), "new")
    page = Paginator(lines[current], PAGE).get_page(request.GET.get("page"))
    return render(request, "people/imports/preview.html", {
        "batch": shown, "table": planner.table, "tabs": tabs, "current": current, "page": page,
        "lines": [described(line, namesakes) for line in page], "counts": plan.counts,
        "writes": plan.counts["new"] + plan.counts["changed"],
        "columns": columns_of(planner.table), "failed": shown.job.error if shown.job_id else "",
    })  # fmt: skip


def described(line, namesakes: set[int]) -> dict:
    return {
        "line": line, "facts": facts(line), "differences": differences(line),
        "other": line.row in namesakes,
    }  # fmt: skip


def columns_of(table) -> list[tuple[str, str]]:
    """(heading of the file, what the portal takes from it)."""
    return [(table.title(number), FIELDS[field]) for number, field in sorted(table.columns.items())]


def result(request, shown):
    kept = shown.counts.get("kept", [])
    people = Person.objects.of(request.school).in_bulk([each["person"] for each in kept])
    last = staff_undo.last_applied(request.school)
    errors = Paginator(shown.errors, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/imports/result.html", {
        "batch": shown, "pill": PILL[shown.state], "errors": errors,
        "kept": [(people.get(each["person"]), each["text"]) for each in kept],
        "can_undo": last is not None and last.pk == shown.pk and shown.undo,
    })  # fmt: skip


@member_page
@require_POST
def namesakes(request, pk):
    """Rows ticked as «другой человек»."""
    shown = own_batch(request, pk)
    rows = row_numbers(request.POST.getlist("row"))
    return after(request, shown, staff_import.choose_namesakes, rows=rows)


@member_page
@require_POST
def apply(request, pk):
    shown = own_batch(request, pk)
    only_valid = request.POST.get("rows") == "valid"
    return after(request, shown, staff_import.start, task=write_staff_list, only_valid=only_valid)


def after(request, shown, service, **arguments):
    """Call the service; its refusal is a message on the same page."""
    try:
        service(shown, by=request.membership, **arguments)
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("import", request.school.slug, shown.pk)


@member_page
@require_POST
def discard(request, pk):
    shown = own_batch(request, pk)
    try:
        staff_uploads.discard(shown, by=request.membership)
    except RuleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Загрузка удалена, файл стёрт.")
    return redirect("imports", request.school.slug)


@member_page
def undo(request, pk):
    """Says in numbers what will be taken back, then does it."""
    shown = own_batch(request, pk)
    if request.method == "POST":
        return after(request, shown, staff_undo.undo)
    return render(request, "partials/confirm_page.html", {
        "title": f"Отменить загрузку «{shown.file_name}»?", "consequences": consequences(shown.undo),
        "undo": "Список можно будет загрузить снова.", "submit": "Отменить загрузку", "danger": True,
        "cancel_url": reverse("import", args=[request.school.slug, shown.pk]),
    })  # fmt: skip


def consequences(entries: list[dict]) -> list[str]:
    created = sum(entry["created"] for entry in entries)
    return [
        f"Добавленных карточек будет удалено: {created}.",
        f"Карточек, которым вернутся прежние значения: {len(entries) - created}.",
        "Карточки, с которыми уже работали, останутся: портал назовёт каждую и причину.",
    ]
