"""«Сегодня» of an education authority: its open requests and what waits in them."""

from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from mentoring.portal.services.todo_line import Todo
from people.models import Membership
from programs.models import ReportRequest
from programs.report_permissions import (
    can_ask_for_reports,
    can_decide_submissions,
    can_read_requests,
)
from programs.services.report_requests import numbers

SHOWN = 12


def desk(membership: Membership) -> dict:
    """Lines to do and the newest requests with their progress; two queries."""
    if not can_read_requests(membership):
        return {"todo": [], "requests": [], "can_ask": False}
    rows = ReportRequest.objects.of(membership.organization).defer("summary")  # fmt: skip
    rows = list(rows[:SHOWN])
    found = numbers(rows)
    lines = []
    if can_decide_submissions(membership):
        lines += [to_decide(row, found[row.pk]["submitted"]) for row in rows if found[row.pk]["submitted"]]  # fmt: skip
    if can_ask_for_reports(membership):
        lines += [late(row, found[row.pk]["asked"]) for row in rows if row.late_on(timezone.localdate()) and found[row.pk]["asked"]]  # fmt: skip
    return {
        "todo": lines, "requests": [(row, found[row.pk]) for row in rows],
        "can_ask": can_ask_for_reports(membership), "new_url": reverse("report_request_new", args=[membership.organization.slug]),
    }  # fmt: skip


def to_decide(row: ReportRequest, number: int) -> Todo:
    return Todo(f"Рассмотреть: {grammar.count(number, 'отчёт')}", f"{row.get_absolute_url()}?state=submitted", "wait", row.title)  # fmt: skip


def late(row: ReportRequest, number: int) -> Todo:
    return Todo(f"Не представили в срок: {grammar.count(number, 'организация')}", f"{row.get_absolute_url()}?state=asked", "late", row.title)  # fmt: skip
