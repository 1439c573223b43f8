"""What is due to be destroyed today, the destruction by the curator, and what was destroyed before."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from mentoring.core.exports import xlsx_response
from people import retention as registry
from people.models import PurgeRun
from people.pages import member_page
from people.permissions import can_purge, can_read_organization
from people.reauthentication import ask_again
from people.services import purging, terms


@member_page
def retention(request):
    can_read_organization(request.membership).require()
    runs = PurgeRun.objects.of(request.school).select_related("membership__person")
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Уничтожение данных", ["Дата", "Что", "Записей"], exported(runs))
    rows = due_rows(request.school)
    context = {
        "rows": rows, "total": sum(row["number"] for row in rows), "can_purge": can_purge(request.membership),
        "runs": [(run, sum(run.counts.values())) for run in runs],
    }  # fmt: skip
    return render(request, "people/terms/retention.html", context)


def due_rows(organization) -> list[dict]:
    """Every purpose with its term and the number of rows due today."""
    known = {row.code: row for row in terms.terms(organization)}
    counts = purging.due(organization, on=timezone.localdate())
    return [
        {"title": row.title, "term": known[row.term], "number": counts[row.code]}
        for row in registry.purposes()
    ]


def exported(runs):
    titles = {row.code: row.title for row in registry.purposes()}
    for run in runs:
        for code, number in run.counts.items():
            yield [run.on, titles.get(code, code), number]


@member_page
def purge(request):
    """Says in numbers what will go, then destroys; it cannot be undone."""
    can_purge(request.membership).require()
    back = reverse("retention", args=[request.school.slug])
    if request.method == "POST":
        ask_again(request)
        outcome = purging.purge(request.school, on=timezone.localdate(), by=request.membership)
        report(request, outcome)
        return redirect(back)
    rows = [row for row in due_rows(request.school) if row["number"]]
    if not rows:
        messages.success(request, "Уничтожать сегодня нечего.")
        return redirect(back)
    lines = [f"{row['title']}: {grammar.count(row['number'], 'запись')}." for row in rows]
    return render(request, "partials/confirm_page.html", {
        "title": "Уничтожить данные с истёкшим сроком?", "danger": True, "submit": "Уничтожить",
        "consequences": [*lines, "Портал подготовит черновик акта: его подпишет комиссия и утвердит руководитель."],
        "undo": "Отменить это нельзя: записи, их прежние редакции и файлы стираются.", "cancel_url": back,
    })  # fmt: skip


def report(request, outcome: purging.Outcome) -> None:
    titles = {row.code: row.title for row in registry.purposes()}
    for code, names in outcome.failed.items():
        messages.error(request, f"{titles[code]}: не уничтожено, на записи ссылаются ({names}).")
    total = sum(outcome.counts.values())
    act = outcome.run and outcome.run.act_document_id
    words = f"Уничтожено: {grammar.count(total, 'запись')}."
    messages.success(request, f"{words} Черновик акта готов." if act else words)
