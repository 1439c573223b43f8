"""The mentor's analytic report: filled from the log, sent, accepted or returned (D9, R-705)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import catalogues, journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on
from programs.models import Assignment, Difficulty, Meeting, MentorReport, PlanItem, Program
from programs.program_permissions import can_keep_programs, is_mentor

State = MentorReport.State
TEXTS = ("goals", "results", "solved", "remaining", "practice")


def own_report(program: Program, *, by: Membership) -> MentorReport:
    """The mentor's draft, filled from the log when it is opened first."""
    if not is_mentor(by, program):
        raise RuleError("Отчёт составляет наставник.")
    found = MentorReport.objects.filter(program=program).first()
    if found:
        return found
    report = MentorReport(organization=program.organization, program=program, **filled(program))
    report.full_clean()
    report.save()
    return report


def filled(program: Program) -> dict:
    """Words of the report from what the log knows."""
    titles = catalogues.titles(program.organization, "direction")
    by_direction: dict[str, list[str]] = {}
    for row in program.items.filter(state=PlanItem.State.DONE):
        line = f"{row.title}: {row.actual}" if row.actual else row.title
        by_direction.setdefault(titles.get(row.direction, "общее"), []).append(line)
    ended = {outcome: [] for outcome in Difficulty.Outcome.values}
    for row in program.difficulties.all():
        ended[row.outcome].append(row.title)
    partly = [f"{title} (частично)" for title in ended["partly"]]
    return {
        "goals": program.goal,
        "results": "\n".join(f"{name.capitalize()}: {'; '.join(lines)}." for name, lines in by_direction.items()),
        "solved": "; ".join([*ended["solved"], *partly]),
        "remaining": "; ".join([*ended["open"], *ended[""]]),
        "figures": figures(program),
    }  # fmt: skip


def figures(program: Program) -> dict:
    """Numbers of the log: plan, meetings with hours, tasks, difficulties; the share scored as D9 does."""
    items = program.items.exclude(state=PlanItem.State.CANCELLED)
    total, done = items.count(), items.filter(state=PlanItem.State.DONE).count()
    held = program.meetings.filter(state=Meeting.State.HELD)
    minutes = sum(held.values_list("minutes", flat=True))
    tasks = program.assignments
    return {
        "items": total, "items_done": done, "share": round(100 * done / total) if total else None, "score": score(done, total),
        "meetings": held.count(), "missed": program.meetings.filter(state=Meeting.State.MISSED).count(), "hours": round(minutes / 60, 1),
        "tasks": tasks.count(), "tasks_accepted": tasks.filter(state=Assignment.State.ACCEPTED).count(),
        "difficulties": program.difficulties.count(), "solved": program.difficulties.filter(outcome="solved").count(),
    }  # fmt: skip


def score(done: int, total: int) -> float | None:
    """100 % → 1, from 90 % → 0.9, from 80 % → 0.8, less → 0; None without a plan (D9)."""
    if not total:
        return None
    share = done / total
    return 1.0 if share >= 1 else 0.9 if share >= 0.9 else 0.8 if share >= 0.8 else 0.0


@transaction.atomic
def write_report(report: MentorReport, *, by: Membership, **fields) -> MentorReport:
    report = locked(report)
    check_open(report, by)
    for name, value in fields.items():
        setattr(report, name, value)
    report.full_clean()
    report.save(update_fields=list(fields))
    return report


def locked(report: MentorReport) -> MentorReport:
    rows = MentorReport.objects.select_for_update(of=("self",))
    return rows.select_related("program__group__mentor", "organization").get(pk=report.pk)


def check_open(report: MentorReport, by: Membership) -> None:
    if not is_mentor(by, report.program):
        raise RuleError("Отчёт составляет наставник.")
    if report.state not in (State.DRAFT, State.RETURNED):
        raise RuleError("Отчёт уже отправлен. Править его можно, если куратор вернёт.")


@transaction.atomic
def send_report(report: MentorReport, *, on: dt.date, by: Membership) -> MentorReport:
    """The figures are counted and frozen now."""
    report = locked(report)
    check_open(report, by)
    if not report.results.strip() or not report.recommendation:
        raise RuleError("Заполните результаты и рекомендацию.")
    report.state, report.sent_on, report.figures = State.SENT, on, figures(report.program)
    report.save(update_fields=["state", "sent_on", "figures"])
    journal.record(by, "report.sent", report.program)
    moment = timezone.now()
    tell(
        Message(person=one, event="report.sent", key=f"report-{report.pk}-{moment:%Y%m%d%H%M%S}", title=f"Отчёт наставника: {by.person.short_name}", url=report.get_absolute_url())
        for one in curators_on(report.organization, on)
    )  # fmt: skip
    return report


@transaction.atomic
def decide_report(report: MentorReport, *, accepted: bool, on: dt.date, by: Membership, remark: str = "") -> MentorReport:  # fmt: skip
    can_keep_programs(by).require()
    report = locked(report)
    if report.state != State.SENT:
        raise RuleError("Отчёт пока не отправлен или по нему уже есть решение.")
    if not accepted and not remark.strip():
        raise RuleError("Напишите, что дополнить.", "remark")
    report.state = State.ACCEPTED if accepted else State.RETURNED
    report.remark = "" if accepted else remark.strip()
    report.accepted_on, report.accepted_by = (on, by) if accepted else (None, None)
    report.full_clean()
    report.save(update_fields=["state", "remark", "accepted_on", "accepted_by"])
    journal.record(by, f"report.{report.state}", report.program)
    words = "Отчёт принят" if accepted else "Отчёт нужно дополнить"
    tell([Message(person=report.program.group.mentor, event="report.decided", key=f"report-{report.pk}-{report.state}-{timezone.now():%Y%m%d%H%M%S}", title=words, text=report.remark, url=report.get_absolute_url())])  # fmt: skip
    return report
