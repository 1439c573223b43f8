"""A school year replayed day by day: 60 people, 15 pairs; what must hold holds on every day of it.

On SQLite the year is lived once, with its reminders on (test_year_reminders.py), on PostgreSQL here.
"""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.db.models import F, Q

from people import reminders
from people.models import Consent, MentorProfile, Organization, Person
from people.services import consents, persons
from programs.models import (
    Award,
    Meeting,
    MentoringGroup,
    MentorReport,
    PlanItem,
    Program,
    ProgramPattern,
    ProgramResult,
    ProgramSurvey,
)
from programs.models.groups import GroupState
from programs.models.programs import ProgramState
from programs.services import (
    agreements,
    awards,
    completion,
    groups,
    meetings,
    pair_papers,
    patterns,
    plan_items,
    practices,
    program_changes,
    program_drafts,
    programs,
    reports,
    requests,
)
from roadmap.models import Document
from roadmap.services import approvals, drafts, sending
from tests.factories import make_person
from tests.people.makers_consents import make_consent
from tests.programs.makers import mentee_of, mentor_of
from tests.programs.makers_programs import fresh, moment

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
PAIRS, STAFF = 15, 60
CLOSING = dt.date(2027, 5, 24)
LETTERS = "АБВГДЕЖЗИКЛМНПРСТУФХЦЧШЭЮЯ"


def on(month: int, day: int) -> dt.date:
    return dt.date(2026 if month >= 9 else 2027, month, day)


