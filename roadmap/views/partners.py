"""Partners with the log of talks, and postings elsewhere."""

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.form_pages import RESULT, act, form_page, url
from people.pages import member_page
from roadmap import library_permissions as rights
from roadmap.forms.library import (
    ContactForm,
    PartnerFilter,
    PartnerForm,
    PostingFilter,
    PostingForm,
)
from roadmap.models import Contact, Document, Partner, Posting
from roadmap.services import partners as service

PAGE = 50
PARTNER_HEADINGS = ["Партнёр", "Кто это", "С кем связываться", "Телефон", "Почта", "Записей", "Последняя"]  # fmt: skip
POSTING_HEADINGS = ["Вышло", "О чём", "Где", "Уровень", "Площадка", "Ссылка"]
PAPERS = ("partner_agreement", "thanks_letter")


@member_page
def partners(request):
    rights.can_read_partners(request.membership).require()
    filters = PartnerFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Partner.objects.of(request.school).order_by("archived", "title")  # fmt: skip
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "contact", "note")))
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    rows = rows.annotate(talks=Count("contacts"), last=Max("contacts__held_on"))
    if request.GET.get("export") == "xlsx":
        table = ([one.title, one.get_kind_display(), one.contact, one.phone, one.email, one.talks, one.last] for one in rows)  # fmt: skip
        return xlsx_response("Партнёры", PARTNER_HEADINGS, table)
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "can_keep": rights.can_keep_partners(request.membership)}  # fmt: skip
    return render(request, "roadmap/partners/list.html", context)


def own_partner(request, pk) -> Partner:
    rights.can_read_partners(request.membership).require()
    return get_object_or_404(Partner.objects.of(request.school), pk=pk)  # fmt: skip


@member_page
def partner(request, pk):
    shown = own_partner(request, pk)
    papers = Document.objects.of(request.school).filter(kind__in=PAPERS, values__partner=shown.pk)
    context = {
        "partner": shown, "contacts": shown.contacts.select_related("noted_by__person"),
        "papers": papers.select_related("organization").defer("body"), "postings": shown.postings.all(),
        "can_keep": rights.can_keep_partners(request.membership),
    }  # fmt: skip
    return render(request, "roadmap/partners/page.html", context)


def crumbs(request, shown: Partner | None = None) -> list:
    found = [("Партнёры", url(request, "partners"))]
    return [*found, (shown.title, shown.get_absolute_url())] if shown else found


@member_page
def partner_new(request):
    rights.can_keep_partners(request.membership).require()
    form = PartnerForm(request.school, request.POST or None)
    return form_page(request, form, service.save_partner, title="Новый партнёр", submit="Добавить", to=RESULT, done="Партнёр добавлен.", back=url(request, "partners"), crumbs=crumbs(request))  # fmt: skip


@member_page
def partner_edit(request, pk):
    rights.can_keep_partners(request.membership).require()
    shown = own_partner(request, pk)
    form = PartnerForm(request.school, request.POST or None, row=shown)
    return form_page(request, form, service.save_partner, shown, title="Изменить сведения", done="Сведения сохранены.", back=shown, crumbs=crumbs(request, shown))  # fmt: skip


@member_page
def contact_new(request, pk):
    rights.can_keep_partners(request.membership).require()
    shown = own_partner(request, pk)
    form = ContactForm(request.POST or None)
    return form_page(request, form, service.add_contact, shown, title="Записать разговор или письмо", done="Записано.", back=shown, crumbs=crumbs(request, shown))  # fmt: skip


@member_page
@require_POST
def contact_done(request, pk):
    row = get_object_or_404(Contact.objects.of(request.school).select_related("partner__organization"), pk=pk)  # fmt: skip
    return act(request, row.partner, service.close_contact, row, by=request.membership, done="Отмечено: сделано.")  # fmt: skip


@member_page
def postings(request):
    rights.can_read_partners(request.membership).require()
    filters = PostingFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Posting.objects.of(request.school).select_related("partner", "event", "stage")
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "place")))
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    if request.GET.get("export") == "xlsx":
        table = ([one.posted_on, one.title, one.get_outlet_display(), one.get_level_display(), one.place, one.link] for one in rows)  # fmt: skip
        return xlsx_response("Публикации вовне", POSTING_HEADINGS, table)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters,
        "can_keep": rights.can_keep_partners(request.membership),
        "share": request.build_absolute_uri(reverse("public", args=[request.school.slug])),
    }  # fmt: skip
    return render(request, "roadmap/partners/postings.html", context)


def posting_page(request, row, title: str, done: str):
    rights.can_keep_partners(request.membership).require()
    initial = {"event": request.GET.get("event"), "partner": request.GET.get("partner"), "posted_on": timezone.localdate()}  # fmt: skip
    options = {"row": row} if row else {"initial": initial}
    form = PostingForm(request.school, request.POST or None, **options)
    args = [row] if row else []
    return form_page(request, form, service.save_posting, *args, title=title, done=done, back=url(request, "postings"), crumbs=[("Публикации вовне", url(request, "postings"))])  # fmt: skip


@member_page
def posting_new(request):
    return posting_page(request, None, "Записать публикацию", "Публикация записана.")


@member_page
def posting_edit(request, pk):
    row = get_object_or_404(Posting.objects.of(request.school), pk=pk)
    return posting_page(request, row, "Изменить запись о публикации", "Запись сохранена.")


@member_page
@require_POST
def posting_remove(request, pk):
    row = get_object_or_404(Posting.objects.of(request.school), pk=pk)
    return act(request, url(request, "postings"), service.remove_posting, row, by=request.membership, done="Запись удалена.")  # fmt: skip
