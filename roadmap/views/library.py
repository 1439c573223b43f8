"""The library of norms: list, one act, «изучено», who has studied what."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.form_pages import RESULT, act, form_page, url
from people.pages import member_page
from roadmap import library_permissions as rights
from roadmap.forms.library import NormFilter, NormForm
from roadmap.models import Norm, NormStudy
from roadmap.services import library

PAGE = 50
HEADINGS = ["Уровень", "Реквизиты", "Название", "Действует", "Изучили, человек"]


@member_page
def norms(request):
    rights.can_read_norms(request.membership).require()
    if not Norm.objects.of(request.school).exists():
        library.install(request.school)
    filters = NormFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = chosen_norms(request, chosen).annotate(readers=Count("studies"))
    rows = rows.order_by("-dated_on", "title", "pk")
    if request.GET.get("export") == "xlsx" and rights.can_see_studies(request.membership):
        table = ([one.get_level_display(), one.requisites, one.title, "нет" if one.ended_on else "да", one.readers] for one in rows)  # fmt: skip
        return xlsx_response("Нормативная база", HEADINGS, table)
    studied = NormStudy.objects.of(request.school).filter(person=request.membership.person_id)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters,
        "studied": set(studied.values_list("norm", flat=True)),
        "must": set(library.to_study(request.membership).values_list("pk", flat=True)),
        "can_keep": rights.can_keep_norms(request.membership), "can_see": rights.can_see_studies(request.membership),
    }  # fmt: skip
    return render(request, "roadmap/library/norms.html", context)


def chosen_norms(request, chosen: dict):
    rows = Norm.objects.of(request.school).select_related("file", "replaced_by__organization")  # fmt: skip
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "number", "issuer", "note")))
    if chosen.get("level"):
        rows = rows.filter(level=chosen["level"])
    if chosen.get("state") == "mine":
        return rows.filter(pk__in=library.to_study(request.membership).values("pk"))
    return rows.filter(ended_on__isnull=chosen.get("state") != "ended")


def own_norm(request, pk) -> Norm:
    rights.can_read_norms(request.membership).require()
    rows = Norm.objects.of(request.school).select_related("file", "replaced_by__organization")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@member_page
def norm(request, pk):
    shown = own_norm(request, pk)
    can_see = rights.can_see_studies(request.membership)
    studies = shown.studies.select_related("person").order_by("person__last_name", "pk")
    context = {
        "norm": shown, "can_see": can_see, "can_keep": rights.can_keep_norms(request.membership),
        "own": studies.filter(person=request.membership.person_id).first(),
        "studies": studies if can_see else [],
    }  # fmt: skip
    return render(request, "roadmap/library/norm.html", context)


@member_page
def norm_new(request):
    rights.can_keep_norms(request.membership).require()
    form = NormForm(request.school, request.POST or None, request.FILES or None)
    return form_page(
        request, form, library.save_norm, title="Новый акт", submit="Добавить", to=RESULT,
        done="Акт добавлен.", back=url(request, "norms"), crumbs=[("Нормативная база", url(request, "norms"))],
    )  # fmt: skip


@member_page
def norm_edit(request, pk):
    rights.can_keep_norms(request.membership).require()
    shown = own_norm(request, pk)
    form = NormForm(request.school, request.POST or None, request.FILES or None, row=shown)
    return form_page(
        request, form, library.save_norm, shown, title="Изменить акт", done="Акт сохранён.", back=shown,
        crumbs=[("Нормативная база", url(request, "norms")), (shown.requisites, shown.get_absolute_url())],
    )  # fmt: skip


@member_page
@require_POST
def norm_studied(request, pk):
    shown = own_norm(request, pk)
    return act(request, shown, library.mark_studied, shown, on=timezone.localdate(), by=request.membership, done="Отмечено: изучено.")  # fmt: skip
