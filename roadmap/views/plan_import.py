"""Bringing a roadmap in from a file: upload, mend beside the source, make."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.form_pages import RESULT, form_page, form_view, url
from people.pages import member_page
from roadmap.forms.imports import LineFormSet, RoadmapFileForm, RoadmapMakeForm
from roadmap.models import RoadmapImport
from roadmap.permissions import can_edit_plan
from roadmap.services import roadmap_import as service

PAGE = 60
SOURCE_ROWS = 200


@member_page
def roadmap_upload(request):
    can_edit_plan(request.membership).require()
    form = RoadmapFileForm(request.POST or None, request.FILES or None)
    if form.submitted_to(service.upload, by=request.membership):
        return redirect("roadmap_import", request.school.slug, form.result.pk)
    return form_view(
        request, form, title="Перенести свою дорожную карту", submit="Прочитать файл",
        back=url(request, "roadmaps"), crumbs=[("Дорожные карты", url(request, "roadmaps"))],
        lead="Портал прочитает таблицу и покажет строки. Вы проверите их рядом с исходником и поправите, что прочитано не так.",
    )  # fmt: skip


def own_draft(request, pk) -> RoadmapImport:
    can_edit_plan(request.membership).require()
    return get_object_or_404(RoadmapImport.objects.of(request.school), pk=pk)


@member_page
def roadmap_import(request, pk):
    """Lines of one page of the reading beside the source; each save keeps them."""
    draft = own_draft(request, pk)
    number = request.GET.get("page", "1")
    page = row_number(number) or 1
    first = max(0, min((page - 1) * PAGE, (len(draft.lines) - 1) // PAGE * PAGE))
    chunk = draft.lines[first : first + PAGE]
    lines = LineFormSet(request.POST or None, initial=chunk, prefix="lines")
    if request.method == "POST" and lines.is_valid():
        values = {first + place: form.cleaned_data for place, form in enumerate(lines.forms[: len(chunk)])}  # fmt: skip
        try:
            service.mend(draft, lines=values, by=request.membership)
        except RuleError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "Строки сохранены.")
            return redirect(f"{request.path}?page={page if 'stay' in request.POST else page + 1}")
    source = service.Source(request.school, [])
    rows = [
        (form, service.understood(line, request.school, source.known), first + place + 1)
        for place, (form, line) in enumerate(zip(lines.forms, chunk, strict=False))
    ]
    context = {
        "draft": draft, "lines": lines, "rows": rows, "page": page, "pages": -(-len(draft.lines) // PAGE),
        "source": [table[:SOURCE_ROWS] for table in draft.source], "counts": counts(draft),
        "last": first + PAGE >= len(draft.lines),
    }  # fmt: skip
    return render(request, "roadmap/plan/import.html", context)


def counts(draft: RoadmapImport) -> dict[str, int]:
    levels = [line["level"] for line in draft.lines]
    return {level: levels.count(level) for level in service.LEVELS}


@member_page
def roadmap_make(request, pk):
    draft = own_draft(request, pk)
    form = RoadmapMakeForm(request.POST or None, initial={"title": draft.title or "Дорожная карта (план мероприятий) по реализации системы наставничества"})  # fmt: skip
    return form_page(
        request, form, service.make, draft, title="Создать карту из строк", submit="Создать карту", to=RESULT,
        done="Карта создана. Мероприятия, которые портал узнал, будут закрываться сами.",
        back=url(request, "roadmap_import", draft.pk), crumbs=[("Дорожные карты", url(request, "roadmaps")), (draft.file_name, url(request, "roadmap_import", draft.pk))],
    )  # fmt: skip
