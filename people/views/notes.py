"""Restricted notes about a person and the psychologist's cases."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.core.access import allow_if
from people.bank_permissions import (
    can_read_third_party,
    can_use_psychologist_notes,
    can_write_third_party,
)
from people.forms.notes import CaseForm, NoteForm, PsychologistNoteForm
from people.models import Person, PersonNote, SupportCase
from people.models.accounts import Role
from people.pages import member_page
from people.permissions import has_any
from people.services import notes as service

Kind = PersonNote.Kind


def own_person(request, pk) -> Person:
    return get_object_or_404(Person.objects.of(request.school), pk=pk)


@member_page
def person_notes(request, pk):
    """That notes exist, from whom and when; the text opens one by one, and each opening is logged."""
    person, today = own_person(request, pk), timezone.localdate()
    can_read_third_party(request.membership, person, today).require()
    own_case = can_use_psychologist_notes(request.membership, person, today)
    kinds = [Kind.THIRD_PARTY, *([Kind.PSYCHOLOGIST] if own_case else [])]
    context = {
        "person": person, "own_case": own_case,
        "notes": PersonNote.objects.of(request.school).filter(person=person, kind__in=kinds).defer("text"),
        "cases": SupportCase.objects.of(request.school).filter(person=person).select_related("psychologist__person"),
        "can_write": can_write_third_party(request.membership), "today": today,
    }  # fmt: skip
    return render(request, "people/notes/list.html", context)


@member_page
def note_add(request, pk):
    person, today = own_person(request, pk), timezone.localdate()
    psychologist = request.GET.get("kind") == Kind.PSYCHOLOGIST
    kind = Kind.PSYCHOLOGIST if psychologist else Kind.THIRD_PARTY
    service.require_write(person, kind, on=today, by=request.membership)
    form = (PsychologistNoteForm if psychologist else NoteForm)(request.POST or None)
    extra = {"author_role": PersonNote.AuthorRole.PSYCHOLOGIST} if psychologist else {}
    if form.submitted_to(
        service.add_note, person, kind=kind, on=today, by=request.membership, **extra
    ):
        messages.success(request, "Записано.")
        return redirect("person_notes", request.school.slug, person.pk)
    heading = "Запись психолога" if psychologist else "Сведения от третьих лиц"
    return render(request, "people/notes/form.html", {"form": form, "person": person, "heading": heading, "submit": "Записать"})  # fmt: skip


@member_page
@never_cache
def note(request, pk):
    """The text of one note; opening it is written down."""
    rows = PersonNote.objects.of(request.school).select_related("person", "entered_by__person")
    shown = get_object_or_404(rows, pk=pk)
    text = service.read_note(shown, on=timezone.localdate(), by=request.membership)
    return render(request, "people/notes/note.html", {"note": shown, "person": shown.person, "text": text})  # fmt: skip


@member_page
def case_open(request, pk):
    can_write_third_party(request.membership).require()
    person = own_person(request, pk)
    form = CaseForm(request.school, request.POST or None)
    if form.submitted_to(service.open_case, person, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Психолог назначен.")
        return redirect("person_notes", request.school.slug, person.pk)
    return render(request, "people/notes/form.html", {"form": form, "person": person, "heading": "Сопровождение психолога", "submit": "Назначить"})  # fmt: skip


@member_page
@require_POST
def case_close(request, pk):
    can_write_third_party(request.membership).require()
    case = get_object_or_404(SupportCase.objects.of(request.school), pk=pk)
    service.close_case(case, on=timezone.localdate(), by=request.membership)
    messages.success(request, "Сопровождение закончено.")
    return redirect("person_notes", request.school.slug, case.person_id)


@member_page
def my_cases(request):
    """The psychologist's own cases."""
    allow_if(has_any(request.membership, {Role.PSYCHOLOGIST}), "Это страница педагога-психолога.").require()  # fmt: skip
    rows = SupportCase.objects.of(request.school).filter(psychologist=request.membership)
    context = {"cases": rows.select_related("person"), "today": timezone.localdate()}
    return render(request, "people/notes/cases.html", context)
