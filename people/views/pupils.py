"""Pupils and their representatives (an option of the school)."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.consent_rules import standing
from people.events import history_of
from people.forms.pupils import PupilFilter, PupilForm, RepresentativeForm
from people.models import LegalRepresentative, Person, PupilCard
from people.pages import member_page
from people.permissions import can_edit_pupils, can_read_pupils
from people.services import pupils as service

SORTS = [("name", "по алфавиту"), ("class", "по классам"), ("birth", "младшие сначала")]
ORDERS = {
    "name": ("last_name", "first_name", "pk"),
    "class": ("pupil__school_class", "last_name", "first_name", "pk"),
    "birth": ("-pupil__birth_date", "last_name", "pk"),
}
EXPORTED = ["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения"]
PAGE = 50


def pupils_of(school):
    return Person.objects.of(school).filter(kind=Person.Kind.PUPIL).select_related("pupil")


@member_page
def pupils(request):
    can_read_pupils(request.membership).require()
    today = timezone.localdate()
    cards = PupilCard.objects.of(request.school).order_by("school_class")
    classes = cards.values_list("school_class", flat=True).distinct()
    filters = PupilFilter(list(classes), request.GET)
    rows = found_pupils(request, filters, today)
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["name"]))
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Обучающиеся", EXPORTED, exported(rows))
    page = Paginator(rows.prefetch_related("representatives"), PAGE).get_page(
        request.GET.get("page")
    )
    describe(page.object_list, today)
    context = {
        "page": page, "filters": filters, "sorts": SORTS,
        "narrowed": bool(request.GET.get("q") or request.GET.get("school_class")),
        "can_edit": can_edit_pupils(request.membership),
    }  # fmt: skip
    return render(request, "people/pupils/list.html", context)


def found_pupils(request, filters: PupilFilter, today: dt.date):
    rows = pupils_of(request.school).exclude(employed_to__lt=today)
    rows = rows.filter(words_query(request.GET.get("q", ""), ("last_name", "first_name", "pupil__school_class")))  # fmt: skip
    if filters.is_valid() and filters.cleaned_data["school_class"]:
        rows = rows.filter(pupil__school_class=filters.cleaned_data["school_class"])
    return rows


def exported(rows):
    for row in rows:
        yield [
            row.last_name, row.first_name, row.patronymic, row.pupil.school_class, row.pupil.birth_date,
        ]  # fmt: skip


def describe(rows, today: dt.date) -> None:
    """Age, who represents, and whether the needed consents hold: two queries for all rows."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    held = {kind: standing(ids, kind, today) for kind in ("data", "representative")}
    for row in rows:
        row.age = row.pupil.age_on(today)
        row.represented = [each for each in row.representatives.all() if not each.archived]
        needed = service.needed_consents(row, today)
        row.consents_hold = all(held[kind][row.pk].valid for kind in needed)
        row.consents_needed = needed


def own_pupil(request, pk) -> Person:
    can_read_pupils(request.membership).require()
    rows = pupils_of(request.school).prefetch_related("representatives")
    return get_object_or_404(rows, pk=pk)


def own_representative(request, pk) -> LegalRepresentative:
    can_edit_pupils(request.membership).require()
    rows = LegalRepresentative.objects.of(request.school).select_related("pupil")
    return get_object_or_404(rows, pk=pk)


@member_page
def pupil(request, pk):
    shown = own_pupil(request, pk)
    describe([shown], timezone.localdate())
    context = {
        "pupil": shown, "can_edit": can_edit_pupils(request.membership),
        "history": history_of(shown, request.school, also=shown.representatives.all()),
    }  # fmt: skip
    return render(request, "people/pupils/card.html", context)


@member_page
def pupil_new(request):
    can_edit_pupils(request.membership).require()
    form = PupilForm(request.POST or None)
    if form.submitted_to(service.create_pupil, by=request.membership):
        messages.success(request, "Карточка добавлена. Теперь запишите законного представителя.")
        return redirect("pupil", request.school.slug, form.result.pk)
    context = {"form": form, "title": "Новый обучающийся", "submit": "Добавить обучающегося"}
    return render(request, "people/pupils/form.html", context)


@member_page
def pupil_edit(request, pk):
    can_edit_pupils(request.membership).require()
    shown = own_pupil(request, pk)
    form = PupilForm(request.POST or None, person=shown)
    if form.submitted_to(service.update_pupil, shown, by=request.membership):
        messages.success(request, "Карточка сохранена.")
        return redirect("pupil", request.school.slug, shown.pk)
    context = {"form": form, "title": "Изменить карточку", "submit": "Сохранить", "pupil": shown}
    return render(request, "people/pupils/form.html", context)


@member_page
def representative_new(request, pk):
    can_edit_pupils(request.membership).require()
    shown = own_pupil(request, pk)
    form = RepresentativeForm(request.POST or None)
    if form.submitted_to(service.add_representative, shown, by=request.membership):
        messages.success(request, "Представитель записан.")
        return redirect("pupil", request.school.slug, shown.pk)
    context = {
        "form": form, "title": "Законный представитель", "submit": "Записать представителя", "pupil": shown,
    }  # fmt: skip
    return render(request, "people/pupils/form.html", context)


@member_page
def representative_edit(request, pk):
    shown = own_representative(request, pk)
    form = RepresentativeForm(request.POST or None, instance=shown)
    if form.submitted_to(service.update_representative, shown, by=request.membership):
        messages.success(request, "Сведения о представителе сохранены.")
        return redirect("pupil", request.school.slug, shown.pupil_id)
    context = {
        "form": form, "title": "Изменить сведения", "submit": "Сохранить", "pupil": shown.pupil,
    }  # fmt: skip
    return render(request, "people/pupils/form.html", context)


@member_page
def representative_archive(request, pk):
    shown = own_representative(request, pk)
    if request.method == "POST":
        service.archive_representative(shown, by=request.membership)
        messages.success(request, "Отмечено. Ссылка больше не действует.")
        return redirect("pupil", request.school.slug, shown.pupil_id)
    return render(request, "partials/confirm_page.html", {
        "title": f"{shown.full_name} больше не представляет обучающегося?",
        "consequences": ["Личная ссылка перестанет открываться.", "Данные согласия останутся в реестре."],
        "undo": "Если это ошибка, запишите представителя снова.",
        "submit": "Больше не представляет", "danger": True,
        "cancel_url": reverse("pupil", args=[request.school.slug, shown.pupil_id]),
    })  # fmt: skip


@member_page
@never_cache
def representative_link(request, pk):
    """Make the link and show it once."""
    shown = own_representative(request, pk)
    context = {
        "representative": shown,
        "pupil": shown.pupil,
        "days": settings.REPRESENTATIVE_LINK_DAYS,
    }
    if request.method == "POST":
        token = service.issue_link(shown, by=request.membership, on=timezone.localdate())
        context["link"] = settings.PUBLIC_URL + reverse("representative", args=[token])
    return render(request, "people/pupils/link.html", context)
