"""The honour board in the cabinet: each line says what of the person is seen where, and why not."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.form_pages import act, form_page, url
from people.pages import member_page
from people.permissions import can_edit_consents
from programs.forms.publications import HonourForm, HonourPhotoForm, NewHonourForm
from programs.models import HonourEntry
from programs.publication.reasons import addresses_of, standings
from programs.publication_permissions import can_edit_section, can_read_section
from programs.services import honours as service
from programs.services.public_sections import section_of

PAGE = 30


@member_page
def board(request):
    can_read_section(request.membership).require()
    rows = HonourEntry.objects.of(request.school).select_related("person", "award", "photo__organization")  # fmt: skip
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    section, today = section_of(request.school), timezone.localdate()
    told = standings(section, [entry.person for entry in page], today)
    for entry in page:
        entry.standing = told[entry.person_id]
    context = {
        "page": page, "section": section, "addresses": addresses_of(section), "today": today,
        "can_edit": can_edit_section(request.membership), "can_ask": can_edit_consents(request.membership),
    }  # fmt: skip
    return render(request, "programs/public/honours.html", context)


def back(request) -> dict:
    address = url(request, "honours")
    return {"back": address, "crumbs": [("Доска почёта", address)]}


def own_entry(request, pk) -> HonourEntry:
    can_edit_section(request.membership).require()
    rows = HonourEntry.objects.of(request.school).select_related("person", "award")
    return get_object_or_404(rows, pk=pk)


@member_page
def honour_new(request):
    can_edit_section(request.membership).require()
    form = NewHonourForm(request.school, request.POST or None, initial={"since": timezone.localdate(), "person": request.GET.get("person")})  # fmt: skip
    return form_page(
        request, form, service.add, title="Добавить на доску почёта", submit="Добавить",
        done="Человек добавлен. Что из его сведений увидят, сказано в строке.", **back(request),
    )  # fmt: skip


@member_page
def honour_edit(request, pk):
    entry = own_entry(request, pk)
    form = HonourForm(request.school, request.POST or None, person=entry.person, initial={name: getattr(entry, name) for name in service.FIELDS})  # fmt: skip
    return form_page(request, form, service.change, entry, title=entry.person.short_name, done="Сохранено.", **back(request))  # fmt: skip


@member_page
def honour_photo(request, pk):
    entry = own_entry(request, pk)
    form = HonourPhotoForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, service.set_photo, entry, title=f"Фотография: {entry.person.short_name}", done="Фотография сохранена.",
        lead="На снимке должен быть только этот человек. Его увидят там, где согласие называет фотографию.", **back(request),
    )  # fmt: skip


@member_page
@require_POST
def honour_move(request, pk):
    step = -1 if request.POST.get("step") == "-1" else 1
    return act(request, url(request, "honours"), service.move, own_entry(request, pk), step=step, by=request.membership)  # fmt: skip


@member_page
@require_POST
def honour_remove(request, pk):
    return act(request, url(request, "honours"), service.remove, own_entry(request, pk), by=request.membership, done="Человек убран с доски.")  # fmt: skip
