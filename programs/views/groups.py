"""Pairs for the curator and the head: list, page, proposal, order, pairs that already work."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.row_numbers import row_number
from mentoring.core.search import words_query
from people.events import history_of
from people.pages import member_page
from programs.forms.groups import (
    MOST_ROWS,
    ROWS,
    DetailsForm,
    GroupFilter,
    PairOrderForm,
    PaperAnswerForm,
    ProposeForm,
    ReplaceForm,
    existing_table,
)
from programs.group_rules import missing_consents, needs_addendum, warnings
from programs.models import Agreement, MentoringGroup
from programs.models.groups import OPEN_STATES
from programs.permissions import can_edit_groups, can_read_groups
from programs.services import agreements, existing, groups, pair_papers
from programs.services.waiting import waiting_cards
from programs.templatetags.pairs import form_title
from roadmap.document_permissions import can_read_document

SORTS = [("mentor", "по наставнику"), ("-starts_on", "новые сначала"), ("state", "по состоянию")]
ORDERS = {
    "mentor": ("mentor__last_name", "mentor__first_name", "pk"),
    "-starts_on": ("-starts_on", "-proposed_on", "-pk"),
    "state": ("state", "mentor__last_name", "pk"),
}
HEADINGS = ["Наставник", "Должность", "Наставляемые", "Форма", "Состояние", "С", "По", "Приказ"]
SEARCHED = ("mentor__last_name", "mentor__first_name", "members__person__last_name")
PAGE = 50


@member_page
def group_list(request):
    can_read_groups(request.membership).require()
    filters = GroupFilter(request.school, request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    rows = MentoringGroup.objects.of(request.school)
    rows = rows.filter(words_query(request.GET.get("q", ""), SEARCHED)).distinct()
    rows = rows.filter(state__in=[chosen["state"]] if chosen.get("state") else OPEN_STATES)
    if chosen.get("form"):
        rows = rows.filter(form=chosen["form"])
    if chosen.get("requests"):
        rows = rows.filter(requests__state="open")
    rows = rows.select_related("mentor", "document").prefetch_related("members__person")
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["mentor"]))
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Пары и группы", HEADINGS, exported(rows))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "sorts": SORTS,
        "narrowed": any(request.GET.get(name) for name in ("q", *filters.fields)),
        "can_edit": can_edit_groups(request.membership),
        "waiting": waiting_cards(request.school, on=timezone.localdate()).count(),
    }  # fmt: skip
    return render(request, "programs/groups/list.html", context)


def exported(rows):
    for group in rows:
        yield [
            group.mentor.full_name, group.mentor.job_title,
            "; ".join(person.full_name for person in group.mentees), form_title(group),
            group.get_state_display(), group.starts_on, group.ends_on or group.planned_until, order_words(group),
        ]  # fmt: skip


def order_words(group) -> str:
    """«№ 12 от 01.09.2026» of the portal's order or of the paper one."""
    if group.document:
        return f"№ {group.document.number or 'б/н'} от {group.document.dated_on:%d.%m.%Y}"
    return f"№ {group.paper_number} от {group.paper_date:%d.%m.%Y}" if group.paper_date else ""


def own_group(request, pk) -> MentoringGroup:
    rows = MentoringGroup.objects.select_related(
        "mentor", "organization", "document", "follows__mentor"
    )
    rows = rows.prefetch_related("members__person__pupil")
    return get_object_or_404(rows.of(request.school), pk=pk)


@member_page
def group(request, pk):
    can_read_groups(request.membership).require()
    shown, today = own_group(request, pk), timezone.localdate()
    is_open = shown.state in OPEN_STATES
    context = {
        "group": shown, "order": order_words(shown), "is_open": is_open,
        "agreements": shown.agreements.select_related("person", "recorded_by__person"),
        "missing": missing_consents(shown, today) if is_open else [],
        "warnings": warnings(shown) if is_open else [],
        "requests": shown.requests.select_related("person", "document"),
        "programs": shown.programs.select_related("organization"),
        "pauses": shown.pauses.all(), "followed_by": shown.followed_by.select_related("mentor").first(),
        "can_edit": can_edit_groups(request.membership),
        "addendum": needs_addendum(shown),
        "order_readable": shown.document and can_read_document(request.membership, shown.document),
        "history": history_of(shown, request.school),
    }  # fmt: skip
    return render(request, "programs/groups/page.html", context)


@member_page
def group_new(request):
    """Propose a pair by hand: from the list, a card or the waiting list (?mentor=, ?mentee=)."""
    can_edit_groups(request.membership).require()
    initial = {"mentor": request.GET.get("mentor"), "mentees": request.GET.getlist("mentee")}
    form = ProposeForm(request.school, request.POST or None, initial=initial)
    day = timezone.localdate()
    if form.submitted_to(groups.propose, on=day, by=request.membership):
        messages.success(request, "Пара предложена. Участникам ушло уведомление.")
        return redirect("group", request.school.slug, form.result.pk)
    return render(request, "programs/groups/new.html", {"form": form})


