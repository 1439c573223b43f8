"""The register of consents, asking, printing blanks, marking what came back on paper."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.prints import pdf_response
from mentoring.core.row_numbers import row_numbers
from mentoring.core.search import words_query
from people.consent_rules import standing, why_hidden
from people.events import history_of
from people.forms.consents import (
    AskForm,
    ChoicesForm,
    ConsentFilter,
    MarkForm,
    PaperForm,
    SigForm,
    kinds_for,
)
from people.models import Consent, Person
from people.pages import member_page
from people.permissions import can_edit_consents, can_read_consents, can_see_consent_states
from people.prints.consents import print_consents, with_everything
from people.services import consent_signing, consents

PAGE = 50
SORTS = [("-asked_on", "новые сначала"), ("name", "по алфавиту"), ("valid_until", "по сроку")]
ORDERS = {
    "-asked_on": ("-asked_on", "-pk"),
    "name": ("person__last_name", "person__first_name", "kind", "pk"),
    "valid_until": ("valid_until", "person__last_name", "pk"),
}
EXPORTED = ["Фамилия, имя, отчество", "Согласие", "Состояние", "Запрошено", "Дано", "Действует по", "Способ", "Редакция", "Отозвано", "Записал(а)"]  # fmt: skip


@member_page
def consent_register(request):
    """Everybody's consents; the administrator sees the states and opens no text (R-213)."""
    can_see_consent_states(request.membership).require()
    filters = ConsentFilter(request.school, request.GET)
    rows = found_consents(request, filters)
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["-asked_on"]))
    if request.GET.get("export") == "xlsx":
        can_read_consents(request.membership).require()
        return xlsx_response("Согласия", EXPORTED, exported(rows))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "filters": filters, "sorts": SORTS, "today": timezone.localdate(),
        "narrowed": any(request.GET.get(name) for name in ("q", "kind", "state", "ending")),
        "can_edit": can_edit_consents(request.membership),
        "can_read": can_read_consents(request.membership),
    }  # fmt: skip
    return render(request, "people/consents/register.html", context)


