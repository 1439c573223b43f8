"""Awards and contests."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.search import words_query
from people.pages import member_page
from programs import program_permissions as rights
from programs.forms.recognition import (
    AwardDecisionForm,
    AwardFilter,
    AwardForm,
    AwardOrderForm,
    ContestFilter,
    ContestForm,
    DayForm,
    EntryForm,
    EntryResultForm,
)
from programs.models import Award, Contest, ContestEntry
from programs.prints.certificates import WORDS, print_certificate
from programs.services import awards
from programs.views.pages import RESULT, form_page, url

PAGE = 50
HEADINGS = ["Кого", "Чем", "За что", "Основание", "Состояние", "Предложено", "Решено"]


@member_page
def award_list(request):
    """All awards of the school; the talent pool is seen here alone (curator and head)."""
    rights.can_list_awards(request.membership).require()
    filters = AwardFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = Award.objects.of(request.school).select_related("person", "document")
    rows = rows.filter(words_query(request.GET.get("q", ""), ("person__last_name", "merit")))
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    if request.GET.get("export") == "xlsx":
        table = ([row.person.full_name, row.get_kind_display(), row.merit, row.basis, row.get_state_display(), row.proposed_on, row.decided_on] for row in rows)  # fmt: skip
        return xlsx_response("Поощрения", HEADINGS, table)
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "can_keep": rights.can_keep_awards(request.membership)}  # fmt: skip
    return render(request, "programs/awards/list.html", context)


@member_page
def award_new(request):
    rights.can_keep_awards(request.membership).require()
    form = AwardForm(request.school, request.POST or None, initial={"person": request.GET.get("person")})  # fmt: skip
    return form_page(
        request, form, awards.propose, on=timezone.localdate(), title="Предложить поощрение",
        submit="Записать", done="Предложение записано.", back=url(request, "awards"),
    )  # fmt: skip


@member_page
def award_order(request):
    """The order on the chosen proposals (R-801)."""
    rights.can_keep_awards(request.membership).require()
    rows = Award.objects.of(request.school).filter(state="proposed").exclude(kind__in=Award.SUBMITTED)  # fmt: skip
    rows = rows.select_related("person")
    form = AwardOrderForm(rows, request.POST or None, initial={"day": timezone.localdate(), "awards": list(rows.exclude(kind__in=Award.RESTRICTED).values_list("pk", flat=True))})  # fmt: skip
    return form_page(
        request, form, awards.draft_order, title="Приказ о поощрении", submit="Составить черновик",
        done="Черновик приказа готов.", back=url(request, "awards"), to=RESULT,
    )  # fmt: skip


def own_award(request, pk) -> Award:
    rows = Award.objects.of(request.school).select_related("person", "document", "proposed_by__person")  # fmt: skip
    award = get_object_or_404(rows, pk=pk)
    rights.can_read_award(request.membership, award).require()
    return award


@member_page
def award(request, pk):
    shown = own_award(request, pk)
    context = {"award": shown, "can_keep": rights.can_keep_awards(request.membership), "printable": shown.kind in WORDS and shown.state == "given"}  # fmt: skip
    return render(request, "programs/awards/page.html", context)


@member_page
def award_certificate(request, pk):
    shown = own_award(request, pk)
    if shown.kind not in WORDS or shown.state != Award.State.GIVEN:
        raise Http404
    return pdf_response(print_certificate(shown), f"honour_certificate-{pk}")


@member_page
def award_submit(request, pk):
    rights.can_keep_awards(request.membership).require()
    shown = own_award(request, pk)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    return form_page(
        request, form, awards.submit, shown, today=timezone.localdate(),
        title="Представление отправлено", submit="Записать", done="Отправка записана.", back=shown,
    )  # fmt: skip


@member_page
def award_decide(request, pk):
    rights.can_keep_awards(request.membership).require()
    shown = own_award(request, pk)
    form = AwardDecisionForm(request.POST or None, initial={"on": timezone.localdate()})
    return form_page(
        request, form, awards.decide, shown, today=timezone.localdate(),
        title="Решение по поощрению", submit="Записать", done="Решение записано.", back=shown,
    )  # fmt: skip


@member_page
def contests(request):
    rights.can_read_library(request.membership).require()
    filters = ContestFilter(request.GET)
    rows = Contest.objects.of(request.school).prefetch_related("entries")  # fmt: skip
    if filters.is_valid() and filters.cleaned_data["level"]:
        rows = rows.filter(level=filters.cleaned_data["level"])
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title",)))
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "can_keep": rights.can_keep_awards(request.membership)}  # fmt: skip
    return render(request, "programs/awards/contests.html", context)


@member_page
def contest_new(request):
    rights.can_keep_awards(request.membership).require()
    form = ContestForm(request.POST or None)
    return form_page(
        request, form, awards.make_contest, title="Новый конкурс", submit="Внести",
        done="Конкурс внесён.", back=url(request, "contests"), to=RESULT,
    )  # fmt: skip


@member_page
def contest(request, pk):
    """Entries: all for curator and head, own ones for the others."""
    rights.can_read_library(request.membership).require()
    shown = get_object_or_404(Contest.objects.of(request.school), pk=pk)  # fmt: skip
    rows = shown.entries.select_related("person", "partner", "practice", "recommended_by")
    if not rights.can_list_awards(request.membership):
        own = request.membership.person_id
        rows = [row for row in rows if own in (row.person_id, row.partner_id, row.recommended_by_id)]  # fmt: skip
    context = {"contest": shown, "entries": rows, "can_keep": rights.can_keep_awards(request.membership)}  # fmt: skip
    return render(request, "programs/awards/contest.html", context)


@member_page
def contest_nominate(request, pk):
    """The curator nominates anybody, a mentor the own mentee (R-231)."""
    rights.can_read_library(request.membership).require()
    shown = get_object_or_404(Contest.objects.of(request.school), pk=pk)  # fmt: skip
    form = EntryForm(request.school, request.POST or None)
    return form_page(
        request, form, awards.nominate, shown, title="Рекомендовать на конкурс",
        submit="Рекомендовать", done="Участник рекомендован.", back=shown,
        crumbs=[(shown.title, shown.get_absolute_url())],
    )  # fmt: skip


@member_page
def contest_entry(request, pk):
    rights.can_keep_awards(request.membership).require()
    row = get_object_or_404(ContestEntry.objects.of(request.school).select_related("contest__organization", "person"), pk=pk)  # fmt: skip
    form = EntryResultForm(request.POST or None, initial={"applied_on": row.applied_on, "result": row.result})  # fmt: skip
    return form_page(
        request, form, awards.record_entry, row, title=f"Участие: {row.person.short_name}",
        submit="Записать", done="Записано.", back=row.contest,
        crumbs=[(row.contest.title, row.contest.get_absolute_url())],
    )  # fmt: skip
