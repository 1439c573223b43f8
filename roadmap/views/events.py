"""Events: the list, one event, sign-up, attendance."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.events import history_of
from people.pages import member_page
from roadmap.documents.minutes import lines
from roadmap.event_permissions import (
    can_edit_events,
    can_read_all_events,
    can_see_events,
    can_sign_up,
    visible_events,
)
from roadmap.forms.events import EventFilter, EventForm, HoldForm, InviteForm
from roadmap.models import Event, EventParticipant
from roadmap.services import events as service
from roadmap.services.event_files import why_unpublished

SORTS = [("-starts_at", "новые сначала"), ("starts_at", "старые сначала"), ("title", "по названию")]
ORDERS = {"-starts_at": ("-starts_at", "-pk"), "starts_at": ("starts_at", "pk"), "title": ("title", "pk")}  # fmt: skip
EXPORTED = ["Событие", "Вид", "День", "Место", "Состояние", "В списке", "Были"]
PAGE = 30


@member_page
def events(request):
    can_see_events(request.membership).require()
    filters = EventFilter(request.GET)
    rows = found_events(request, filters).annotate(
        listed=Count("participants", distinct=True),
        present=Count("participants", filter=Q(participants__attended=True), distinct=True),
    )
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["-starts_at"]))
    if request.GET.get("export") == "xlsx" and can_read_all_events(request.membership):
        return xlsx_response("События", EXPORTED, exported(rows))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "filters": filters, "sorts": SORTS, "now": timezone.now(),
        "narrowed": any(request.GET.get(name) for name in ("q", "kind", "when")),
        "can_edit": can_edit_events(request.membership),
        "can_export": can_read_all_events(request.membership),
    }  # fmt: skip
    return render(request, "roadmap/events/list.html", context)


def found_events(request, filters: EventFilter):
    chosen = filters.cleaned_data if filters.is_valid() else {}
    # By key, so that the join with one's own participation does not disturb the counts.
    seen = visible_events(request.membership).order_by().values("pk")
    rows = Event.objects.of(request.school).filter(pk__in=seen)
    rows = rows.filter(words_query(request.GET.get("q", ""), ("title", "place")))
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    now = timezone.now()
    return {
        "ahead": rows.filter(state=Event.State.PLANNED, starts_at__gte=now),
        "past": rows.exclude(state=Event.State.CANCELLED).filter(starts_at__lt=now),
        "cancelled": rows.filter(state=Event.State.CANCELLED),
    }.get(chosen.get("when"), rows)


def exported(rows):
    for event in rows:
        yield [
            event.title, event.get_kind_display(), timezone.localtime(event.starts_at).date(),
            event.place or event.link, event.get_state_display(), event.listed, event.present,
        ]  # fmt: skip


def own_event(request, pk) -> Event:
    can_see_events(request.membership).require()
    events = visible_events(request.membership).select_related("organization", "activity", "survey")
    return get_object_or_404(events, pk=pk)


@member_page
def event(request, pk):
    """What it is, when and where, what is next; the list of people for those who may see it."""
    shown = own_event(request, pk)
    today = timezone.localdate()
    everybody = can_read_all_events(request.membership)
    participants = shown.participants.select_related("person") if everybody else []
    files = list(shown.files.select_related("stored__organization").prefetch_related("people"))
    why = why_unpublished([one for one in files if one.kind == "photo"], today) if files else {}
    for one in files:
        one.why_not = why.get(one.pk, "")
    papers = shown.papers.select_related("organization").defer("body") if everybody else []
    context = {
        "files": files, "papers": papers, "agenda": lines(shown.agenda), "decisions": lines(shown.decision),
        "minutes_query": minutes_query(shown, participants) if everybody else "",
        "event": shown, "now": timezone.now(), "participants": participants, "everybody": everybody,
        "own": EventParticipant.objects.of(request.school).filter(event=shown, person=request.membership.person).first(),
        "can_sign_up": can_sign_up(request.membership, shown, on=today),
        "can_edit": can_edit_events(request.membership),
        "may_hold": timezone.localtime(shown.starts_at).date() <= today and shown.state != Event.State.CANCELLED,
        "history": history_of(shown, request.school) if everybody else [],
    }  # fmt: skip
    return render(request, "roadmap/events/page.html", context)


def minutes_query(event: Event, participants) -> str:
    """What the minutes take over from the event, as the form of a draft reads it."""
    body = {"staff_council": "педагогического совета", "meeting": "административного совещания"}
    values = {
        "kind": "minutes", "event": event.pk, "body": body.get(event.kind, ""),
        "held_on": timezone.localtime(event.starts_at).date().isoformat(),
        "present": [row.person_id for row in participants if row.attended],
        "agenda": event.agenda or event.title, "heard": event.minutes, "decided": event.decision,
    }  # fmt: skip
    return urlencode(values, doseq=True)


@member_page
def event_new(request):
    can_edit_events(request.membership).require()
    initial = {"kind": request.GET.get("kind"), "activity": request.GET.get("activity")}
    form = EventForm(request.school, request.POST or None, initial=initial)
    if form.submitted_to(service.create_event, by=request.membership):
        messages.success(request, "Событие добавлено. Теперь пригласите людей.")
        return redirect(form.result)
    context = {"form": form, "title": "Новое событие", "submit": "Добавить событие"}
    return render(request, "roadmap/events/form.html", context)


@member_page
def event_edit(request, pk):
    can_edit_events(request.membership).require()
    shown = own_event(request, pk)
    form = EventForm(request.school, request.POST or None, event=shown)
    if form.submitted_to(service.update_event, shown, by=request.membership):
        messages.success(request, "Событие изменено.")
        return redirect(shown)
    context = {"form": form, "title": "Изменить событие", "submit": "Сохранить", "event": shown}
    return render(request, "roadmap/events/form.html", context)


@member_page
def event_invite(request, pk):
    can_edit_events(request.membership).require()
    shown = own_event(request, pk)
    form = InviteForm(request.school, request.POST or None)
    if form.submitted_to(service.invite, shown, by=request.membership):
        messages.success(request, f"Приглашено: {form.result}.")
        return redirect(shown)
    context = {"form": form, "title": "Пригласить", "submit": "Пригласить", "event": shown}
    return render(request, "roadmap/events/form.html", context)


@member_page
def event_hold(request, pk):
    can_edit_events(request.membership).require()
    shown = own_event(request, pk)
    form = HoldForm(shown, request.POST or None)
    if form.submitted_to(service.hold, shown, by=request.membership, on=timezone.localdate()):
        messages.success(request, "Записано, кто был и что решили.")
        return redirect(shown)
    context = {"form": form, "title": "Кто был и что решили", "submit": "Сохранить", "event": shown}
    return render(request, "roadmap/events/form.html", context)


@member_page
@require_POST
def event_sign_up(request, pk):
    """«Записаться» and, with `off`, «Отменить запись»."""
    shown = own_event(request, pk)
    try:
        if request.POST.get("off"):
            service.sign_off(shown, by=request.membership)
            messages.success(request, "Запись отменена.")
        else:
            service.sign_up(shown, by=request.membership, on=timezone.localdate())
            messages.success(request, "Вы записаны.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect(shown)


@member_page
def event_cancel(request, pk):
    can_edit_events(request.membership).require()
    shown = own_event(request, pk)
    if request.method == "POST":
        try:
            service.cancel_event(shown, by=request.membership)
            messages.success(request, "Событие отменено, люди предупреждены.")
        except RuleError as error:
            messages.error(request, error.message)
        return redirect(shown)
    number = shown.participants.count()
    return render(request, "partials/confirm_page.html", {
        "title": f"Отменить событие «{shown.title}»?",
        "consequences": [f"Людей в списке: {number}. Каждый получит уведомление об отмене."],
        "undo": "Отменённое событие не возвращается: создайте новое.",
        "submit": "Отменить событие", "danger": True,
        "cancel_url": reverse("event", args=[request.school.slug, shown.pk]),
    })  # fmt: skip
