"""The own pair on a phone: answer, partner, own wish to end or change it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.prints import pdf_response
from people.pages import member_page
from programs.forms.groups import CuratorRequestForm, DecideForm, RequestForm
from programs.models import GroupRequest
from programs.models.groups import OPEN_STATES, GroupState
from programs.permissions import can_edit_groups, own_groups
from programs.prints.statements import print_statement
from programs.program_rules import wants_other
from programs.services import agreements, requests
from programs.views.groups import own_group

Kind = GroupRequest.Kind


@member_page
def my_groups(request):
    rows = own_groups(request.membership).select_related("mentor")
    rows = list(rows.prefetch_related("members__person").order_by("-proposed_on", "-pk"))
    context = {
        "open": [row for row in rows if row.state in OPEN_STATES],
        "past": [row for row in rows if row.state not in OPEN_STATES],
        "mentors": any(row.mentor_id == request.membership.person_id for row in rows),
    }
    return render(request, "programs/groups/mine.html", context)


def member_group(request, pk):
    rows = own_groups(request.membership).select_related("mentor", "document")
    return get_object_or_404(
        rows.prefetch_related("members__person", "programs__organization"), pk=pk
    )


@member_page
def my_group(request, pk):
    """The pair as its member sees it: name, post and contact of the other side."""
    shown = member_group(request, pk)
    person = request.membership.person
    own = shown.agreements.filter(person=person).first()
    context = {
        "group": shown, "own": own, "is_mentor": shown.mentor_id == person.pk,
        "partners": [one for one in [shown.mentor, *shown.mentees] if one.pk != person.pk],
        "answering": shown.state == GroupState.PROPOSED and own and own.state == "waiting",
        "wants_other": shown.mentor_id != person.pk and wants_other(person),
        "working": shown.state in (GroupState.ACTIVE, GroupState.PAUSED),
        "requests": requests.visible_requests(shown, person, manages=False),
    }  # fmt: skip
    return render(request, "programs/groups/my.html", context)


@member_page
@require_POST
def my_group_answer(request, pk):
    shown = member_group(request, pk)
    row = get_object_or_404(shown.agreements, person=request.membership.person)
    accepted = request.POST.get("accepted") == "1"
    try:
        agreements.answer(row, accepted=accepted, on=timezone.localdate(), by=request.membership, method="portal")  # fmt: skip
        messages.success(request, "Спасибо, ответ записан.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("my_group", request.school.slug, pk)


@member_page
def my_group_request(request, pk):
    """The mentor gives notice, the mentee asks for another mentor; the form says what follows."""
    shown = member_group(request, pk)
    is_mentor = shown.mentor_id == request.membership.person_id
    kind, today = Kind.NOTICE if is_mentor else Kind.CHANGE, timezone.localdate()
    form = RequestForm(request.POST or None)
    if form.submitted_to(requests.make_request, shown, kind=kind, on=today, by=request.membership):
        messages.success(request, "Отправлено куратору и руководителю.")
        return redirect("my_group", request.school.slug, pk)
    context = {
        "form": form, "group": shown, "is_mentor": is_mentor,
        "earliest": requests.earliest_end(shown, today) if is_mentor else None,
    }  # fmt: skip
    return render(request, "programs/groups/my_request.html", context)


@member_page
def my_group_statement(request, pk):
    """The same statement on paper."""
    shown = member_group(request, pk)
    is_mentor, today = shown.mentor_id == request.membership.person_id, timezone.localdate()
    pdf = print_statement(
        shown, request.membership.person, kind=Kind.NOTICE if is_mentor else Kind.CHANGE, on=today,
        earliest=requests.earliest_end(shown, today),
    )  # fmt: skip
    return pdf_response(pdf, "zayavlenie")


@member_page
@require_POST
def request_withdraw(request, pk):
    rows = GroupRequest.objects.of(request.school).filter(person=request.membership.person)
    row = get_object_or_404(rows, pk=pk)
    try:
        requests.withdraw_request(row, on=timezone.localdate(), by=request.membership)
        messages.success(request, "Заявление отозвано.")
    except RuleError as error:
        messages.error(request, error.message)
    return redirect("my_group", request.school.slug, row.group_id)


@member_page
def request_new(request, pk):
    """The curator enters a paper wish, or the own initiative."""
    can_edit_groups(request.membership).require()
    shown = own_group(request, pk)
    form = CuratorRequestForm(shown, request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(requests.make_request, shown, by=request.membership):
        messages.success(request, "Заявление записано.")
        return redirect(shown)
    context = {"form": form, "group": shown, "title": "Заявление о паре", "submit": "Записать заявление"}  # fmt: skip
    return render(request, "programs/groups/small_form.html", context)


@member_page
def request_decide(request, pk):
    can_edit_groups(request.membership).require()
    rows = GroupRequest.objects.of(request.school).select_related("group__mentor", "person")
    row = get_object_or_404(rows, pk=pk)
    form = DecideForm(request.POST or None, initial={"granted": "1"})
    if form.submitted_to(requests.decide, row, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Решение записано, человек получит ответ.")
        return redirect(form.result.document or row.group)
    context = {"form": form, "group": row.group, "title": str(row), "submit": "Записать решение", "lead": row.text}  # fmt: skip
    return render(request, "programs/groups/small_form.html", context)
