"""People and photos of a publication."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from people.form_pages import act, form_page, url
from people.pages import member_page
from programs.forms.publications import AltForm, InsteadForm, MarkForm, PhotoForm, PhotoPeopleForm
from programs.models import Publication, PublicationMark, PublicationPhoto
from programs.publication_permissions import can_edit_section
from programs.services import publication_people as service
from programs.views.publications import own_publication


def crumbs(request, shown: Publication) -> list[tuple[str, str]]:
    return [("Публикации", url(request, "publications")), (shown.title, shown.get_absolute_url())]


def own(model, request, pk):
    """A mark or a photo with its publication."""
    can_edit_section(request.membership).require()
    return get_object_or_404(model.objects.of(request.school).select_related("publication__organization"), pk=pk)  # fmt: skip


@member_page
def mark_new(request, pk):
    shown = own_publication(request, pk, write=True)
    form = MarkForm(shown, request.POST or None)
    return form_page(
        request, form, service.add_mark, shown, title="Добавить человека", submit="Добавить", back=shown, crumbs=crumbs(request, shown),
        done="Человек добавлен. Поставьте его номер в фигурных скобках в тексте.",
        lead="В тексте вместо имени стоит номер в фигурных скобках. Имя увидят там, где его разрешает согласие, в остальных местах – слова без имени. Имя стоит в именительном падеже: постройте фразу так, чтобы оно подошло.",
    )  # fmt: skip


@member_page
def mark_edit(request, pk):
    mark = own(PublicationMark, request, pk)
    form = InsteadForm(request.POST or None, initial={"instead": mark.instead})
    return form_page(request, form, service.change_mark, mark, title=f"Слова вместо имени {{{mark.number}}}", done="Сохранено.", back=mark.publication, crumbs=crumbs(request, mark.publication))  # fmt: skip


@member_page
@require_POST
def mark_remove(request, pk):
    mark = own(PublicationMark, request, pk)
    return act(request, mark.publication, service.remove_mark, mark, by=request.membership, done="Человек убран. В тексте на его месте слова без имени.")  # fmt: skip


@member_page
def photo_new(request, pk):
    shown = own_publication(request, pk, write=True)
    form = PhotoForm(request.POST or None, request.FILES or None)
    return form_page(request, form, service.add_photo, shown, title="Добавить фотографию", submit="Добавить", done="Фотография добавлена. Теперь отметьте, кого на ней можно узнать.", back=shown, crumbs=crumbs(request, shown))  # fmt: skip


@member_page
def photo_edit(request, pk):
    photo = own(PublicationPhoto, request, pk)
    form = AltForm(request.POST or None, initial={"alt": photo.alt})
    return form_page(request, form, service.change_photo, photo, title="Подпись к фотографии", done="Сохранено.", back=photo.publication, crumbs=crumbs(request, photo.publication))  # fmt: skip


@member_page
def photo_people(request, pk):
    """Who can be recognised: without it the photo is never shown."""
    photo = own(PublicationPhoto, request, pk)
    form = PhotoPeopleForm(photo, request.POST or None)
    return form_page(
        request, form, service.mark_people, photo, title="Кого можно узнать", done="Отмечено.", back=photo.publication,
        crumbs=crumbs(request, photo.publication),
        lead="Отметьте всех, кого можно узнать: снимок увидят, только если каждый разрешил фотографию по этому адресу.",
    )  # fmt: skip


@member_page
@require_POST
def photo_move(request, pk):
    photo = own(PublicationPhoto, request, pk)
    step = -1 if request.POST.get("step") == "-1" else 1
    return act(request, photo.publication, service.move_photo, photo, step=step, by=request.membership)  # fmt: skip


@member_page
@require_POST
def photo_remove(request, pk):
    photo = own(PublicationPhoto, request, pk)
    return act(request, photo.publication, service.remove_photo, photo, by=request.membership, done="Фотография убрана.")  # fmt: skip