class Year:
    """The people of the school and what they do on which day."""

    def __init__(self, school, curator, head):
        self.school, self.curator, self.head = school, curator, head
        self.mentors = [mentor_of(school, last_name=f"{LETTERS[number]}ремеева", capacity=1) for number in range(PAIRS + 2)]  # fmt: skip
        self.mentees = [
            mentee_of(school, last_name=f"{LETTERS[number]}авельева") for number in range(PAIRS)
        ]
        for number in range(STAFF - len(self.mentors) - len(self.mentees) - 2):
            make_person(school, last_name=f"{LETTERS[number]}орохова")
        self.member_of = {one.person_id: one for one in [*self.mentors, *self.mentees]}
        patterns.install(school)
        self.pattern = self.patterns().get(code="first_year")
        self.numbers = iter(range(1, 100))
        self.plan = {
            on(9, 10): self.propose, on(9, 14): self.answer, on(9, 16): self.order, on(9, 21): self.order_late,
            on(9, 25): self.begin_programs, on(9, 30): self.approve_programs, on(11, 9): self.lose_consent,
            on(11, 16): self.resume, on(12, 7): self.give_notice, on(12, 14): self.release, on(1, 12): self.ask_midterm,
            on(1, 18): self.replace_mentor, on(2, 8): self.propose_extension, on(2, 15): self.extend,
            on(3, 3): self.leave_school, on(4, 5): self.change_content, on(4, 12): self.finish_content,
            on(5, 17): self.write_reports, CLOSING: self.hold_closing, on(5, 27): self.complete_all,
            on(6, 10): self.reward, on(8, 20): self.complete_extended,
        }  # fmt: skip

    def patterns(self):
        return ProgramPattern.objects.of(self.school)

    def live(self, day: dt.date) -> None:
        for duty in reminders.DUTIES:
            duty(self.school, on=day)
        self.plan.get(day, lambda day: None)(day)
        self.work(day)

    def issue(self, document: Document, day: dt.date) -> Document:
        sending.send_for_approval(document, by=self.curator)
        document.refresh_from_db()
        approvals.approve(document, by=self.head, dated_on=day, number=f"{next(self.numbers)}-л", signed_on_paper=True, today=day)  # fmt: skip
        document.refresh_from_db()
        return document

    # ---- September: pairs ----------------------------------------------------------------------------------
    def propose(self, day: dt.date) -> None:
        for mentor, mentee in zip(self.mentors, self.mentees, strict=False):
            groups.propose(mentor.person, [mentee.person], on=day, by=self.curator, form="teacher_teacher", answer_by=day + dt.timedelta(days=7))  # fmt: skip

    def answer(self, day: dt.date) -> None:
        """Everybody agrees but one mentor; the next candidate is asked and agrees."""
        found = list(MentoringGroup.objects.of(self.school).order_by("pk"))
        for group in found[:-1]:
            self.accept(group, day)
        agreements.answer(found[-1].agreements.get(side="mentor"), accepted=False, on=day, by=self.curator, method="paper")  # fmt: skip
        again = groups.propose(self.mentors[PAIRS].person, [self.mentees[-1].person], on=day, by=self.curator)  # fmt: skip
        self.accept(again, day)

    def accept(self, group: MentoringGroup, day: dt.date) -> None:
        for row in group.agreements.all():
            agreements.answer(row, accepted=True, on=day, by=self.curator, method="paper")

    def order(self, day: dt.date) -> None:
        agreed = list(MentoringGroup.objects.filter(state=GroupState.ACCEPTED).order_by("pk"))
        self.issue(pair_papers.draft_pair_order(agreed[:-1], day=day, by=self.curator, starts_on=day), day)  # fmt: skip

    def order_late(self, day: dt.date) -> None:
        """A pair added by a later order (R-510)."""
        agreed = MentoringGroup.objects.filter(state=GroupState.ACCEPTED)
        self.issue(pair_papers.draft_pair_order(agreed, day=day, by=self.curator, starts_on=day), day)  # fmt: skip

    # ---- programmes ----------------------------------------------------------------------------------------
    def begin_programs(self, day: dt.date) -> None:
        for group in MentoringGroup.objects.filter(state=GroupState.ACTIVE).order_by("pk"):
            program = program_drafts.begin(group, starts_on=on(10, 1), ends_on=on(5, 31), on=day, by=self.curator, pattern=self.pattern)  # fmt: skip
            for person in [group.mentor, *group.mentees]:
                programs.agree(fresh(program), on=day, by=self.member_of[person.pk])

    def approve_programs(self, day: dt.date) -> None:
        for program in Program.objects.filter(state=ProgramState.AGREED):
            programs.approve(program, on=day, by=self.curator)

    def work(self, day: dt.date) -> None:
        """Each pair meets every other week on its weekday; lines of the plan are done on their day."""
        if day.weekday() > 4 or not on(10, 1) <= day <= CLOSING:
            return
        rows = Program.objects.filter(state=ProgramState.RUNNING, group__state=GroupState.ACTIVE)
        for program in rows.select_related("group__mentor"):
            mentor = self.member_of[program.group.mentor_id]
            if program.pk % 5 == day.weekday() and day.isocalendar().week % 2:
                starts = moment(day, 16)
                meetings.log_meeting(program, starts_at=starts, minutes=40, note="Работали по плану", now=starts + dt.timedelta(hours=1), by=mentor)  # fmt: skip
            for item in program.items.filter(state=PlanItem.State.PLANNED, due_on__lte=day):
                plan_items.complete_item(item, on=day, today=day, by=mentor, actual="Сделано")

    # ---- what happens in between -----------------------------------------------------------------------------
    def lose_consent(self, day: dt.date) -> None:
        person = self.mentees[0].person
        consent = Consent.objects.get(person=person, kind="data", state="given")
        consents.withdraw(consent, on=day, by=self.mentees[0], method="paper")
        assert not MentoringGroup.objects.active_on(day).filter(members__person=person).exists()

    def resume(self, day: dt.date) -> None:
        person = self.mentees[0].person
        make_consent(person, given_on=day)
        group = MentoringGroup.objects.get(members__person=person)
        values = {"group": group.pk, "action": "resume", "reason": "consent", "on": day.isoformat()}
        self.issue(drafts.create_draft(kind="release_order", day=day, by=self.curator, values=values), day)  # fmt: skip

    def group_of(self, number: int) -> MentoringGroup:
        rows = MentoringGroup.objects.filter(members__person=self.mentees[number].person)
        return rows.exclude(state=GroupState.ENDED).get()

    def give_notice(self, day: dt.date) -> None:
        """It cannot be refused; the earliest end is three working days later."""
        group = self.group_of(1)
        self.notice = requests.make_request(group, kind="mentor_notice", on=day, by=self.mentors[1], text="")  # fmt: skip
        assert self.notice.earliest_on == on(12, 11)

    def release(self, day: dt.date) -> None:
        group = self.notice.group
        values = {"group": group.pk, "action": "end", "reason": "mentor_notice", "on": day.isoformat()}  # fmt: skip
        self.issue(drafts.create_draft(kind="release_order", day=day, by=self.curator, values=values), day)  # fmt: skip

    def ask_midterm(self, day: dt.date) -> None:
        running = Program.objects.filter(state=ProgramState.RUNNING).select_related("group__mentor")
        completion.ask(running.prefetch_related("group__members__person"), stage="midterm", on=day, by=self.curator)  # fmt: skip

    def replace_mentor(self, day: dt.date) -> None:
        old = self.group_of(2)
        new = groups.propose(self.mentors[-1].person, old.mentees, on=day, by=self.curator, origin="replacement", follows=old)  # fmt: skip
        self.accept(new, day)
        values = {"group": new.pk, "starts_on": (day + dt.timedelta(days=1)).isoformat()}
        self.issue(drafts.create_draft(kind="replacement_order", day=day, by=self.curator, values=values), day)  # fmt: skip

    def propose_extension(self, day: dt.date) -> None:
        program = self.group_of(3).programs.get()
        self.change = program_changes.propose_change(program, kind="extension", new_ends_on=on(8, 25), reason="летняя практика", on=day, by=self.mentors[3])  # fmt: skip
        program_changes.answer_change(self.change, accepted=True, on=day, by=self.mentees[3])

    def extend(self, day: dt.date) -> None:
        change = program_changes.decide_change(self.change, approved=True, on=day, by=self.curator)
        self.issue(change.document, day)

    def leave_school(self, day: dt.date) -> None:
        persons.person_left(self.mentees[4].person, on=day, by=self.curator)

    def change_content(self, day: dt.date) -> None:
        program = self.group_of(5).programs.get()
        change = program_changes.propose_change(program, kind="content", text="Добавить мастерскую", reason="просьба коллег", on=day, by=self.mentees[5])  # fmt: skip
        change = program_changes.answer_change(change, accepted=True, on=day, by=self.mentors[5])
        program_changes.decide_change(change, approved=True, on=day, by=self.curator)
        plan_items.add_item(fresh(program), title="Мастерская", due_on=on(5, 10), category="community", by=self.mentees[5])  # fmt: skip

    def finish_content(self, day: dt.date) -> None:
        program_changes.finish_editing(self.group_of(5).programs.get(), on=day, by=self.curator)

    # ---- May and the summer ----------------------------------------------------------------------------------
    def write_reports(self, day: dt.date) -> None:
        for program in Program.objects.filter(state=ProgramState.RUNNING).select_related("group__mentor"):  # fmt: skip
            mentor = self.member_of[program.group.mentor_id]
            report = reports.own_report(program, by=mentor)
            reports.write_report(report, by=mentor, results="План идёт", recommendation="finish")
            reports.send_report(report, on=day, by=mentor)
            reports.decide_report(report, accepted=True, on=day, by=self.curator)

    def hold_closing(self, day: dt.date) -> None:
        for program in Program.objects.filter(state=ProgramState.RUNNING).select_related("group__mentor"):  # fmt: skip
            mentor, starts = self.member_of[program.group.mentor_id], moment(day, 14)
            meetings.log_meeting(program, starts_at=starts, type="closing", note="Итоги", now=starts + dt.timedelta(hours=1), by=mentor)  # fmt: skip
            for row in program.difficulties.all():
                plan_items.settle_difficulty(row, outcome="solved", by=mentor)
            for item in program.items.filter(state=PlanItem.State.PLANNED):
                plan_items.complete_item(item, on=day, today=day, by=mentor, actual="Сделано")

    def complete_all(self, day: dt.date) -> None:
        for program in Program.objects.filter(state=ProgramState.RUNNING, ends_on__lte=on(5, 31)):
            completion.complete(program, reason="plan_fulfilled", on=day, by=self.curator)

    def reward(self, day: dt.date) -> None:
        people = Person.objects.filter(program_results__role="mentor").distinct()[:3]
        rows = [awards.propose(person=one, kind="certificate", merit="за год работы", on=day, by=self.curator) for one in people]  # fmt: skip
        self.issue(awards.draft_order(rows, day=day, by=self.curator), day)
        done = Program.objects.filter(completion_reason="plan_fulfilled").first()
        practice = practices.draft_from_report(done, on=day, by=self.curator)
        practices.set_state(practice, state="collected", published=True, by=self.curator)

    def complete_extended(self, day: dt.date) -> None:
        (program,) = Program.objects.filter(state=ProgramState.RUNNING)
        completion.complete(program, reason="plan_fulfilled", on=day, by=self.curator)


