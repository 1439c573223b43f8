"""The record of a mentor for attestation: on the phone of the mentor, for curator and head from the card in the bank."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mentoring.core.exports import xlsx_response
from mentoring.core.prints import docx_response, pdf_response
from people.models import Person
from people.pages import member_page
from programs.forms.attestation import NoteForm
from programs.monitoring.scope import STARTED
from programs.prints.attestation import (
    HEADINGS,
    TITLE,
    print_attestation,
    table,
    word_attestation,
)
from programs.program_permissions import can_read_attestation, can_write_attestation
from programs.services import attestation, attestation_facts


def own_mentor(request, pk: int) -> Person:
    """Somebody of the school who mentors, mentored or stands in the bank; else 404. Then the right: 403."""
    mentors = Q(mentored_groups__state__in=STARTED) | Q(mentor_profile__isnull=False)
    people = Person.objects.of(request.school).filter(mentors)
    person = get_object_or_404(people.distinct(), pk=pk)
    can_read_attestation(request.membership, person).require()
    return person


def chosen(request, pk: int):
    """(facts, spans, key of the span) of the address; an unknown span is 404."""
    person = own_mentor(request, pk)
    facts = attestation_facts.read(person, on=timezone.localdate(), by=request.membership)
    spans, key = attestation.spans(facts), request.GET.get("year", attestation.ALL)
    if key not in spans:
        raise Http404
    return facts, spans, key


@member_page
@never_cache
def attestation_record(request, pk):
    facts, spans, key = chosen(request, pk)
    form = None
    if can_write_attestation(request.membership, facts.person):
        form = NoteForm(request.POST or None, initial={"text": facts.note})
        if form.submitted_to(attestation_facts.write_note, facts.person, by=request.membership):
            messages.success(request, "Дополнение записано, оно напечатается в конце.")
            return redirect(request.get_full_path())
    context = {
        "record": attestation.record(facts, spans[key]), "person": facts.person, "form": form, "year": key,
        "spans": [(code, span.words) for code, span in spans.items()], "own": facts.person.pk == request.membership.person_id,
    }  # fmt: skip
    return render(request, "programs/attestation/record.html", context)


def file_record(request, pk: int):
    """The record that goes out as a file."""
    facts, spans, key = chosen(request, pk)
    attestation_facts.taken(facts.person, by=request.membership)
    return attestation.record(facts, spans[key])


@member_page
def attestation_pdf(request, pk):
    return pdf_response(print_attestation(file_record(request, pk)), TITLE)


@member_page
def attestation_docx(request, pk):
    return docx_response(word_attestation(file_record(request, pk)), TITLE)


@member_page
def attestation_xlsx(request, pk):
    return xlsx_response(TITLE, HEADINGS, table(file_record(request, pk)))
