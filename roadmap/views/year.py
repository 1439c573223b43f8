"""The school year on one page: confirm who is who, close the past year and open the next."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.form_pages import act, url
from people.models import RoleGrant
from people.pages import member_page
from people.permissions import CURATORS, HEADS
from roadmap.models import Roadmap
from roadmap.permissions import can_edit_plan
from roadmap.services import year as service
from roadmap.views.plan import own_roadmap


@member_page
def year(request):
    """For the curator: the people of the year, the roadmap that may be closed, the past years."""
    can_edit_plan(request.membership).require()
    today = timezone.localdate()
    rows = Roadmap.objects.of(request.school)
    ends = [one for one in rows.filter(closed_on=None, year_start__isnull=False) if today >= service.may_close_from(one)]  # fmt: skip
    context = {
        "year": service.year_of(today), "today": today, "roles": roles(request.school, today), "ends": ends,
        "past": rows.exclude(closed_on=None), "due": confirmation_due(request.school, today),
    }  # fmt: skip
    return render(request, "roadmap/year/page.html", context)


def roles(school, today) -> list[tuple[str, list]]:
    grants = RoleGrant.objects.of(school).active_on(today).select_related("membership__person")
    grants = list(grants.filter(role__in=HEADS | CURATORS))
    named = (("Руководитель", HEADS), ("Куратор и координатор", CURATORS))
    return [(words, [one for one in grants if one.role in codes]) for words, codes in named]


def confirmation_due(school, today) -> bool:
    done = school.year_confirmed_on
    return not done or service.year_of(done) < service.year_of(today)


@member_page
@require_POST
def year_confirm(request):
    return act(request, url(request, "year"), service.confirm_year, on=timezone.localdate(), by=request.membership, done="Сведения подтверждены.")  # fmt: skip


@member_page
def year_open(request, pk):
    """Say what the next year takes over, then do it."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    today = timezone.localdate()
    if item.closed_on or item.year_start is None or today < service.may_close_from(item):
        messages.error(request, "Эту карту сейчас не закрывают: год ещё идёт или уже закрыт.")
        return redirect("year", request.school.slug)
    if request.method == "POST":
        try:
            new = service.open_next_year(item, on=today, by=request.membership)
        except RuleError as error:
            messages.error(request, error.message)
            return redirect("year", request.school.slug)
        messages.success(request, "Новый учебный год открыт. Проверьте сроки и назначьте ответственных.")  # fmt: skip
        return redirect(new)
    numbers = service.preview(item, today)
    return render(request, "partials/confirm_page.html", {
        "title": "Закрыть год и открыть следующий?",
        "consequences": [
            f"Карта «{item.title}» закроется: её можно будет читать, искать и печатать, но не менять.",
            f"Незакрытых мероприятий в ней: {numbers['open']}.",
            f"Появится карта следующего года: мероприятий – {numbers['lines']}, роли и месяцы те же. Люди и даты не переносятся: даты поставьте заново ({numbers['dated']}).",
            f"Черновики анкетирований: {numbers['surveys']}, черновики документов: {numbers['drafts']}. Номера и даты – новые.",
        ],
        "undo": "Закрытый год заново не открывается.", "submit": "Закрыть год и открыть следующий",
        "cancel_url": url(request, "year"),
    })  # fmt: skip
