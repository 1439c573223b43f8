"""Staff list and cards (head and curator read, curator and administrator write)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.events import history_of
from people.forms.persons import LeaveForm, PeopleFilter, PersonForm, WordFormsForm
from people.models import Person, RoleGrant
from people.pages import member_page
from people.permissions import can_edit_people, can_invite, can_read_people, can_read_person
from people.services.persons import create_person, person_left, update_person
from people.staff_table import HEADINGS, staff_rows
from people.views.cards import (
    accounts,
    consequences,
    dated_grants,
    describe,
    facts,
    proposals,
    word_forms,
)

SEARCHED = ("last_name", "first_name", "patronymic", "job_title")
SORTS = [
    ("name", "по алфавиту"), ("-employed_from", "недавно принятые"), ("job_title", "по должности"),
]  # fmt: skip
ORDERS = {
    "name": ("last_name", "first_name", "patronymic", "pk"),
    "-employed_from": ("-employed_from", "last_name", "pk"),
    "job_title": ("job_title", "last_name", "pk"),
}
PAGE = 50


@member_page
def people(request):
    """List with search, filters and sort kept in the address."""
    can_read_people(request.membership).require()
    today = timezone.localdate()
    filters = PeopleFilter(request.GET)
    rows = found_people(request.school, filters, request.GET.get("q", ""), today)
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["name"]))
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Сотрудники", HEADINGS, staff_rows(rows, today))
    page = Paginator(rows.prefetch_related(accounts()), PAGE).get_page(request.GET.get("page"))
    for person in page:
        describe(person, today)
    context = {
        "page": page, "filters": filters, "sorts": SORTS, "today": today,
        "can_edit": can_edit_people(request.membership),
    }  # fmt: skip
    return render(request, "people/persons/list.html", context)


def found_people(school, filters: PeopleFilter, text: str, today):
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Person.objects.of(school).exclude(kind=Person.Kind.PUPIL)
    rows = rows.filter(words_query(text, SEARCHED))
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("role"):
        grants = RoleGrant.objects.of(school).active_on(today).filter(role=chosen["role"])
        rows = rows.filter(membership__in=grants.values("membership"))
    if chosen.get("status") == PeopleFilter.LEFT:
        return rows.filter(employed_to__lt=today)
    if chosen.get("status") == PeopleFilter.ALL:
        return rows
    return rows.exclude(employed_to__lt=today)


@member_page
def person(request, pk):
    shown = get_object_or_404(Person.objects.of(request.school).prefetch_related(accounts()), pk=pk)
    can_read_person(request.membership, shown).require()
    today = timezone.localdate()
    describe(shown, today)
    context = {
        "person": shown, "today": today, "grants": dated_grants(shown, today),
        "word_forms": word_forms(shown), "facts": facts(shown),
        "can_edit": can_edit_people(request.membership), "can_invite": can_invite(request.membership),
        "history": history_of(shown, request.school, also=[shown.membership]),
    }  # fmt: skip
    return render(request, "people/persons/card.html", context)


@member_page
def person_new(request):
    can_edit_people(request.membership).require()
    form = PersonForm(request.POST or None)
    if form.submitted_to(create_person, by=request.membership):
        messages.success(request, f"{form.result.short_name}: карточка добавлена.")
        return redirect("person", request.school.slug, form.result.pk)
    return render(request, "people/persons/form.html", {"form": form})


@member_page
def person_edit(request, pk):
    can_edit_people(request.membership).require()
    shown = get_object_or_404(Person.objects.of(request.school), pk=pk)
    # A refused form leaves the typed name in `shown`; the heading keeps the stored one.
    names = {"name": shown.short_name, "full_name": shown.full_name}
    form = PersonForm(request.POST or None, instance=shown)
    if form.submitted_to(update_person, shown, by=request.membership):
        messages.success(request, "Карточка сохранена.")
        return redirect("person", request.school.slug, shown.pk)
    return render(request, "people/persons/form.html", {"form": form, "person": shown, **names})


@member_page
def person_forms(request, pk):
    """Hand-written case forms for the rare miss of the grammar."""
    can_edit_people(request.membership).require()
    shown = get_object_or_404(Person.objects.of(request.school), pk=pk)
    form = WordFormsForm(shown, proposals(shown), request.POST or None)
    if form.submitted_to(update_person, shown, by=request.membership):
        messages.success(request, "Формы сохранены. Они попадут в новые документы.")
        return redirect("person", request.school.slug, shown.pk)
    return render(request, "people/persons/forms.html", {"form": form, "person": shown})


@member_page
def person_leave(request, pk):
    """«Уволен(а)»: says in numbers what will happen, then does it."""
    can_edit_people(request.membership).require()
    shown = get_object_or_404(Person.objects.of(request.school), pk=pk)
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(person_left, shown, by=request.membership):
        messages.success(request, f"{shown.short_name}: увольнение записано.")
        return redirect("person", request.school.slug, shown.pk)
    return render(request, "people/persons/leave.html", {
        "title": f"Записать увольнение: {shown.full_name}", "form": form, "person": shown,
        "consequences": consequences(shown), "submit": "Записать увольнение", "danger": True,
        "undo": "Если это ошибка, дату можно убрать в карточке, а роли дать снова.",
        "cancel_url": reverse("person", args=[request.school.slug, shown.pk]),
    })  # fmt: skip
