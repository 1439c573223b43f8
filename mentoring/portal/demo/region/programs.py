"""Programmes of the pairs: plan, meetings, how they ended."""

import datetime as dt
import json
from functools import cache

from django.conf import settings
from django.utils import timezone

from mentoring.portal.demo.region.schools import School, Year
from people.models import Person
from programs.models import Meeting, MeetingPresence, MentoringGroup, PlanItem, Program

LATE = {"approved": 0.1, "agreed": 0.06, "draft": 0.06}  # of programmes that should run
REASONS = {"completed": ("plan_fulfilled",) * 9 + ("participant_initiative",)}
EARLY = ("participant_initiative", "curator_initiative")
MISSED = ("болезнь", "замена уроков", "педагогический совет")


@cache
def patterns() -> list[dict]:
    """The bank of programmes that the portal brings."""
    return json.loads((settings.BASE_DIR / "fixtures/program_bank.json").read_text(encoding="utf-8"))  # fmt: skip


def build_programs(school: School) -> None:
    for year in school.years:
        for group, people in school.groups[year.start]:
            if group.starts_on:
                build_program(school, year, group, people)


def build_program(school: School, year: Year, group: MentoringGroup, people: list[Person]) -> None:
    pattern = school.chance.choice(patterns())
    texts = {name: pattern[name] for name in ("title", "goal", "tasks", "content", "results", "schedule", "conditions", "delivery_mode", "forms", "kinds", "directions")}  # fmt: skip
    program = school.add(
        Program, group=group, starts_on=group.starts_on, ends_on=year.day(5, 25), **texts, **state_of(school, year, group),
    )  # fmt: skip
    school.programs.append(program)
    plan(school, program, pattern)
    if program.running_since:
        meet(school, program, [group.mentor, *people])


def state_of(school: School, year: Year, group: MentoringGroup) -> dict:
    if group.state == "ended" or year.day(5, 25) < school.day:
        over = group.ends_on or year.day(5, 25)
        reason = school.chance.choice(REASONS.get(group.end_reason, EARLY if group.ends_on else ("plan_fulfilled",)))  # fmt: skip
        return {"state": "completed", "completed_on": over, "completion_reason": reason, **approval(school, group)}  # fmt: skip
    for state, share in LATE.items():
        if school.often(share):
            return {"state": state, "submitted_on": None if state == "draft" else group.starts_on}
    return {"state": "running", **approval(school, group)}


def approval(school: School, group: MentoringGroup) -> dict:
    day = group.starts_on
    return {"submitted_on": day, "approved_on": day, "approved_by": school.curator, "running_since": day}  # fmt: skip


def plan(school: School, program: Program, pattern: dict) -> None:
    """Lines of the pattern spread over the programme; what was due is mostly done."""
    length = (program.ends_on - program.starts_on).days
    over = program.completed_on or school.day
    for row in pattern["plan"]:
        due = program.starts_on + dt.timedelta(days=round(row["share"] * length))
        outcome = {}
        if due <= over and program.running_since:
            drawn = school.chance.random()
            if drawn < 0.88:
                outcome = {"state": "done", "done_on": due, "actual": row["expected"]}
            elif drawn < 0.92:
                outcome = {"state": "cancelled", "cancel_reason": "решили заниматься другим"}
        names = ("title", "direction", "form_of_work", "category", "expected")
        school.add(PlanItem, program=program, due_on=due, **{name: row[name] for name in names}, **outcome)  # fmt: skip


def meet(school: School, program: Program, people: list[Person]) -> None:
    """A meeting a month; the next one is planned."""
    chance = school.chance
    day, place = program.starts_on + dt.timedelta(days=3), 0
    while day <= (program.completed_on or program.ends_on):
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(14, 30)))
        kind = "organisational" if place == 0 else "regular"
        if day > school.day:
            school.add(Meeting, program=program, type=kind, starts_at=at, topic=program.title)
            return
        noted = {"state": "held", "noted_at": at + dt.timedelta(hours=2), "note": "Обсудили ход плана."}  # fmt: skip
        if school.often(0.08):
            noted = {"state": "missed", "noted_at": at, "missed_reason": chance.choice(MISSED)}
        meeting = school.add(Meeting, program=program, type=kind, starts_at=at, topic=program.title, **noted)  # fmt: skip
        if meeting.state == "held":
            for person in people:
                school.add(MeetingPresence, meeting=meeting, person=person, present=school.often(0.96))  # fmt: skip
        day, place = day + dt.timedelta(days=chance.randint(25, 35)), place + 1
