"""Publications in the cabinet: list, page, editing, preview, buttons of state."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.events import history_of
from people.form_pages import act, url
from people.pages import member_page
from programs.forms.publications import PublicationFilter, PublicationForm
from programs.models import Publication
from programs.publication.gate import Place
from programs.publication.preview import preview
from programs.publication.reasons import hidden_at, standings
from programs.publication_permissions import can_edit_section, can_read_section
from programs.services import public_sections, publications
from programs.views.publication_editing import editor

PAGE = 30
SORTS = [("-publish_on", "новые"), ("publish_on", "старые"), ("title", "по алфавиту")]
ORDERS = {"-publish_on": ("-publish_on", "-pk"), "publish_on": ("publish_on", "pk"), "title": ("title", "pk")}  # fmt: skip
HEADINGS = ["Заголовок", "Вид", "Состояние", "Опубликовать", "Показывать по", "Этап", "Событие"]
PLACES = {"page": (Place.PAGE, "в портале"), "embed": (Place.EMBED, "на сайте школы")}


@member_page
def publication_list(request):
    can_read_section(request.membership).require()
    filters = PublicationFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Publication.objects.of(request.school).filter(words_query(request.GET.get("q", ""), ("title", "lead", "body")))  # fmt: skip
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    rows = rows.select_related("organization", "stage", "event").order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["-publish_on"]))  # fmt: skip
    if request.GET.get("export") == "xlsx":
        table = ([one.title, one.get_kind_display(), one.get_state_display(), one.publish_on, one.until, str(one.stage or ""), str(one.event or "")] for one in rows)  # fmt: skip
        return xlsx_response("Публикации", HEADINGS, table)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "sorts": SORTS,
        "can_edit": can_edit_section(request.membership), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "programs/public/publications.html", context)


def own_publication(request, pk, write: bool = False) -> Publication:
    (can_edit_section if write else can_read_section)(request.membership).require()
    rows = Publication.objects.of(request.school).select_related("author", "stage", "event", "program", "created_by__person")  # fmt: skip
    rows = rows.prefetch_related("marks__person", "photos__people", "photos__stored__organization", "postings")  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@member_page
def publication(request, pk):
    """The text with its marks, people and why each is shown or not, photos, buttons."""
    shown, today = own_publication(request, pk), timezone.localdate()
    section = public_sections.section_of(request.school)
    photos = list(shown.photos.all())
    named = {mark.person for mark in shown.marks.all()} | {one for photo in photos for one in photo.people.all()}  # fmt: skip
    told = standings(section, named, today)
    for mark in shown.marks.all():
        mark.standing = told[mark.person_id]
    for photo in photos:
        photo.hidden = hidden_at(photo, told)
    context = {
        "publication": shown, "photos": photos, "can_edit": can_edit_section(request.membership), "today": today,
        "waits": shown.state == Publication.State.PUBLISHED and shown.publish_on > today,
        "history": history_of(shown, request.school),
    }  # fmt: skip
    return render(request, "programs/public/publication.html", context)


@member_page
def publication_new(request):
    """`?stage=`, `?event=`, `?program=`, `?kind=` come from other pages."""
    can_edit_section(request.membership).require()
    asked = {name: request.GET[name] for name in ("stage", "event", "program", "kind") if request.GET.get(name)}  # fmt: skip
    initial = {"publish_on": timezone.localdate(), "author": request.membership.person_id, **asked}
    form = PublicationForm(request.school, request.POST or None, initial=initial)
    return editor(
        request, form, publications.draft, title="Новая публикация", submit="Сохранить черновик", back=url(request, "publications"),
        done="Черновик сохранён. Добавьте людей и фотографии, посмотрите, как это увидят, и опубликуйте.",
    )  # fmt: skip


@member_page
def publication_edit(request, pk):
    shown = own_publication(request, pk, write=True)
    first = {name: getattr(shown, name) for name in publications.FIELDS}
    form = PublicationForm(request.school, request.POST or None, initial={**first, "postings": shown.postings.all()})  # fmt: skip
    return editor(
        request, form, publications.change, shown, title="Правка публикации", submit="Сохранить", back=shown.get_absolute_url(),
        done="Сохранено.", of=shown,
    )  # fmt: skip


@member_page
def publication_preview(request, pk):
    """As a reader will see it today, in the portal or on the school's site; hidden names and photos are really hidden."""
    shown = own_publication(request, pk)
    code = request.GET.get("place") if request.GET.get("place") in PLACES else "page"
    section = public_sections.section_of(request.school)
    seen = preview(shown, section, PLACES[code][0], timezone.localdate())
    context = {"publication": shown, "seen": seen, "place": code, "places": [(one, words) for one, (_, words) in PLACES.items()], "section": section}  # fmt: skip
    return render(request, "programs/public/preview.html", context)


@member_page
@require_POST
def publication_state(request, pk):
    """Publish, withdraw or remove a draft: what the button says."""
    shown = own_publication(request, pk, write=True)
    acts = {
        "publish": (publications.publish, "Опубликовано.", shown), "withdraw": (publications.withdraw, "Снято с сайта. Текст остался здесь.", shown),
        "remove": (publications.remove, "Черновик удалён.", url(request, "publications")),
    }  # fmt: skip
    service, done, to = acts.get(request.POST.get("do"), acts["publish"])
    failed = shown if service is publications.remove and shown.state != "draft" else to
    return act(request, failed, service, shown, by=request.membership, done=done)