# ---- what must hold on every day -----------------------------------------------------------------------------
def check_day(school: Organization, day: dt.date) -> None:
    check_pairs(school, day)
    check_programs(school, day)
    check_papers(school, day)


def check_pairs(school: Organization, day: dt.date) -> None:
    """One open pair a mentee, places kept, a working pair rests on an order in force, consents hold."""
    held = MentoringGroup.objects.filter(state__in=["active", "paused"]).select_related("document").prefetch_related("members__person", "pauses")  # fmt: skip
    mentees = [person.pk for group in held for person in group.mentees]
    assert len(mentees) == len(set(mentees)), day
    places = dict(MentorProfile.objects.of(school).values_list("person", "capacity"))
    for mentor, number in Counter(group.mentor_id for group in held).items():
        assert number <= places[mentor], day
    active = set(MentoringGroup.objects.active_on(day).values_list("pk", flat=True))
    consenting = set(Person.objects.with_consent(on=day).values_list("pk", flat=True))
    for group in held:
        assert group.document.state == "in_force", day
        assert group.document.dated_on <= group.starts_on, day
        people = {group.mentor_id, *(person.pk for person in group.mentees)}
        works = group.state == "active" and group.starts_on <= day
        assert (group.pk in active) == (works and people <= consenting), (day, group)


