"""Access of a mentor to parts of a mentee's file (R-224)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring.core.access import allow_if
from mentoring.core.errors import RuleError
from mentoring.core.search import words_query
from people.forms.notes import GrantAskForm, GrantDecideForm, GrantFilter
from people.models import DataGrant
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from people.services import grants as service

SEARCHED = ("mentee__last_name", "mentee__first_name", "mentor__last_name", "reason")
PAGE = 50


def visible(request):
    """The curator and the head see all; a mentor the own requests; a mentee those about him."""
    rows = DataGrant.objects.of(request.school).select_related(
        "mentee", "mentor", "decided_by__person"
    )
    if has_any(request.membership, MANAGERS):
        return rows
    person = request.membership.person_id
    return rows.filter(mentor=person) | rows.filter(mentee=person)


@member_page
def grant_list(request):
    filters = GrantFilter(request.GET)
    state = filters.cleaned_data["state"] if filters.is_valid() else ""
    rows = visible(request).filter(words_query(request.GET.get("q", ""), SEARCHED))
    rows = rows.filter(state=state) if state else rows
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in shown.object_list:
        row.part_titles = [DataGrant.Part(part).label for part in row.parts]
    context = {
        "page": shown, "filters": filters, "narrowed": bool(request.GET.get("q") or state),
        "can_ask": service.can_ask(request.membership),
        "can_decide": service.can_decide(request.membership), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "people/grants/list.html", context)


@member_page
def grant_ask(request):
    service.can_ask(request.membership).require()
    form = GrantAskForm(request.membership, request.POST or None)
    if form.submitted_to(service.ask, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Запрос отправлен куратору.")
        return redirect("grants", request.school.slug)
    return render(request, "people/grants/form.html", {"form": form, "heading": "Запросить материалы", "submit": "Отправить запрос"})  # fmt: skip


@member_page
@never_cache
def grant(request, pk):
    """The mentor opens what was granted; each opening is logged and seen by the mentee."""
    shown = get_object_or_404(visible(request), pk=pk)
    if shown.mentor_id != request.membership.person_id:
        raise Http404
    try:
        parts = service.read(shown, on=timezone.localdate(), by=request.membership)
    except RuleError as error:
        allow_if(False, error.message).require()
    return render(request, "people/grants/page.html", {"grant": shown, "parts": parts})


@member_page
def grant_decide(request, pk):
    service.can_decide(request.membership).require()
    shown = get_object_or_404(visible(request), pk=pk)
    form = GrantDecideForm(request.POST or None)
    if form.submitted_to(service.decide, shown, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Решение записано.")
        return redirect("grants", request.school.slug)
    titles = [DataGrant.Part(part).label for part in shown.parts]
    context = {"form": form, "grant": shown, "titles": titles, "heading": f"{shown.mentor.short_name} просит: {shown.mentee.short_name}", "submit": "Записать решение"}  # fmt: skip
    return render(request, "people/grants/form.html", context)
