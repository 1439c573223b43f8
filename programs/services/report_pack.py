"""All mentors' reports of a period: which, the summary table, names in the archive (R-713)."""

import datetime as dt

from django.db.models import Prefetch

from mentoring.core.exports import xlsx
from people.models import Membership
from programs.models import GroupMember, MentorReport
from programs.report_permissions import can_read_reports

HEADINGS = ["Наставник", "Наставляемые", "Программа", "С", "По", "Принят", "Встреч", "Часов", "Пунктов выполнено", "Пунктов всего", "Рекомендация", "Что осталось"]  # fmt: skip


def reports_of(by: Membership, start: dt.date, end: dt.date):
    """Reports accepted within the period, both days inclusive; four queries."""
    can_read_reports(by).require()
    rows = MentorReport.objects.of(by.organization).filter(
        state="accepted", accepted_on__range=(start, end)
    )
    rows = rows.select_related("program__organization", "program__group__mentor", "organization")
    members = Prefetch("program__group__members", GroupMember.objects.select_related("person"))
    return rows.prefetch_related(members).order_by("program__group__mentor__last_name", "pk")


def summary(rows: list[MentorReport]) -> bytes:
    return xlsx(HEADINGS, [line(row) for row in rows])


def line(report: MentorReport) -> list:
    program, figures = report.program, report.figures
    return [
        program.group.mentor.full_name, ", ".join(one.full_name for one in program.group.mentees), program.title,
        program.starts_on, program.ends_on, report.accepted_on, figures.get("meetings", ""), figures.get("hours", ""),
        figures.get("items_done", ""), figures.get("items", ""), report.get_recommendation_display(), report.remaining,
    ]  # fmt: skip


def name_of(place: int, report: MentorReport) -> str:
    """«01 Орлова.pdf»: the number keeps equal names apart."""
    return f"{place:02d} {report.program.group.mentor.last_name}.pdf"
