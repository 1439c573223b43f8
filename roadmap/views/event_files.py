"""Photos and files of events."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from people.form_pages import act, form_page, url
from people.pages import member_page
from roadmap.event_permissions import can_edit_events
from roadmap.forms.events import EventFileForm, PhotoPeopleForm
from roadmap.models import EventFile
from roadmap.services import event_files as service
from roadmap.views.events import own_event


def crumbs(request, event) -> list:
    return [("События", url(request, "events")), (event.title, event.get_absolute_url())]


@member_page
def event_file_new(request, pk):
    can_edit_events(request.membership).require()
    event = own_event(request, pk)
    form = EventFileForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "photo")})  # fmt: skip
    return form_page(request, form, service.add_file, event, title="Приложить фотографию или файл", submit="Приложить", done="Файл приложен.", back=event, crumbs=crumbs(request, event))  # fmt: skip


def own_file(request, pk) -> EventFile:
    can_edit_events(request.membership).require()
    rows = EventFile.objects.of(request.school).select_related("event__organization")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@member_page
def photo_people(request, pk):
    """Who can be recognised: without it the photo never leaves the portal."""
    photo = own_file(request, pk)
    form = PhotoPeopleForm(photo, request.POST if request.method == "POST" else None)
    return form_page(
        request, form, service.mark_people, photo, title="Кто на фотографии", done="Отмечено.", back=photo.event,
        crumbs=crumbs(request, photo.event),
        lead="Отметьте всех, кого можно узнать. Если никого, сохраните без отметок.",
    )  # fmt: skip


@member_page
@require_POST
def event_file_remove(request, pk):
    row = own_file(request, pk)
    return act(request, row.event, service.remove_file, row, by=request.membership, done="Файл убран.")  # fmt: skip
