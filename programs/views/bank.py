"""The bank of programmes and the bounds of their length."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.search import words_query
from people.models import MenteeProfile
from people.pages import member_page
from people.services import catalogues
from programs import program_permissions as rights
from programs.forms.programs import BoundsForm, KeepForm, PatternFilter
from programs.models import ProgramBounds, ProgramPattern
from programs.services import patterns, program_bounds
from programs.views.pages import RESULT, act, form_page, own_program, url

PAGE = 30
FILTERS = {"form": "forms", "kind": "kinds", "direction": "directions", "difficulty": "difficulties"}  # fmt: skip


@member_page
def pattern_list(request):
    """The bank: by form, kind, direction and difficulty (R-130); open to everybody who writes programmes."""
    rights.can_read_library(request.membership).require()
    if not ProgramPattern.objects.of(request.school).exists():
        patterns.install(request.school)
    filters = PatternFilter(request.school, request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = ProgramPattern.objects.of(request.school).filter(archived=False)
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "goal"))).select_related("organization")  # fmt: skip
    wanted = {FILTERS[name]: value for name, value in chosen.items() if value}
    found = [row for row in rows if all(value in getattr(row, name) for name, value in wanted.items())]  # fmt: skip
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")), "filters": filters,
        "titles": titles_of(request.school), "can_keep": rights.can_keep_programs(request.membership),
    }  # fmt: skip
    return render(request, "programs/bank/list.html", context)


def titles_of(school) -> dict[str, dict[str, str]]:
    return {name: catalogues.titles(school, name) for name in ("form", "kind", "direction")}


def own_pattern(request, pk) -> ProgramPattern:
    return get_object_or_404(ProgramPattern.objects.of(request.school), pk=pk)  # fmt: skip


@member_page
def pattern(request, pk):
    rights.can_read_library(request.membership).require()
    shown = own_pattern(request, pk)
    names = titles_of(request.school)
    texts = [(ProgramPattern._meta.get_field(name).verbose_name, getattr(shown, name)) for name in ProgramPattern.TEXTS]  # fmt: skip
    context = {
        "pattern": shown, "texts": [(title, text) for title, text in texts if text.strip()],
        "directions": names["direction"], "can_keep": rights.can_keep_programs(request.membership),
        "forms": [names["form"].get(code, code) for code in shown.forms],
        "kinds": [names["kind"].get(code, code) for code in shown.kinds],
    }  # fmt: skip
    return render(request, "programs/bank/page.html", context)


@member_page
@require_POST
def pattern_archive(request, pk):
    shown = own_pattern(request, pk)
    rights.can_keep_programs(request.membership).require()
    return act(request, url(request, "patterns"), patterns.archive, shown, archived=True, by=request.membership, done="Программа убрана из банка.")  # fmt: skip


@member_page
def pattern_keep(request, pk):
    """Put a programme of the school into the bank."""
    rights.can_keep_programs(request.membership).require()
    shown = own_program(request, pk)
    form = KeepForm(request.POST or None, initial={"title": shown.title})
    return form_page(
        request, form, patterns.keep, shown, title="В банк программ", submit="Добавить",
        done="Программа в банке.", back=shown, to=RESULT, of=shown,
        lead="Имена и проблема наставляемого в банк не попадут.",
    )  # fmt: skip


@member_page
def program_bounds_page(request):
    """Length of programmes for each category of mentees (R-603)."""
    rights.can_keep_programs(request.membership).require()
    own = {row.category: row for row in ProgramBounds.objects.of(request.school)}
    school = request.school
    rows = []
    for category, title in MenteeProfile.Category.choices:
        row = own.get(category)
        initial = {"min_months": row.min_months if row else school.program_min_months, "max_months": row.max_months if row else school.program_max_months}  # fmt: skip
        rows.append((category, title, BoundsForm(request.POST or None, prefix=category, initial=initial)))  # fmt: skip
    if request.method == "POST" and all(form.is_valid() for _, _, form in rows):
        try:
            program_bounds.set_bounds({category: form.cleaned_data for category, _, form in rows}, by=request.membership)  # fmt: skip
            messages.success(request, "Сроки сохранены.")
            return redirect("program_bounds", school.slug)
        except RuleError as error:
            messages.error(request, error.message)
    return render(request, "programs/bank/bounds.html", {"rows": rows})
