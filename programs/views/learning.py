"""School of Mentors, learning elsewhere, materials."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.row_numbers import row_number
from mentoring.core.search import words_query
from people.models import MentorProfile, Person
from people.pages import member_page
from programs import program_permissions as rights
from programs.forms.recognition import (
    MaterialForm,
    PeopleTicksForm,
    SchoolForm,
    SessionForm,
    TrainingFilter,
    TrainingForm,
    people_today,
)
from programs.models import Material, MaterialReading, MentorSchool, SchoolSession, Training
from programs.prints.certificates import print_school_certificates
from programs.services import learning
from programs.views.pages import RESULT, act, form_page, url

PAGE = 50
HEADINGS = ["Кто", "Что", "Тема", "Где", "Часов", "С", "По", "Документ"]


@member_page
def trainings(request):
    rights.can_read_learning(request.membership).require()
    filters = TrainingFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Training.objects.of(request.school).select_related("person", "scan")
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "person__last_name")))
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if request.GET.get("export") == "xlsx":
        table = ([row.person.full_name, row.get_kind_display(), row.title, row.provider, row.hours, row.starts_on, row.ends_on, row.paper] for row in rows)  # fmt: skip
        return xlsx_response("Обучение", HEADINGS, table)
    schools = MentorSchool.objects.of(request.school).select_related("leader")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "schools": schools,
        "can_keep": rights.can_keep_learning(request.membership),
    }  # fmt: skip
    return render(request, "programs/learning/list.html", context)


@member_page
def training_new(request):
    rights.can_keep_learning(request.membership).require()
    form = TrainingForm(request.school, request.POST or None, request.FILES or None, initial={"person": request.GET.get("person")})  # fmt: skip
    return form_page(
        request, form, learning.add_training, on=timezone.localdate(), title="Внести обучение",
        submit="Внести", done="Обучение внесено.", back=url(request, "trainings"),
    )  # fmt: skip


@member_page
def mentor_school_new(request):
    rights.can_keep_learning(request.membership).require()
    form = SchoolForm(request.school, request.POST or None)
    return form_page(
        request, form, learning.make_school, title="Новая Школа наставников", submit="Создать",
        done="Школа создана. Внесите занятия и слушателей.", back=url(request, "trainings"),
        to=RESULT,
    )  # fmt: skip


def own_school(request, pk) -> MentorSchool:
    rows = MentorSchool.objects.of(request.school).select_related("leader", "document")  # fmt: skip
    return get_object_or_404(rows.prefetch_related("sessions", "listeners__person", "listeners__attended"), pk=pk)  # fmt: skip


@member_page
def mentor_school(request, pk):
    """Curator and head see all, a listener the schedule and the own attendance."""
    shown = own_school(request, pk)
    mine = [row for row in shown.listeners.all() if row.person_id == request.membership.person_id]
    if not mine:
        rights.can_read_learning(request.membership).require()
    keeps = rights.can_keep_learning(request.membership)
    listeners = shown.listeners.all() if rights.can_read_learning(request.membership) else mine
    rows = [(row, {one.pk for one in row.attended.all()}) for row in listeners]
    context = {"mentor_school": shown, "sessions": shown.sessions.all(), "rows": rows, "can_keep": keeps, "hours": sum(one.hours for one in shown.sessions.all())}  # fmt: skip
    return render(request, "programs/learning/school.html", context)


@member_page
def school_session_new(request, pk):
    rights.can_keep_learning(request.membership).require()
    shown = own_school(request, pk)
    form = SessionForm(request.POST or None)
    return form_page(
        request, form, learning.add_session, shown, title="Новое занятие", submit="Добавить",
        done="Занятие добавлено.", back=shown, crumbs=[(shown.title, shown.get_absolute_url())],
    )  # fmt: skip


@member_page
def school_listeners(request, pk):
    rights.can_keep_learning(request.membership).require()
    shown = own_school(request, pk)
    mentors = MentorProfile.objects.of(request.school).exclude(state="left").values("person")
    known = [row.person_id for row in shown.listeners.all()]
    form = PeopleTicksForm(people_today(request.school), request.POST or None, initial={"people": known or list(mentors.values_list("person", flat=True))})  # fmt: skip
    return form_page(
        request, form, learning.set_listeners, shown, title="Слушатели",
        done="Список слушателей сохранён.", back=shown,
        crumbs=[(shown.title, shown.get_absolute_url())],
        lead="" if known else "Отмечены все, кто в банке наставников.",
    )  # fmt: skip


@member_page
def school_attendance(request, pk):
    rights.can_keep_learning(request.membership).require()
    session = get_object_or_404(SchoolSession.objects.of(request.school).select_related("school__organization"), pk=pk)  # fmt: skip
    people = Person.objects.filter(pk__in=session.school.listeners.values("person"))
    known = session.visitors.values_list("person", flat=True)
    form = PeopleTicksForm(people, request.POST or None, initial={"people": list(known) or list(people.values_list("pk", flat=True))})  # fmt: skip
    return form_page(
        request, form, learning.mark_attendance, session, on=timezone.localdate(),
        title=f"Кто был: {session.topic}", submit="Отметить", done="Посещение отмечено.",
        back=session.school, crumbs=[(session.school.title, session.school.get_absolute_url())],
    )  # fmt: skip


@member_page
@require_POST
def school_close(request, pk):
    shown = own_school(request, pk)
    rights.can_keep_learning(request.membership).require()
    return act(request, shown, learning.close_school, shown, on=timezone.localdate(), by=request.membership, done="Школа завершена, сертификаты готовы.")  # fmt: skip


@member_page
def school_certificates(request, pk):
    """Certificates of those who attended enough."""
    rights.can_read_learning(request.membership).require()
    shown = own_school(request, pk)
    rows = learning.passed(shown)
    if shown.state != MentorSchool.State.CLOSED or not rows:
        messages.error(request, "Сертификаты печатают после завершения Школы тем, кто посетил достаточно занятий.")  # fmt: skip
        return redirect(shown)
    return pdf_response(print_school_certificates(shown, rows, on=timezone.localdate()), "sertifikaty")  # fmt: skip


@member_page
def materials(request):
    """The library: everybody of the school reads and marks «изучено»."""
    rights.can_read_library(request.membership).require()
    rows = Material.objects.of(request.school).select_related("file", "folder")
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "note")))
    found = list(rows)
    tags = sorted({tag for row in found for tag in row.tags})
    if tag := request.GET.get("tag"):
        found = [row for row in found if tag in row.tags]
    folders = sorted({(row.folder.title, row.folder_id) for row in found if row.folder})
    if (folder := row_number(request.GET.get("folder"))) is not None:
        found = [row for row in found if row.folder_id == folder]
    if only_templates := bool(request.GET.get("templates")):
        found = [row for row in found if row.is_template]
    read = MaterialReading.objects.filter(person=request.membership.person_id)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")), "tags": tags, "tag": request.GET.get("tag", ""),
        "folders": folders, "folder": folder, "only_templates": only_templates,
        "read": set(read.values_list("material", flat=True)), "can_keep": rights.can_keep_learning(request.membership),
    }  # fmt: skip
    return render(request, "programs/learning/materials.html", context)


@member_page
def material_new(request):
    rights.can_keep_learning(request.membership).require()
    form = MaterialForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, learning.add_material, on=timezone.localdate(), title="Новый материал",
        submit="Добавить", done="Материал добавлен.", back=url(request, "materials"),
    )  # fmt: skip


@member_page
@require_POST
def material_studied(request, pk):
    row = get_object_or_404(Material.objects.of(request.school), pk=pk)
    rights.can_read_library(request.membership).require()
    return act(request, url(request, "materials"), learning.mark_studied, row, on=timezone.localdate(), by=request.membership, done="Отмечено: изучено.")  # fmt: skip


@member_page
def material_readers(request, pk):
    """Who has studied it, for the curator."""
    rights.can_read_learning(request.membership).require()
    row = get_object_or_404(Material.objects.of(request.school), pk=pk)
    return render(request, "programs/learning/readers.html", {"material": row, "readings": row.read_by.select_related("person").order_by("person__last_name")})  # fmt: skip
