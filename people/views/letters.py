"""Outgoing letters for the curator; own letters and the own calendar for everybody."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import calendar_rows
from people.form_pages import act, form_page, url
from people.forms.letters import LetterChoiceForm
from people.models import CalendarFeed, Letter, LetterChoice
from people.pages import member_page
from people.permissions import KEEPERS, MANAGERS, can_keep_letters, has_any
from people.services import calendar_feed, letters

PAGE = 50


@member_page
def letter_list(request):
    """Batches that wait for a look, what did not leave and why, the rest."""
    can_keep_letters(request.membership).require()
    rows = Letter.objects.of(request.school).defer("text", "html").select_related("person")
    state = request.GET.get("state", "")
    if state in Letter.State.values:
        rows = rows.filter(state=state)
    context = {
        "batches": letters.held_batches(request.school), "states": Letter.State.choices, "state": state,
        "failed": rows.filter(state=Letter.State.FAILED).count(),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "people/letters/list.html", context)


@member_page
def letter_batch(request):
    """A batch as its people will get it: real names, real texts."""
    can_keep_letters(request.membership).require()
    rows = Letter.objects.of(request.school).filter(state=Letter.State.HELD, batch=request.GET.get("batch", ""))  # fmt: skip
    rows = rows.select_related("person")
    if not rows:
        raise Http404
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/letters/batch.html", {"page": page, "first": rows[0]})


@member_page
@require_POST
def letter_decide(request):
    """Send the batch or leave it."""
    can_keep_letters(request.membership).require()
    batch, send = request.POST.get("batch", "").replace("\0", ""), request.POST.get("send") == "1"
    service, words = (letters.release, "Письма отправляются.") if send else (letters.drop, "Письма не уйдут; уведомления в портале остались.")  # fmt: skip
    return act(request, url(request, "letters"), service, batch, by=request.membership, done=words)


@member_page
@require_POST
def letters_again(request):
    can_keep_letters(request.membership).require()
    return act(request, url(request, "letters"), letters.send_failed_again, by=request.membership, done="Письма вернулись в очередь.")  # fmt: skip


@member_page
def my_letters(request):
    choice = LetterChoice.objects.filter(person=request.membership.person_id).first()
    form = LetterChoiceForm(choice, request.POST or None, keeps=has_any(request.membership, KEEPERS | MANAGERS))  # fmt: skip
    return form_page(request, form, letters.choose, title="Письма и напоминания", done="Сохранено.", back=url(request, "my_letters"), crumbs=[("Мои данные", url(request, "me"))])  # fmt: skip


@member_page
@never_cache
def my_calendar(request):
    """The own schedule for the screen and the printer; its private address."""
    token = request.session.pop("calendar_token", "")
    context = {
        "rows": calendar_rows.of(request.membership.person, timezone.localdate()),
        "feed": CalendarFeed.objects.filter(person=request.membership.person_id).first(),
        "address": settings.PUBLIC_URL + reverse("calendar_feed", args=[token]) if token else "",
    }  # fmt: skip
    return render(request, "people/letters/calendar.html", context)


@member_page
@require_POST
def my_calendar_address(request):
    """A new private address, or with `off` none any more."""
    if request.POST.get("off"):
        calendar_feed.close_feed(by=request.membership)
        messages.success(request, "Адрес календаря отозван.")
    else:
        request.session["calendar_token"] = calendar_feed.open_feed(by=request.membership)
        messages.success(request, "Адрес готов. Он показан один раз: скопируйте его в календарь.")
    return redirect("my_calendar", request.school.slug)


@never_cache
def feed(request, token):
    """The calendar by its secret address; no sign-in, no session."""
    today = timezone.localdate()
    person = calendar_feed.person_of(token, today)
    if person is None:
        raise Http404
    response = HttpResponse(calendar_feed.calendar_of(person, today), content_type="text/calendar; charset=utf-8")  # fmt: skip
    response["Content-Disposition"] = 'inline; filename="nastavnichestvo.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