@member_page
def group_replace(request, pk):
    """Another mentor for the same mentees: the new pair continues the old one (R-513)."""
    can_edit_groups(request.membership).require()
    old = own_group(request, pk)
    form = ReplaceForm(request.school, request.POST or None, initial={"form": old.form, "kinds": old.kinds, "theme": old.theme})  # fmt: skip
    day = timezone.localdate()
    shared = {"mentees": old.mentees, "on": day, "by": request.membership}
    if form.submitted_to(groups.propose, **shared, follows=old, origin="replacement"):
        messages.success(request, "Замена предложена. Прежняя пара работает до приказа.")
        return redirect("group", request.school.slug, form.result.pk)
    return render(request, "programs/groups/new.html", {"form": form, "old": old})


@member_page
def group_edit(request, pk):
    can_edit_groups(request.membership).require()
    shown = own_group(request, pk)
    form = DetailsForm(request.school, request.POST or None)
    form.initial = {name: getattr(shown, name) for name in form.fields}
    if form.submitted_to(groups.change_details, shown, by=request.membership):
        messages.success(request, "Сохранено.")
        return redirect(shown)
    return render(request, "programs/groups/edit.html", {"form": form, "group": shown})


@member_page
@require_POST
def group_withdraw(request, pk):
    can_edit_groups(request.membership).require()
    shown = own_group(request, pk)
    try:
        groups.withdraw(shown, on=timezone.localdate(), by=request.membership)
        messages.success(request, "Предложение отозвано.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(shown)


@member_page
def agreement_paper(request, pk):
    """An answer that came on paper."""
    can_edit_groups(request.membership).require()
    rows = Agreement.objects.of(request.school).select_related("group__mentor", "person")
    row = get_object_or_404(rows, pk=pk)
    form = PaperAnswerForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(agreements.answer, row, by=request.membership, method="paper"):
        messages.success(request, "Ответ записан.")
        return redirect(row.group)
    context = {"form": form, "group": row.group, "title": f"Ответ на бумаге: {row.person.short_name}", "submit": "Записать ответ"}  # fmt: skip
    return render(request, "programs/groups/small_form.html", context)


@member_page
def pair_order_new(request):
    """The order on pairs: choose those agreed, the portal drafts it (R-509, R-510)."""
    can_edit_groups(request.membership).require()
    today = timezone.localdate()
    initial = {"groups": request.GET.getlist("group"), "day": today, "starts_on": today}
    form = PairOrderForm(request.school, request.POST or None, initial=initial)
    if form.submitted_to(pair_papers.draft_pair_order, by=request.membership):
        messages.success(request, "Черновик приказа готов. Проверьте и отправьте на утверждение.")
        return redirect(form.result)
    return render(request, "programs/groups/order.html", {"form": form})


@member_page
def group_existing(request):
    """Pairs that already work, as one table; «Ещё строки» keeps what was typed."""
    can_edit_groups(request.membership).require()
    table = existing_table(request.school, *typed_rows(request))
    day = timezone.localdate()
    adding = "more" in request.POST
    if not adding and table.submitted_to(existing.enter_table, on=day, by=request.membership):
        messages.success(request, f"Внесено пар и групп: {len(table.result)}. Они уже работают.")
        return redirect("groups", request.school.slug)
    return render(request, "programs/groups/existing.html", {"table": table, "adding": adding})


def typed_rows(request) -> tuple:
    """The posted table, longer by four rows if more were asked for."""
    if request.method != "POST":
        return None, None
    data = request.POST.copy()
    if "more" in data:
        number = row_number(data.get("rows-TOTAL_FORMS")) or 0
        data["rows-TOTAL_FORMS"] = min(number + ROWS, MOST_ROWS)
    return data, request.FILES


@member_page
def waiting(request):
    """Who has no mentor yet: go on searching, or a case of the psychologist (R-511, R-512)."""
    can_read_groups(request.membership).require()
    rows = waiting_cards(request.school, on=timezone.localdate())
    if request.GET.get("export") == "xlsx":
        table = ([card.person.full_name, card.person.job_title, card.entered_on] for card in rows)
        return xlsx_response("Без наставника", ["Кто", "Должность", "В банке с"], table)
    context = {
        "page": Paginator(rows.prefetch_related("needs"), PAGE).get_page(request.GET.get("page")),
        "can_edit": can_edit_groups(request.membership),
    }
    return render(request, "programs/groups/waiting.html", context)