def check_programs(school: Organization, day: dt.date) -> None:
    rows = Program.objects.of(school).select_related("group").prefetch_related("versions", "outcomes")  # fmt: skip
    for program in rows:
        assert program.group.state != "ended" or program.state == "completed", (day, program)
        if program.state in ("approved", "running", "completed"):
            assert program.versions.all(), day
            last = list(program.versions.all())[-1].content
            assert last["ends_on"] == program.ends_on.isoformat(), (day, program)
            assert last["people"]["mentor"] == program.group.mentor_id, (day, program)
        if program.state == "running":
            assert program.running_since <= day, day
            assert program.group.state in ("active", "paused"), (day, program)
            assert not program.outcomes.all(), day
        if program.state == "completed":
            assert program.completion_reason in ("plan_fulfilled", "participant_initiative", "curator_initiative"), day  # fmt: skip
            assert program.completed_on <= day, day
            assert len(program.outcomes.all()) >= 2, day
    done = PlanItem.objects.filter(program__completion_reason="plan_fulfilled", state="planned")
    assert not done.exists(), day
    day_of = Meeting.objects.filter(program__in=rows)
    outside = Q(starts_at__date__gt=day) | Q(starts_at__date__lt=F("program__starts_on")) | Q(starts_at__date__gt=F("program__ends_on"))  # fmt: skip
    assert not day_of.filter(outside).exists(), day


def check_papers(school: Organization, day: dt.date) -> None:
    """Numbers once, nothing dated in the future, each pair in one order that began it."""
    papers = list(Document.objects.of(school).filter(state="in_force"))
    numbers = [(paper.register, paper.number_period, paper.number) for paper in papers]
    assert len(numbers) == len(set(numbers)), day
    assert all(paper.dated_on <= day for paper in papers), day
    begun = [pk for paper in papers if paper.kind == "pair_order" for pk in paper.values["groups"]]
    assert len(begun) == len(set(begun)), day
    for paper in (paper for paper in papers if paper.kind == "award_order"):
        states = Award.objects.filter(pk__in=paper.values["awards"]).values_list("state", flat=True)
        assert set(states) == {"given"}, day


def check_end() -> None:
    reasons = Counter(Program.objects.values_list("completion_reason", flat=True))
    assert reasons == {"plan_fulfilled": 13, "participant_initiative": 2}
    assert Program.objects.count() == ProgramResult.objects.filter(role="mentor").count() == PAIRS
    ended = Counter(MentoringGroup.objects.exclude(starts_on=None).values_list("end_reason", flat=True))  # fmt: skip
    assert ended == {"completed": 13, "mentor_notice": 1, "replaced": 1, "left": 1}
    assert MentorReport.objects.filter(state="accepted").count() == 13
    assert ProgramSurvey.objects.filter(stage="midterm").count() == 2 * 14
    kinds = Counter(Document.objects.filter(state="in_force").values_list("kind", flat=True))
    assert kinds == {"pair_order": 2, "release_order": 2, "replacement_order": 1, "extension_order": 1, "award_order": 1}  # fmt: skip


@pytest.mark.usefixtures("quick_papers")
@pytest.mark.req("R-602", "R-510", "R-701")
@pytest.mark.skipif(connection.vendor == "sqlite", reason="test_year_reminders.py lives it there")
def test_a_year_of_fifteen_pairs_holds_on_every_day(school, curator, head):
    year = Year(school, curator, head)
    day = FIRST
    while day <= LAST:
        year.live(day)
        check_day(school, day)
        day += dt.timedelta(days=1)
    check_end()
