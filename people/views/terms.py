"""«Сроки и нормы»: every term that comes from a norm, the school's own values, the working calendar."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from people.forms.terms import CalendarDayForm, TermFilter, TermForm
from people.models import CalendarDay
from people.pages import member_page
from people.permissions import can_edit_organization, can_read_organization
from people.services import calendar, terms

EXPORTED = ["О чём", "Срок", "По норме", "У нас", "Норма", "Действует с", "Сверено с текстом нормы", "Основание своего срока"]  # fmt: skip


@member_page
def term_list(request):
    can_read_organization(request.membership).require()
    filters = TermFilter(request.GET)
    rows = [row for row in terms.terms(request.school) if wanted(row, filters, request)]
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Сроки и нормы", EXPORTED, [exported(row) for row in rows])
    context = {
        "rows": rows, "filters": filters, "groups": grouped(rows),
        "can_edit": can_edit_organization(request.membership),
    }  # fmt: skip
    return render(request, "people/terms/list.html", context)


def wanted(row: terms.Term, filters: TermFilter, request) -> bool:
    chosen = filters.cleaned_data if filters.is_valid() else {}
    shown = {"own": row.is_own, "unchecked": not row.checked}
    text = f"{row.title} {row.norm} {row.note}".lower()
    return (
        chosen.get("group", "") in ("", row.group)
        and shown.get(chosen.get("show", ""), True)
        and all(word in text for word in request.GET.get("q", "").lower().split())
    )


def grouped(rows: list[terms.Term]) -> list[tuple[str, list[terms.Term]]]:
    groups = [(title, [row for row in rows if row.group == code]) for code, title in terms.GROUPS.items()]  # fmt: skip
    return [(title, found) for title, found in groups if found]


def exported(row: terms.Term) -> list:
    return [
        terms.GROUPS[row.group], row.title, row.usual_words, row.words, row.norm,
        row.in_force_from, "да" if row.checked else "нет", row.basis,
    ]  # fmt: skip


@member_page
def term_edit(request, code):
    can_edit_organization(request.membership).require()
    if code not in terms.usual_terms():
        raise Http404
    term = terms.term(request.school, code)
    if not term.changeable:
        raise Http404
    form = TermForm(term, request.POST or None)
    if form.submitted_to(terms.change_term, code, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Срок записан." if form.result else "Действует срок по норме.")
        return redirect("terms", request.school.slug)
    return render(request, "people/terms/term.html", {"term": term, "form": form})


@member_page
def calendar_days(request):
    """Holidays and moved days of this year and the next; the school adds its own below."""
    can_read_organization(request.membership).require()
    may_edit = can_edit_organization(request.membership)
    if request.method == "POST":
        may_edit.require()
    form = CalendarDayForm(request.POST or None)
    if form.submitted_to(calendar.set_day, by=request.membership):
        messages.success(request, f"{form.result.day:%d.%m.%Y} записан.")
        return redirect("calendar_days", request.school.slug)
    year = timezone.localdate().year
    days = calendar.special_days(request.school, range(year, year + 2))
    context = {
        "form": form, "can_edit": may_edit, "known_through": calendar.known_through(),
        "years": [(one, [row for row in days if row.day.year == one]) for one in (year, year + 1)],
        "days": days,
    }  # fmt: skip
    if request.GET.get("export") == "xlsx":
        rows = [[row.day, "рабочий" if row.working else "нерабочий", row.title] for row in days]
        return xlsx_response("Особые дни", ["День", "Какой", "Почему"], rows)
    return render(request, "people/terms/calendar.html", context)


@member_page
@require_POST
def calendar_day_remove(request, pk):
    can_edit_organization(request.membership).require()
    row = get_object_or_404(CalendarDay.objects.of(request.school), pk=pk)
    calendar.remove_day(row, by=request.membership)
    messages.success(request, f"{row.day:%d.%m.%Y} снова обычный день.")
    return redirect("calendar_days", request.school.slug)
