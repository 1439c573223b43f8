"""The collection of practices."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.pages import member_page
from people.services import catalogues
from programs import program_permissions as rights
from programs.forms.recognition import FileForm, PracticeFilter, PracticeForm
from programs.models import Practice
from programs.services import practices
from programs.views.pages import RESULT, act, form_page, url

PAGE = 30
SEARCHED = ("title", "task", "method", "outcome", "author_rows__person__last_name")


@member_page
def practice_list(request):
    rights.can_read_library(request.membership).require()
    filters = PracticeFilter(request.GET)
    rows = rights.readable_practices(request.membership)
    if filters.is_valid() and filters.cleaned_data["state"]:
        rows = rows.filter(state=filters.cleaned_data["state"])
    rows = rows.filter(words_query(request.GET.get("q", ""), SEARCHED)).distinct()
    rows = rows.select_related("organization").prefetch_related("author_rows__person").order_by("-made_on", "-pk")  # fmt: skip
    if request.GET.get("export") == "xlsx":
        table = ([row.title, authors_of(row), row.get_state_display(), row.made_on] for row in rows)
        return xlsx_response("Методическая копилка", ["Практика", "Авторы", "Состояние", "Дата"], table)  # fmt: skip
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters}
    return render(request, "programs/practices/list.html", context)


def authors_of(practice: Practice) -> str:
    return ", ".join(row.person.short_name for row in practice.author_rows.all())


def own_practice(request, pk) -> Practice:
    rows = Practice.objects.of(request.school).select_related("program__organization")  # fmt: skip
    found = get_object_or_404(rows.prefetch_related("author_rows__person", "files__stored__organization"), pk=pk)  # fmt: skip
    rights.can_read_practice(request.membership, found).require()
    return found


@member_page
def practice(request, pk):
    rights.can_read_library(request.membership).require()
    shown = own_practice(request, pk)
    titles = catalogues.titles(request.school, "direction")
    context = {
        "practice": shown, "authors": authors_of(shown), "can_edit": rights.can_edit_practice(request.membership, shown),
        "can_keep": rights.can_keep_programs(request.membership), "directions": [titles.get(code, code) for code in shown.directions],
    }  # fmt: skip
    return render(request, "programs/practices/page.html", context)


@member_page
def practice_new(request):
    rights.can_read_library(request.membership).require()
    form = PracticeForm(request.school, request.POST or None)
    return form_page(
        request, form, practices.draft, on=timezone.localdate(), title="Описать свой опыт",
        submit="Сохранить",
        done="Черновик сохранён. Приложите материалы, куратор примет практику в копилку.",
        back=url(request, "practices"), to=RESULT,
    )  # fmt: skip


@member_page
def practice_edit(request, pk):
    shown = own_practice(request, pk)
    rights.can_edit_practice(request.membership, shown).require()
    form = PracticeForm(request.school, request.POST or None, initial={name: getattr(shown, name) for name in practices.FIELDS})  # fmt: skip
    return form_page(
        request, form, practices.change, shown, title="Правка практики", done="Сохранено.",
        back=shown, crumbs=[(shown.title, shown.get_absolute_url())],
    )  # fmt: skip


@member_page
def practice_file(request, pk):
    shown = own_practice(request, pk)
    rights.can_edit_practice(request.membership, shown).require()
    form = FileForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, practices.attach, shown, title="Приложить файл", submit="Приложить",
        done="Файл приложен.", back=shown, crumbs=[(shown.title, shown.get_absolute_url())],
    )  # fmt: skip


@member_page
@require_POST
def practice_state(request, pk):
    """Collect, nominate, choose, publish: what the button says."""
    shown = own_practice(request, pk)
    rights.can_keep_programs(request.membership).require()
    wanted = {
        "collect": {"state": Practice.State.COLLECTED}, "best": {"state": Practice.State.BEST},
        "nominate": {"nominated": not shown.nominated}, "publish": {"published": not shown.published},
    }.get(request.POST.get("do"), {})  # fmt: skip
    return act(request, shown, practices.set_state, shown, by=request.membership, done="Записано.", **wanted)  # fmt: skip
