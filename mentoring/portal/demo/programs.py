"""Demo programmes: one that runs, one extended, one completed, one ended early, one that waits for approval."""

import datetime as dt

from django.utils import timezone

from mentoring.portal.demo.groups import DemoGroups
from people.models import Membership, Person
from programs.models import MentoringGroup, MentorReport, Program, ProgramPattern
from programs.models.groups import GroupState
from programs.services import (
    completion,
    meetings,
    patterns,
    plan_items,
    practices,
    program_changes,
    program_drafts,
    programs,
    reports,
    service_notes,
    tasks_and_help,
)

FORMER_MONTHS = 200
TEXTS = {
    "goal": "Уверенно вести занятия и документы", "results": "Занятия идут по плану, документы без замечаний",
    "schedule": "Раз в неделю после занятий",
}  # fmt: skip


class DemoPrograms:
    """Every step is a service call by the person who would make it; people without an account are on paper."""

    def __init__(self, groups: DemoGroups):
        self.demo = groups
        self.organization, self.curator = groups.organization, groups.curator

    def ago(self, days: int) -> dt.date:
        return self.demo.ago(days)

    def at(self, days: int, hour: int = 15) -> dt.datetime:
        return dt.datetime.combine(self.ago(days), dt.time(hour), tzinfo=timezone.get_default_timezone())  # fmt: skip

    def build(self) -> None:
        patterns.install(self.organization)
        rows = MentoringGroup.objects.of(self.organization).filter(state=GroupState.ACTIVE)
        rows = rows.exclude(mentor__kind=Person.Kind.PUPIL).exclude(members__person__kind=Person.Kind.PUPIL)  # fmt: skip
        groups = list(rows.order_by("starts_on", "pk").distinct())
        self.running = self.run(groups[0])
        self.extend(groups[1])
        self.complete(groups[2])
        self.end_early(groups[3])
        self.leave_for_approval(groups[-1])

    def mentor_of(self, program: Program) -> Membership:
        """The mentor's own membership, with today's roles."""
        member = Membership.objects.select_related("organization", "person", "user").prefetch_related("grants").get(person=program.group.mentor)  # fmt: skip
        member.current_roles = member.roles_on(self.demo.demo.day)
        return member

    def mentee_of(self, program: Program) -> Membership:
        member = Membership.objects.select_related("organization", "person", "user").prefetch_related("grants").get(person=program.group.mentees[0])  # fmt: skip
        member.current_roles = member.roles_on(self.demo.demo.day)
        return member

    def pattern(self, code: str) -> ProgramPattern:
        return ProgramPattern.objects.of(self.organization).get(code=code)

    def begin(self, group: MentoringGroup, code: str) -> Program:
        return program_drafts.begin(group, starts_on=group.starts_on, on=self.ago(7), by=self.curator, pattern=self.pattern(code))  # fmt: skip

    def agree(self, program: Program, on: dt.date) -> Program:
        for person in [program.group.mentor, *program.group.mentees]:
            programs.agree(program, person=person, on=on, by=self.curator)
        return program_drafts.locked(program)

    def run(self, group: MentoringGroup) -> Program:
        """From the bank, agreed, approved; meetings, a task, a question, a suggestion, a release from duties."""
        kind = self.organization.institution_type
        program = self.begin(group, "kinder_start" if kind == "kindergarten" else "first_year")
        program = programs.approve(self.agree(program, self.ago(6)), on=self.ago(6), by=self.approver())  # fmt: skip
        mentor, mentee = self.mentor_of(program), self.mentee_of(program)
        meetings.log_meeting(program, starts_at=self.at(5), type="organisational", minutes=40, mode="in_person", note="Познакомились, договорились о днях встреч", now=self.at(5, 18), by=mentor)  # fmt: skip
        meetings.plan_meeting(program, starts_at=self.at(-2), type="planning", mode="in_person", place="методический кабинет", by=mentor)  # fmt: skip
        item = program.items.first()
        plan_items.complete_item(item, on=self.ago(4), today=self.ago(4), by=mentor, actual="Документы разобраны, вопросы сняты")  # fmt: skip
        plan_items.comment(program, text="Добавить посещение занятий в параллельном классе", kind="suggestion", on=self.ago(3), by=mentee)  # fmt: skip
        (task,) = tasks_and_help.give(program, people=[mentee.person], title="Конспект занятия на выбор", on=self.ago(4), due_on=self.ago(-3), by=mentor)  # fmt: skip
        tasks_and_help.submit(task, result="Конспект готов, приложу на встрече.", by=mentee)
        call = tasks_and_help.ask(program, text="Как лучше рассадить детей для работы в парах?", now=self.at(3, 10), by=mentee)  # fmt: skip
        tasks_and_help.answer_help(call, answer="По интересам, а через неделю поменять.", now=self.at(3, 14), by=mentor)  # fmt: skip
        self.release(program, mentor)
        return program

    def approver(self) -> Membership:
        return self.demo.head if self.organization.head_approves_programs else self.curator

    def release(self, program: Program, mentor: Membership) -> None:
        """The mentor visits a lesson; a colleague stands in, by order."""
        pair = [program.group.mentor_id, *(one.pk for one in program.group.mentees)]
        staff = Person.objects.of(self.organization).active_on(self.ago(2)).filter(kind=Person.Kind.EMPLOYED)  # fmt: skip
        substitute = staff.exclude(pk__in=[*pair, self.demo.head.person_id]).order_by("pk").first()
        day = self.ago(1)
        row = service_notes.ask_release(program, person=mentor.person, substitute=substitute, starts_on=day, ends_on=day, hours="с 10:00 до 10:45", reason="посещение занятия возможно только в это время", on=self.ago(3), by=mentor)  # fmt: skip
        self.demo.issue(service_notes.draft_release(row, on=self.ago(3), by=self.curator), on=self.ago(2), number="")  # fmt: skip

    def paper_program(self, group: MentoringGroup, title: str, ends_on: dt.date) -> Program:
        return programs.enter_running(
            group, title=title, starts_on=self.ago(FORMER_MONTHS), ends_on=ends_on, approved_on=self.ago(FORMER_MONTHS),
            on=self.ago(6), by=self.curator, paper_plan="1. Посещение занятий с разбором\n2. Подготовка открытого занятия\n3. Выступление на методическом объединении",
            delivery_mode="mixed", forms=["teacher_teacher"], kinds=["traditional"], **TEXTS,
        )  # fmt: skip

    def extend(self, group: MentoringGroup) -> None:
        """Began on paper last year; both and the curator agreed to go on, the order is in force."""
        program = self.paper_program(group, "Современное занятие", self.ago(-20))
        mentor = self.mentor_of(program)
        change = program_changes.propose_change(program, kind="extension", new_ends_on=self.ago(-150), reason="впереди открытое занятие и аттестация", on=self.ago(5), by=mentor)  # fmt: skip
        for person in program.group.mentees:
            change = program_changes.answer_change(change, accepted=True, on=self.ago(5), by=self.curator, person=person)  # fmt: skip
        change = program_changes.decide_change(change, approved=True, on=self.ago(4), by=self.curator)  # fmt: skip
        self.demo.issue(change.document, on=self.ago(4), number="")

    def complete(self, group: MentoringGroup) -> None:
        """Plan done, report accepted, results in the cards, experience described; the pair goes on."""
        program = self.paper_program(group, "Цифровой помощник", self.ago(-10))
        mentor = self.mentor_of(program)
        for row in program.difficulties.all():
            plan_items.settle_difficulty(row, outcome="solved", by=mentor)
        meetings.log_meeting(program, starts_at=self.at(3), type="closing", minutes=45, mode="in_person", note="Подвели итоги года, решили продолжать", now=self.at(3, 18), by=mentor)  # fmt: skip
        report = reports.own_report(program, by=mentor)
        reports.write_report(report, by=mentor, results="Занятия идут по плану, открытое занятие проведено, коллеги пользуются памяткой.", recommendation="extend", practice="Видеоразбор занятия вдвоём: десять минут записи и три вопроса.")  # fmt: skip
        reports.send_report(report, on=self.ago(2), by=mentor)
        reports.decide_report(MentorReport.objects.get(pk=report.pk), accepted=True, on=self.ago(2), by=self.curator)  # fmt: skip
        completion.complete(program_drafts.locked(program), reason="plan_fulfilled", on=self.ago(2), by=self.curator, decision="continue")  # fmt: skip
        practice = practices.draft_from_report(program_drafts.locked(program), on=self.ago(1), by=self.curator)  # fmt: skip
        practices.change(practice, by=self.curator, method="Записали занятие, вдвоём посмотрели и выбрали один приём на неделю.")  # fmt: skip
        practices.set_state(practice, state="collected", by=self.curator)

    def end_early(self, group: MentoringGroup) -> None:
        program = self.begin(group, "lesson_methods")
        program = programs.approve(self.agree(program, self.ago(6)), on=self.ago(6), by=self.approver())  # fmt: skip
        completion.complete(program, reason="participant_initiative", on=self.ago(1), by=self.curator, text="Наставляемый готовится к аттестации: решили взять другую программу.")  # fmt: skip

    def leave_for_approval(self, group: MentoringGroup) -> None:
        self.agree(self.begin(group, "class_leader"), self.ago(1))
