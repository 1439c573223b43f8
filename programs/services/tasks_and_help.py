"""Between meetings: tasks with a check, calls for help, helpers (R-223, R-226, R-234, R-618, R-620)."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import files, journal
from people.services.notices import Message, tell
from programs.models import Assignment, Helper, HelpRequest, Program
from programs.program_permissions import can_answer_help, can_ask_help, can_guide, can_work

State = Assignment.State


def message(person: Person, event: str, key: str, title: str, text: str, url: str) -> Message:
    return Message(person=person, event=event, key=key, title=title, text=text[:200], url=url)


@transaction.atomic
def give(program: Program, *, people: list[Person], title: str, on: dt.date, by: Membership, text: str = "", due_on: dt.date | None = None) -> list[Assignment]:  # fmt: skip
    """One task to each chosen mentee."""
    can_guide(by, program).require()
    mentees = program.group.mentees
    if due_on and due_on < on:
        raise RuleError("Срок задания уже прошёл.", "due_on")
    if not people or any(one not in mentees for one in people):
        raise RuleError("Выберите, кому задание.", "people")
    rows = [
        Assignment(organization=program.organization, program=program, person=one, title=title.strip(), text=text.strip(), given_on=on, due_on=due_on)
        for one in people
    ]  # fmt: skip
    for row in rows:
        row.full_clean()
        row.save()
    tell(message(row.person, "task.given", f"task-{row.pk}", f"Задание: {row.title}", row.text, row.get_absolute_url()) for row in rows)  # fmt: skip
    return rows


def locked_task(task: Assignment) -> Assignment:
    return Assignment.objects.select_for_update(of=("self",)).select_related("program__group__mentor", "organization", "person").get(pk=task.pk)  # fmt: skip


@transaction.atomic
def submit(task: Assignment, *, result: str, by: Membership, file=None) -> Assignment:
    row = locked_task(task)
    can_work(by, row.program).require()
    if row.person_id != by.person_id:
        raise RuleError("Сдаёт тот, кому дано задание.")
    if row.state not in (State.GIVEN, State.RETURNED):
        raise RuleError("Задание уже сдано. Обновите страницу.")
    if not result.strip() and not file:
        raise RuleError("Напишите результат или приложите файл.", "result")
    row.result, row.state = result.strip(), State.SUBMITTED
    if file:
        row.file = files.store_attachment(file, by=by, purpose="assignment", owner_id=row.pk)
    row.full_clean()
    row.save(update_fields=["result", "state", "file"])
    mentor = row.program.group.mentor
    tell([message(mentor, "task.submitted", f"task-{row.pk}-{timezone.now():%Y%m%d%H%M%S}", f"Сдано: {row.title}", row.result, row.get_absolute_url())])  # fmt: skip
    return row


@transaction.atomic
def check(task: Assignment, *, accepted: bool, verdict: str, on: dt.date, by: Membership) -> Assignment:  # fmt: skip
    """The mentor checks in person: accepted, or to be done better with a word why (R-226)."""
    row = locked_task(task)
    can_guide(by, row.program).require()
    if row.state != State.SUBMITTED:
        raise RuleError("Проверять пока нечего: задание не сдано.")
    if not accepted and not verdict.strip():
        raise RuleError("Напишите, что доработать.", "verdict")
    row.state = State.ACCEPTED if accepted else State.RETURNED
    row.verdict, row.checked_on = verdict.strip(), on
    row.full_clean()
    row.save(update_fields=["state", "verdict", "checked_on"])
    words = "Задание принято" if accepted else "Задание нужно доработать"
    tell([message(row.person, "task.checked", f"task-{row.pk}-{row.state}-{timezone.now():%Y%m%d%H%M%S}", f"{words}: {row.title}", row.verdict, row.get_absolute_url())])  # fmt: skip
    return row


@transaction.atomic
def ask(program: Program, *, text: str, by: Membership, now: dt.datetime) -> HelpRequest:
    """Help without a schedule: mentor and helpers are told."""
    can_ask_help(by, program).require()
    row = HelpRequest(organization=program.organization, program=program, person=by.person, text=text.strip(), asked_at=now)  # fmt: skip
    row.full_clean()
    row.save()
    helpers = [one.person for one in program.helpers.filter(state="accepted").select_related("person")]  # fmt: skip
    tell(message(one, "help.asked", f"help-{row.pk}", f"Вопрос: {by.person.short_name}", row.text, program.get_absolute_url()) for one in [program.group.mentor, *helpers])  # fmt: skip
    return row


@transaction.atomic
def answer_help(row: HelpRequest, *, answer: str, by: Membership, now: dt.datetime) -> HelpRequest:
    can_answer_help(by, row.program).require()
    if row.answered_at:
        raise RuleError("На этот вопрос уже ответили.")
    if not answer.strip():
        raise RuleError("Напишите ответ.", "answer")
    row.answer, row.answered_at, row.answered_by = answer.strip(), now, by.person
    row.full_clean()
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    tell([message(row.person, "help.answered", f"help-{row.pk}-answer", "Наставник ответил на вопрос", row.answer, row.program.get_absolute_url())])  # fmt: skip
    return row


@transaction.atomic
def invite_helper(program: Program, *, person: Person, topic: str, on: dt.date, by: Membership) -> Helper:  # fmt: skip
    """The mentor asks a colleague, who accepts or declines (R-223)."""
    can_guide(by, program).require()
    if person.pk in {program.group.mentor_id, *(one.pk for one in program.group.mentees)}:
        raise RuleError("Этот человек уже участник программы.", "person")
    row = Helper(organization=program.organization, program=program, person=person, topic=topic.strip(), invited_on=on)  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "helper.invited", program)
    url = reverse("my_programs", args=[program.organization.slug])
    tell([message(person, "helper.invited", f"helper-{row.pk}", f"{by.person.short_name} просит помочь в программе", row.topic, url)])  # fmt: skip
    return row


@transaction.atomic
def answer_invitation(row: Helper, *, accepted: bool, on: dt.date, by: Membership) -> Helper:
    if row.person_id != by.person_id:
        raise RuleError("Отвечает тот, кого пригласили.")
    state = Helper.State.ACCEPTED if accepted else Helper.State.DECLINED
    if not Helper.objects.filter(pk=row.pk, state=Helper.State.INVITED).update(state=state, answered_on=on):  # fmt: skip
        raise RuleError("Вы уже ответили.")
    row.refresh_from_db()
    words = "согласился(лась) помочь" if accepted else "не сможет помочь"
    mentor = row.program.group.mentor
    tell([message(mentor, "helper.answered", f"helper-{row.pk}-answer", f"{row.person.short_name} {words}", row.topic, row.program.get_absolute_url())])  # fmt: skip
    return row
