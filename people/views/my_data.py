"""«Мои данные»: what the portal holds about a person, who looked, how to take it away and mend it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from people import my_data
from people.forms.my_data import ContactsForm, CorrectionForm
from people.models import Person, RestrictedRead
from people.pages import member_page, memberships_of, with_current_roles
from people.permissions import can_edit_consents
from people.prints.person_extract import print_extract
from people.services import my_data as service
from people.services.reading_log import log_read
from people.views.cards import accounts

SHORT = 8  # rows shown at once on the page; the rest unfolds


def own_person(request) -> Person:
    people = Person.objects.of(request.school).select_related("pupil")
    return people.prefetch_related(accounts()).get(pk=request.membership.person_id)


@member_page
@never_cache
def me(request):
    """Everything by topic, own schools and the sign-in."""
    person = own_person(request)
    mine = [with_current_roles(membership) for membership in memberships_of(request.user)]
    context = {
        "person": person,
        "sections": my_data.sections(person),
        "short": SHORT,
        "schools": [membership.organization for membership in mine if membership.current_roles],
    }
    return render(request, "people/accounts/me.html", context)


@member_page
@never_cache
def my_data_pdf(request):
    return download(
        print_extract(own_person(request), on=timezone.localdate()),
        "Мои данные.pdf",
        "application/pdf",
    )


@member_page
@never_cache
def my_data_json(request):
    text = service.as_json(own_person(request), on=timezone.localdate())
    return download(text.encode(), "Мои данные.json", "application/json")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


@member_page
def my_contacts(request):
    person = own_person(request)
    form = ContactsForm(
        request.POST or None, initial={"email": person.email, "phone": person.phone}
    )
    if form.submitted_to(service.set_contacts, by=request.membership):
        messages.success(request, "Контакты записаны.")
        return redirect("me", request.school.slug)
    return render(request, "people/accounts/contacts.html", {"form": form})


@member_page
def my_correction(request):
    form = CorrectionForm(request.POST or None)
    if form.submitted_to(service.ask_correction, on=timezone.localdate(), by=request.membership):
        messages.success(
            request, "Передано куратору. Ответ увидите по карточке: он исправит её сам."
        )
        return redirect("me", request.school.slug)
    return render(request, "people/accounts/correction.html", {"form": form})


@member_page
@never_cache
def person_extract(request, pk):
    """The extract on request of a person who does not sign in; the reading is logged."""
    can_edit_consents(request.membership).require()
    people = Person.objects.of(request.school).select_related("pupil")
    person = get_object_or_404(people.prefetch_related(accounts()), pk=pk)
    log_read(person, RestrictedRead.What.ANSWERS, by=request.membership)
    return download(
        print_extract(person, on=timezone.localdate()), "Выписка.pdf", "application/pdf"
    )
