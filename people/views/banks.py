"""Banks of mentors and mentees: lists, cards, states, approval by the head."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.exports import xlsx_response
from people.bank_links import links
from people.bank_permissions import (
    can_approve_bank,
    can_edit_banks,
    can_read_answers,
    can_read_banks,
    can_read_card,
    can_read_themes,
    can_read_third_party,
    seen_cards,
)
from people.consent_rules import standing, why_hidden
from people.events import history_of
from people.forms.banks import (
    CARD_FORMS,
    ApproveForm,
    BankFilter,
    EnterForm,
    MoveForm,
    NeedForm,
    StrengthsForm,
)
from people.models import MenteeNeed
from people.models.banks import BankState
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from people.reauthentication import ask_again
from people.services import bank_lists, banks
from people.views.bank_facts import facts, next_step, themes

SORTS = [("name", "по алфавиту"), ("-entered_on", "новые сначала"), ("state", "по состоянию")]
ORDERS = {
    "name": ("person__last_name", "person__first_name", "pk"),
    "-entered_on": ("-entered_on", "person__last_name", "pk"),
    "state": ("state", "person__last_name", "pk"),
}
TITLES = {"mentors": "Банк наставников", "mentees": "Банк наставляемых"}
RELATED = {"mentors": "strengths", "mentees": "needs"}
PAGE = 50


def bank_list(bank: str):
    """The list of one bank as a view."""

    @member_page
    def page(request):
        can_read_banks(request.membership).require()
        today = timezone.localdate()
        readable = can_read_themes(request.membership)
        filters = BankFilter(request.school, bank, request.GET, themes=readable)
        chosen = filters.cleaned_data if filters.is_valid() else {}
        consented = bank_lists.consented(request.school, bank, today)
        rows = bank_lists.listed(request.membership, bank, on=today, among=consented, text=request.GET.get("q", ""), **chosen)  # fmt: skip
        rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["name"]))
        rows = rows.prefetch_related(RELATED[bank])
        if chosen.get("free"):
            rows = list(rows)
            bank_lists.describe(rows, bank, on=today, known=filters.known)
            rows = [row for row in rows if row.free]
        if request.GET.get("export") == "xlsx":
            table = bank_lists.export(request.membership, rows, bank, on=today)
            return xlsx_response(TITLES[bank], *table)
        shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        bank_lists.describe(shown.object_list, bank, on=today, known=filters.known)
        manages = has_any(request.membership, MANAGERS)
        context = {
            "bank": bank, "title": TITLES[bank], "page": shown, "readable": readable, "filters": filters, "sorts": SORTS,
            "narrowed": any(request.GET.get(name) for name in ("q", *filters.fields)),
            "hidden": bank_lists.hidden(request.membership, bank, on=today, besides=consented) if manages else [],
            "can_edit": can_edit_banks(request.membership),
            "can_approve": can_approve_bank(request.membership),
        }  # fmt: skip
        return render(request, "people/banks/list.html", context)

    return page


mentors, mentees = bank_list("mentors"), bank_list("mentees")


def own_card(request, bank: str, pk: int):
    """The card if the member may see it: without a consent only the person, curator and head do."""
    model = banks.MODELS[bank]
    cards = model.objects.of(request.school).select_related(
        "person", "organization", "approved_by__person"
    )
    card = get_object_or_404(cards, pk=pk)
    can_read_card(request.membership, card.person).require()
    if card.person_id != request.membership.person_id:
        seen = seen_cards(request.membership, model.objects.filter(pk=pk), timezone.localdate())
        if not seen.exists():
            raise Http404
    return card


def bank_card(bank: str):
    @member_page
    def page(request, pk):
        card, today = own_card(request, bank, pk), timezone.localdate()
        bank_lists.describe([card], bank, on=today)
        own = card.person_id == request.membership.person_id
        manages = has_any(request.membership, MANAGERS)
        hidden = why_hidden(card.person, today) if own or manages else ""
        readable = own or can_read_themes(request.membership)
        answers = can_read_answers(request.membership, card.person, today)
        notes = can_read_third_party(request.membership, card.person, today) and not own
        context = {
            "bank": bank, "title": TITLES[bank], "card": card, "person": card.person, "own": own,
            "hidden": hidden, "next": next_step(card, bool(hidden)) if own or manages else "",
            "facts": facts(card, bank, today, readable=readable, answers=answers),
            "themes": themes(card, bank) if readable else [], "readable": readable,
            "obstacles": banks.obstacles_of(card, today) if manages and card.state == BankState.CANDIDATE else [],
            "duty": standing([card.person_id], "duty", today)[card.person_id] if manages else None,
            "can_edit": can_edit_banks(request.membership),
            "can_approve": can_approve_bank(request.membership),
            "third_party": notes,
            "notes": card.person.notes.filter(kind="third_party").count() if notes else 0,
            "steps": [step for step, (old, _) in banks.MOVES.items() if card.state in old],
            "links": links(request.membership, card),
            "history": history_of(card, request.school) if own or manages else [],
        }  # fmt: skip
        return render(request, "people/banks/card.html", context)

    return page


mentor, mentee = bank_card("mentors"), bank_card("mentees")


@member_page
def bank_enter(request, bank):
    can_edit_banks(request.membership).require()
    form = EnterForm(request.school, bank, request.POST or None, initial={"person": request.GET.get("person")})  # fmt: skip
    if form.submitted_to(enter_by_form, bank=bank, by=request.membership):
        messages.success(
            request, "Карточка внесена. Дальше – согласие и утверждение руководителем."
        )
        return redirect(form.result)
    context = {"form": form, "bank": bank, "title": TITLES[bank], "heading": "Внести в банк", "submit": "Внести в банк"}  # fmt: skip
    return render(request, "people/banks/form.html", context)


def enter_by_form(*, person, bank, by, **values):
    return banks.enter(person, bank, on=timezone.localdate(), by=by, **values)


@member_page
def bank_edit(request, bank, pk):
    """The curator edits all, the person the own wishes."""
    card = own_card(request, bank, pk)
    full = bool(can_edit_banks(request.membership))
    if card.person_id != request.membership.person_id:
        can_edit_banks(request.membership).require()
    form = CARD_FORMS[bank](card, request.POST or None, full=full)
    if form.submitted_to(banks.update_card, card, by=request.membership):
        messages.success(request, "Карточка сохранена.")
        return redirect(card)
    return card_form(request, bank, card, form, "Изменить карточку", "Сохранить карточку")


def card_form(request, bank, card, form, heading: str, submit: str):
    context = {
        "form": form, "bank": bank, "title": TITLES[bank], "card": card, "heading": heading, "submit": submit,
    }  # fmt: skip
    return render(request, "people/banks/form.html", context)


@member_page
def mentor_strengths(request, pk):
    can_edit_banks(request.membership).require()
    card = own_card(request, "mentors", pk)
    form = StrengthsForm(card, request.POST or None)
    if form.submitted_to(banks.set_strengths, card, by=request.membership):
        messages.success(request, "Направления сохранены.")
        return redirect(card)
    return card_form(request, "mentors", card, form, "В чём силён наставник", "Сохранить")


@member_page
def need_add(request, pk):
    """A need from the personal file, the attestation, methodical work (R-304)."""
    can_edit_banks(request.membership).require()
    card = own_card(request, "mentees", pk)
    form = NeedForm(card, request.POST or None)
    if form.submitted_to(banks.add_need, card, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Запрос записан.")
        return redirect(card)
    return card_form(request, "mentees", card, form, "Записать запрос", "Записать запрос")


@member_page
@require_POST
def need_remove(request, pk):
    can_edit_banks(request.membership).require()
    needs = MenteeNeed.objects.of(request.school).select_related("profile__organization")
    need = get_object_or_404(needs, pk=pk)
    card = need.profile
    banks.remove_need(need, by=request.membership)
    messages.success(request, "Запрос убран.")
    return redirect(card)


MOVE_WORDS = {
    "activate": ("Приступил(а) к работе", "Отметить", ["Карточка станет рабочей."]),
    "pause": ("Приостановить", "Приостановить", ["Человека не будут предлагать для новых пар."]),
    "leave": ("Вывести из банка", "Вывести из банка", ["Карточка уйдёт из списка; история останется."]),
    "return": ("Вернуть в банк", "Вернуть", ["Человек снова станет кандидатом: его утвердит руководитель."]),
}  # fmt: skip


@member_page
def bank_move(request, bank, pk, step):
    """A change of state, with its reason."""
    can_edit_banks(request.membership).require()
    if step not in MOVE_WORDS:
        raise Http404
    card = own_card(request, bank, pk)
    heading, submit, consequences = MOVE_WORDS[step]
    form = MoveForm(request.POST or None)
    if form.submitted_to(banks.move, card, step, on=timezone.localdate(), by=request.membership):
        messages.success(request, f"{card.person.short_name}: {form.result.get_state_display()}.")
        return redirect(card)
    return render(request, "partials/confirm_page.html", {
        "title": f"{heading}: {card.person.full_name}", "form": form, "consequences": consequences,
        "submit": submit, "danger": step == "leave", "cancel_url": card.get_absolute_url(),
    })  # fmt: skip


@member_page
@require_POST
def bank_review(request, bank, pk):
    card = own_card(request, bank, pk)
    banks.review(card, on=timezone.localdate(), by=request.membership)
    messages.success(request, "Отмечено: сведения проверены сегодня.")
    return redirect(card)


@member_page
def bank_approve(request):
    """The head's list of candidates with what speaks against each (R-202); phone first."""
    can_approve_bank(request.membership).require()
    if request.method == "POST":
        ask_again(request)
    today = timezone.localdate()
    form = ApproveForm(request.POST or None)
    ticked = request.POST.getlist("card")
    rows = candidates(request.school, today)
    chosen = [row for row in rows if f"{row.bank}-{row.pk}" in ticked]
    if form.submitted_to(approve_chosen, cards=chosen, by=request.membership):
        messages.success(request, f"Утверждено: {form.result}.")
        return redirect("bank_approve", request.school.slug)
    context = {"rows": rows, "form": form, "ticked": ticked}
    return render(request, "people/banks/approve.html", context)


def approve_chosen(*, cards, by, reason):
    return banks.approve(cards, on=timezone.localdate(), by=by, reason=reason)


def candidates(school, today) -> list:
    found = []
    for bank, model in banks.MODELS.items():
        cards = model.objects.of(school).filter(state=BankState.CANDIDATE).with_consent(on=today)
        cards = list(cards.select_related("person").prefetch_related(RELATED[bank]))
        bank_lists.describe(cards, bank, on=today)
        for card in cards:
            card.bank, card.word = bank, "наставник" if bank == "mentors" else school.mentee_term
            card.obstacles = banks.obstacles_of(card, today)
        found += cards
    return found
