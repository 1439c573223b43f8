"""Programmes for tests: a draft with a plan, agreed, running, ready to be completed."""

import datetime as dt

from django.utils import timezone

from people.models import Membership
from programs.models import Meeting, MentoringGroup, MentorReport, Program
from programs.services import meetings, plan_items, program_drafts, programs, reports
from tests.programs.makers import DAY

TEXTS = {"goal": "Уверенно вести занятия", "tasks": "Освоить планирование.", "results": "Занятия без замечаний", "schedule": "Раз в неделю"}  # fmt: skip
ENDS = dt.date(2027, 5, 31)


def moment(day: dt.date, hour: int = 15) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=timezone.get_default_timezone())


def begin(group: MentoringGroup, by: Membership, **over) -> Program:
    values = {"starts_on": DAY, "ends_on": ENDS, "on": DAY, "title": "Первый год", **TEXTS, **over}
    return program_drafts.begin(group, by=by, **values)


def with_plan(program: Program, by: Membership, number: int = 2) -> Program:
    for place in range(number):
        plan_items.add_item(program, by=by, title=f"Шаг {place + 1}", due_on=DAY + dt.timedelta(days=30 * (place + 1)), category="learning", expected="Освоено", direction="method")  # fmt: skip
    return fresh(program)


def fresh(program: Program) -> Program:
    rows = Program.objects.select_related("organization", "group__mentor", "template")
    return rows.prefetch_related("group__members__person", "helpers").get(pk=program.pk)


def agree_all(program: Program, curator: Membership, *, on: dt.date = DAY) -> Program:
    for person in [program.group.mentor, *program.group.mentees]:
        programs.agree(program, person=person, on=on, by=curator)
    return fresh(program)


def running(group: MentoringGroup, curator: Membership, **over) -> Program:
    """Begun, planned, agreed by both, approved: it runs since the pair works."""
    program = agree_all(with_plan(begin(group, curator, **over), curator), curator)
    programs.approve(program, on=DAY, by=curator)
    return fresh(program)


def hold(program: Program, by: Membership, *, day: dt.date = DAY, type: str = "regular") -> Meeting:
    starts = moment(day)
    return meetings.log_meeting(program, starts_at=starts, type=type, minutes=45, mode="in_person", note="Поработали", now=starts + dt.timedelta(hours=2), by=by)  # fmt: skip


def finished_work(program: Program, mentor: Membership, curator: Membership, *, on: dt.date) -> Program:  # fmt: skip
    """Plan done, difficulties settled, closing meeting held, report accepted."""
    for item in program.items.filter(state="planned"):
        plan_items.complete_item(item, on=on, today=on, by=mentor, actual="Получилось")
    for row in program.difficulties.all():
        plan_items.settle_difficulty(row, outcome="solved", by=mentor)
    hold(program, mentor, day=on, type="closing")
    report = reports.own_report(fresh(program), by=mentor)
    reports.write_report(report, by=mentor, results="Занятия идут уверенно", recommendation="finish", practice="Разбор видео")  # fmt: skip
    reports.send_report(report, on=on, by=mentor)
    report = MentorReport.objects.get(program=program)
    reports.decide_report(report, accepted=True, on=on, by=curator)
    return fresh(program)
