"""Asking for reports and answering: an authority asks, the school hands in, the authority returns or accepts (R-912)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, Organization, Person, RoleGrant
from people.permissions import CURATORS
from people.services import journal
from people.services.notices import Message, tell
from people.services.subordination import above, below
from programs.models import ReportRequest, ReportSubmission
from programs.report_permissions import (
    can_ask_for_reports,
    can_decide_submissions,
    can_submit_reports,
)
from roadmap.models import Document

State = ReportSubmission.State
GONE = "Этот отчёт уже представлен или рассмотрен. Обновите страницу."


@transaction.atomic
def ask(*, by: Membership, on_day: dt.date, **values) -> ReportRequest:
    """Ask all schools that are under the authority on the key date; their curators are told.

    `values`: title, start, end, on, due_on, note and the thresholds of `Definitions`.
    """
    can_ask_for_reports(by).require()
    request = ReportRequest(organization=by.organization, asked_by=by, asked_on=on_day, **values)
    if request.due_on and request.due_on < on_day:
        raise RuleError("Срок уже прошёл. Укажите день не раньше сегодняшнего.", "due_on")
    request.full_clean()
    request.save()
    fresh = sync(request)
    if not fresh:
        raise RuleError("На ключевую дату вам никто не подчинён. Организации сами выбирают орган управления на странице «Организация».", "on")  # fmt: skip
    journal.record(by, "report_request.asked", request)
    return request


def sync(request: ReportRequest) -> list[ReportSubmission]:
    """Ask who is under the authority on the key date and was not asked; stop waiting for who is not (three queries and two writes)."""
    expected = set(schools_under(request.organization, request.on))
    rows = request.submissions.exclude(state=State.RETURNED)
    known = dict(rows.values_list("organization", "state"))
    gone = [pk for pk, state in known.items() if state == State.ASKED and pk not in expected]
    rows.filter(organization__in=gone, state=State.ASKED).delete()
    fresh = ReportSubmission.objects.bulk_create(
        ReportSubmission(organization_id=pk, request=request)
        for pk in sorted(expected - set(known))
    )
    tell(invitations(request, [row.organization_id for row in fresh]))
    return fresh


def schools_under(authority: Organization, day: dt.date) -> list[int]:
    """Ids of the organizations under the authority that are no authorities themselves."""
    ids = below(authority, day)
    schools = Organization.objects.filter(pk__in=ids).exclude(institution_type=Organization.Type.AUTHORITY)  # fmt: skip
    return list(schools.values_list("pk", flat=True))


def follow_authority(organization: Organization, *, days: Iterable[dt.date]) -> None:
    """The organization (with what is under it) changed its authority: open requests of the old and the new one follow."""
    over = set().union(*(above([organization.pk], day) for day in days))
    for request in ReportRequest.objects.filter(organization__in=over, state=ReportRequest.State.OPEN).select_related("organization"):  # fmt: skip
        sync(request)


def invitations(request: ReportRequest, schools: list[int]) -> list[Message]:
    text = f"Период: {request.start:%d.%m.%Y} – {request.end:%d.%m.%Y}, ключевая дата {request.on:%d.%m.%Y}."
    return [
        Message(person, "report_request", f"report_request:{request.pk}", f"До {request.due_on:%d.%m.%Y} представить отчёт: {request.title}", text, incoming_url(organization))
        for organization, person in curators_of(schools, request.asked_on)
    ]  # fmt: skip


def curators_of(schools: list[int], on: dt.date) -> list[tuple[Organization, Person]]:
    grants = RoleGrant.objects.active_on(on).filter(organization__in=schools, role__in=CURATORS)
    people = {grant.membership.person: grant.organization for grant in grants.select_related("organization", "membership__person")}  # fmt: skip
    return [(organization, person) for person, organization in people.items()]


def incoming_url(organization: Organization) -> str:
    return reverse("incoming_requests", args=[organization.slug])


def locked(row: ReportSubmission) -> ReportSubmission:
    rows = ReportSubmission.objects.select_for_update(of=("self",)).filter(organization=row.organization_id)  # fmt: skip
    return rows.select_related("request__organization", "organization", "document").get(pk=row.pk)


@transaction.atomic
def submit(row: ReportSubmission, *, document: Document | None, on: dt.date, by: Membership) -> ReportSubmission:  # fmt: skip
    """Hand in a report in force that was drafted for this request; the authority sees it as it is."""
    can_submit_reports(by).require()
    row = locked(row)
    if row.state != State.ASKED:
        raise RuleError(GONE)
    if row.request.state != ReportRequest.State.OPEN:
        raise RuleError("Сбор отчётов завершён. Свяжитесь с органом управления.")
    if document is None:
        raise RuleError("Отчёт ещё не составлен. Составьте его из списка запросов.")
    if document.organization_id != row.organization_id or document.values.get("request") != row.pk:
        raise RuleError("Этот отчёт составлен не по этому запросу. Составьте отчёт из списка запросов.")  # fmt: skip
    if document.state != Document.State.IN_FORCE:
        raise RuleError("Сначала руководитель утверждает и подписывает отчёт.")
    row.document, row.state, row.submitted_on, row.submitted_by = document, State.SUBMITTED, on, by
    row.full_clean()
    row.save(update_fields=["document", "state", "submitted_on", "submitted_by"])
    journal.record(by, "report.submitted", row)
    return row


@transaction.atomic
def mark_sent(document: Document, *, on: dt.date, way: str, by: Membership) -> ReportSubmission:
    """A report in force went to an authority outside the portal: the mark of its submission."""
    can_submit_reports(by).require()
    document = (
        Document.objects.of(by.organization).select_for_update(of=("self",)).get(pk=document.pk)
    )
    if document.kind != "authority_report" or document.state != Document.State.IN_FORCE:
        raise RuleError("Сначала руководитель утверждает и подписывает отчёт.")
    if document.dated_on and on < document.dated_on:
        raise RuleError("Отчёт не мог быть передан раньше, чем подписан.", "on")
    row = ReportSubmission(organization=by.organization, document=document, state=State.SUBMITTED, submitted_on=on, submitted_by=by, way=way)  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "report.submitted", row)
    return row


@transaction.atomic
def accept(row: ReportSubmission, *, on: dt.date, by: Membership) -> ReportSubmission:
    return decide(row, State.ACCEPTED, on=on, by=by, reason="")


@transaction.atomic
def return_report(row: ReportSubmission, *, reason: str, on: dt.date, by: Membership) -> ReportSubmission:  # fmt: skip
    """The paper stays as it was handed in; the school is asked anew and told why."""
    if not reason.strip():
        raise RuleError("Напишите, что исправить.", "reason")
    row = decide(row, State.RETURNED, on=on, by=by, reason=reason.strip())
    ReportSubmission.objects.create(organization=row.organization, request=row.request)
    tell(
        Message(person, "report_returned", f"report_returned:{row.pk}", f"Отчёт возвращён: {row.request.title}", reason, incoming_url(school))
        for school, person in curators_of([row.organization_id], on)
    )  # fmt: skip
    return row


def decide(row: ReportSubmission, state: str, *, on: dt.date, by: Membership, reason: str) -> ReportSubmission:  # fmt: skip
    can_decide_submissions(by).require()
    row = locked(row)
    if row.request.organization_id != by.organization_id or row.state != State.SUBMITTED:
        raise RuleError(GONE)
    row.state, row.decided_on, row.decided_by, row.return_reason = state, on, by, reason
    row.full_clean()
    row.save(update_fields=["state", "decided_on", "decided_by", "return_reason"])
    journal.record(by, f"submission.{state}", row.request)
    return row


def numbers(requests: Iterable[ReportRequest]) -> dict[int, dict[str, int]]:
    """{request: {state: schools}}; one query whatever the number of requests."""
    found = {request.pk: dict.fromkeys(State.values, 0) for request in requests}
    rows = ReportSubmission.objects.filter(request__in=list(found)).exclude(state=State.RETURNED)
    for request, state, number in rows.order_by().values_list("request", "state").annotate(number=Count("pk")):  # fmt: skip
        found[request][state] = number
    return {pk: {**states, "all": sum(states.values())} for pk, states in found.items()}
