"""People who take part, their programmes and meetings, and the form that counts them."""

import datetime as dt

from django.utils import timezone

from people.models import Organization
from programs.models import GroupMember, Meeting, MentoringGroup, Program
from roadmap.models import Document
from roadmap.services import drafts
from tests.factories import make_person
from tests.programs.test_indicators import END, pair

NOON = dt.time(9, tzinfo=dt.UTC)


def program(group: MentoringGroup, starts_on: dt.date, **over) -> Program:
    values = {"title": "Первый год", "ends_on": max(starts_on, END), "state": "running", "running_since": starts_on}  # fmt: skip
    return Program.objects.create(organization=group.organization, group=group, starts_on=starts_on, **{**values, **over})  # fmt: skip


def ended(group: MentoringGroup, starts_on: dt.date, on: dt.date, reason: str, **over) -> Program:
    return program(group, starts_on, state="completed", completed_on=on, completion_reason=reason, **over)  # fmt: skip


def meeting(of: Program, day: dt.date, minutes: int, state: str = "held") -> Meeting:
    at = dt.datetime.combine(day, NOON)
    return Meeting.objects.create(organization=of.organization, program=of, starts_at=at, minutes=minutes, state=state, noted_at=None if state == "planned" else at)  # fmt: skip


def taking_part(school: Organization) -> dict:
    """Three mentors of three kinds, four mentees; a pair, a group of two, one that ended before the period."""
    mentors = [make_person(school, last_name="Орлова"), make_person(school, last_name="Гостев", kind="external", institution="колледж"), make_person(school, last_name="Юнкин", kind="pupil")]  # fmt: skip
    mentees = [make_person(school, last_name=f"Зимин{letter}", kind=kind) for letter, kind in (("а", "employed"), ("б", "employed"), ("в", "employed"), ("г", "pupil"))]  # fmt: skip
    first = pair(mentors[0], mentees[0])
    group = pair(mentors[1], mentees[1])
    GroupMember.objects.create(organization=school, group=group, person=mentees[2], starts_on=dt.date(2026, 12, 1))  # fmt: skip
    old = pair(mentors[0], mentees[2], starts=dt.date(2025, 10, 1), ends=dt.date(2026, 5, 1))
    pupils = pair(mentors[2], mentees[3])
    pair(mentors[0], mentees[3], state="accepted")
    return {"first": first, "group": group, "old": old, "pupils": pupils, "mentors": mentors}


def a_return(curator, **values) -> Document:
    answers = {"figures": "2026", "author": curator.person_id, **values}
    return drafts.create_draft(kind="statistical_return", day=timezone.localdate(), by=curator, values=answers)  # fmt: skip