def found_consents(request, filters: ConsentFilter):
    rows = Consent.objects.of(request.school).select_related(
        "person", "text", "recorded_by__person", "representative", "organization"
    )
    rows = rows.filter(words_query(request.GET.get("q", ""), ("person__last_name", "person__first_name")))  # fmt: skip
    chosen = filters.cleaned_data if filters.is_valid() else {}
    for name in ("kind", "state"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("ending"):
        today = timezone.localdate()
        rows = rows.filter(
            state=Consent.State.GIVEN, valid_until__range=(today, today + dt.timedelta(days=30))
        )
    return rows


def exported(rows):
    for row in rows:
        yield [
            row.person.full_name, row.get_kind_display(), row.get_state_display(), row.asked_on, row.given_on,
            row.valid_until, row.get_method_display(), row.text.number, row.withdrawn_on,
            row.recorded_by.person.short_name if row.recorded_by else "",
        ]  # fmt: skip


@member_page
def consent_ask(request):
    """Ask many at once; `?kind=` and `?person=` come from cards."""
    can_edit_consents(request.membership).require()
    initial = {"kind": request.GET.get("kind"), "people": request.GET.getlist("person")}
    form = AskForm(request.school, request.POST or None, initial=initial)
    if form.submitted_to(consents.ask, by=request.membership, on=timezone.localdate()):
        messages.success(
            request, f"Запрошено согласий: {len(form.result)}. У остальных запрос уже есть."
        )
        return redirect("consent_register", request.school.slug)
    return render(request, "people/consents/ask.html", {"form": form})


@member_page
def consent_papers(request):
    """Tick the asked (or given) ones: print their blanks, or mark what came back."""
    can_edit_consents(request.membership).require()
    kind = request.GET.get("kind", "")
    shown = Consent.objects.of(request.school).filter(
        state__in=[Consent.State.ASKED, Consent.State.GIVEN]
    )
    if kind:
        shown = shown.filter(kind=kind)
    rows = shown.select_related("person", "text", "representative").order_by(
        "state", "person__last_name", "person__first_name", "kind"
    )
    form = MarkForm(
        request.school, request.POST or None,
        initial={"on": timezone.localdate(), "saw_original": request.membership.pk},
    )  # fmt: skip
    ticked = Consent.objects.of(request.school).filter(pk__in=picked(request))
    ticked = ticked.select_related("person__pupil", "text", "organization")
    if form.submitted_to(consent_signing.record_paper, ticked, by=request.membership):
        messages.success(request, f"Отмечено: {form.result}.")
        return redirect("consent_papers", request.school.slug)
    context = {
        "rows": rows, "form": form, "kind": kind, "kinds": kinds_for(request.school),
        "ticked": set(picked(request)),
    }  # fmt: skip
    return render(request, "people/consents/papers.html", context)


def picked(request) -> list[int]:
    source = request.POST if request.method == "POST" else request.GET
    return row_numbers(source.getlist("consent"))


@member_page
def consent_blanks(request):
    """PDF of the ticked consents, each on its own sheet; without ticks all that are asked."""
    can_edit_consents(request.membership).require()
    rows = with_everything(Consent.objects.of(request.school))
    chosen = picked(request)
    rows = rows.filter(pk__in=chosen) if chosen else rows.filter(state=Consent.State.ASKED)
    if not rows:
        messages.error(request, "Печатать нечего: сначала запросите согласия.")
        return redirect("consent_papers", request.school.slug)
    sort = "kind" if request.GET.get("sort") == "kind" else "person"
    return pdf_response(print_consents(rows, on=timezone.localdate(), sort=sort), "согласия")


def own_consent(request, pk) -> Consent:
    """The consent for its person, the curator or the head."""
    consent = get_object_or_404(with_everything(Consent.objects.of(request.school)), pk=pk)
    if consent.person_id != request.membership.person_id:
        can_read_consents(request.membership).require()
    return consent


@member_page
def consent(request, pk):
    """One consent: text as it was shown, what was chosen, how it was signed."""
    shown = own_consent(request, pk)
    context = {
        "consent": shown, "own": shown.person_id == request.membership.person_id,
        "choices": shown.choices.select_related("address").order_by("item", "address"),
        "can_edit": can_edit_consents(request.membership),
        "history": history_of(shown, request.school),
    }  # fmt: skip
    return render(request, "people/consents/page.html", context)


@member_page
def consent_pdf(request, pk):
    shown = own_consent(request, pk)
    return pdf_response(print_consents([shown], on=timezone.localdate()), "согласие")


@member_page
def consent_record(request, pk):
    """One paper: date, witness, scan and, for a dissemination, the ticks of the sheet."""
    can_edit_consents(request.membership).require()
    shown = own_consent(request, pk)
    initial = {"on": timezone.localdate(), "saw_original": request.membership.pk}
    return record_page(
        request, shown, PaperForm(request.school, request.POST or None, request.FILES or None, initial=initial),
        consent_signing.record_one_paper, "Согласие получено на бумаге",
    )  # fmt: skip


@member_page
def consent_sig(request, pk):
    """A consent signed by a file of an electronic signature."""
    can_edit_consents(request.membership).require()
    shown = own_consent(request, pk)
    form = SigForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    return record_page(
        request, shown, form, consent_signing.record_sig, "Согласие с электронной подписью"
    )


def record_page(request, shown: Consent, form, service, title: str):
    choices = choices_form(request, shown)
    if choices is None or choices.is_valid():
        picked_choices = choices.choices() if choices else ()
        if form.submitted_to(service, shown, by=request.membership, choices=picked_choices):
            messages.success(request, "Согласие записано.")
            return redirect("person_consents", request.school.slug, shown.person_id)
    context = {"form": form, "choices": choices, "consent": shown, "title": title}
    return render(request, "people/consents/record.html", context)


def choices_form(request, shown: Consent) -> ChoicesForm | None:
    """Only a dissemination has choices; unbound on GET, so `is_valid` is False there."""
    if shown.kind != "dissemination":
        return None
    return ChoicesForm(shown, request.POST or None, prefix="choice")


@member_page
def person_consents(request, pk):
    """All consents of one person: a row per kind, what is missing, what to do."""
    can_read_consents(request.membership).require()
    person = get_object_or_404(Person.objects.of(request.school), pk=pk)
    today = timezone.localdate()
    kinds = [
        (kind, label, standing([person.pk], kind, today)[person.pk])
        for kind, label in kinds_of(person)
    ]
    rows = Consent.objects.of(request.school).filter(person=person).select_related("text", "representative")  # fmt: skip
    context = {
        "person": person, "kinds": kinds, "rows": rows, "hidden": why_hidden(person, today),
        "can_edit": can_edit_consents(request.membership),
    }  # fmt: skip
    return render(request, "people/consents/person.html", context)


def kinds_of(person: Person) -> list[tuple[str, str]]:
    if person.kind == Person.Kind.PUPIL:
        return [row for row in kinds_for(person.organization) if row[0] != "duty"]
    return [row for row in kinds_for(person.organization) if row[0] != "representative"]


@member_page
@require_POST
def consent_withdraw_paper(request, pk):
    """Withdrawal that came on paper, for one consent."""
    can_edit_consents(request.membership).require()
    shown = own_consent(request, pk)
    try:
        consents.withdraw(shown, on=timezone.localdate(), by=request.membership, method="paper")
        messages.success(request, "Отзыв записан, показ данных прекращён.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("person_consents", request.school.slug, shown.person_id)
