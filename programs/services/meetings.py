"""Meetings of a pair: plan, repeat, note in three taps, say why not; private notes (R-612…R-621, R-208)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.working_hours import at_work
from people.models import Membership, Person
from people.services import journal
from people.services.notices import Message, tell
from programs.models import Meeting, MeetingPresence, PrivateNote, Program
from programs.models.programs import ProgramState
from programs.program_permissions import can_read_private_notes, can_work
from programs.services.program_drafts import locked

MOST_REPEATS = 40


@transaction.atomic
def plan_meeting(program: Program, *, starts_at: dt.datetime, by: Membership, weeks: int = 0, repeats: int = 0, **fields) -> list[Meeting]:  # fmt: skip
    """One meeting, or a row of them every `weeks` weeks within the term; people are told once."""
    program = locked(program)
    can_work(by, program).require()
    if program.state not in (ProgramState.APPROVED, ProgramState.RUNNING):
        raise RuleError("Встречи назначают, когда программа утверждена.")
    check_time(program, starts_at)
    starts = [starts_at]
    for number in range(1, min(repeats, MOST_REPEATS) + 1 if weeks else 0):
        following = starts_at + dt.timedelta(weeks=weeks * number)
        if timezone.localtime(following).date() > program.ends_on:
            break
        starts.append(following)
    rows = [Meeting(organization=program.organization, program=program, starts_at=moment, **fields) for moment in starts]  # fmt: skip
    for row in rows:
        row.full_clean(validate_constraints=False)
    Meeting.objects.bulk_create(rows)
    journal.record(by, "meeting.planned", program)
    tell(invitations(program, rows, by))
    return rows


def check_time(program: Program, starts_at: dt.datetime) -> None:
    day = timezone.localtime(starts_at).date()
    if not program.starts_on <= day <= program.ends_on:
        raise RuleError(f"Программа идёт с {program.starts_on:%d.%m.%Y} по {program.ends_on:%d.%m.%Y}. Выберите день внутри срока.", "starts_at")  # fmt: skip


def invitations(program: Program, rows: list[Meeting], by: Membership) -> list[Message]:
    first = timezone.localtime(rows[0].starts_at)
    people = [program.group.mentor, *program.group.mentees]
    return [
        Message(
            person=person, event="meeting.planned", key=f"meeting-{rows[0].pk}-planned",
            title=f"Встреча {first:%d.%m} в {first:%H:%M}", text=rows[0].topic or rows[0].get_type_display().capitalize(),
            url=program.get_absolute_url(),
        )
        for person in people if person.pk != by.person_id
    ]  # fmt: skip


def clashes(program: Program, starts_at: dt.datetime, minutes: int) -> list[str]:
    """Whose working hours the meeting falls into, as the card says (R-208); a warning, not a ban."""
    local = timezone.localtime(starts_at)
    people = [program.group.mentor, *program.group.mentees]
    return [
        f"{person.short_name} в это время работает ({person.working_hours}). Выберите другое время или попросите освобождение с заменой."
        for person in people
        if person.working_hours and at_work(person.working_hours, local, minutes)
    ]


def locked_meeting(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


@transaction.atomic
def move_meeting(meeting: Meeting, *, starts_at: dt.datetime, by: Membership, **fields) -> Meeting:
    program = locked(meeting.program)
    can_work(by, program).require()
    row = locked_meeting(meeting)
    if row.state != Meeting.State.PLANNED:
        raise RuleError("Встреча уже отмечена.")
    check_time(program, starts_at)
    row.starts_at = starts_at
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def note_meeting(meeting: Meeting, *, note: str, now: dt.datetime, by: Membership, present: list[Person] | None = None) -> Meeting:  # fmt: skip
    """It was held: what was done, who was there. A note days later is marked as late by its time."""
    program = locked(meeting.program)
    can_work(by, program).require()
    row = locked_meeting(meeting)
    if row.state != Meeting.State.PLANNED:
        raise RuleError("Итог этой встречи уже записан. Обновите страницу.")
    if row.starts_at > now:
        raise RuleError("Встреча ещё не началась: отметить её можно после начала.")
    people = [program.group.mentor, *program.group.mentees]
    there = people if present is None else [one for one in people if one in present]
    if len(there) < 2 and present is not None:
        raise RuleError("Встречаются хотя бы двое. Если встречи не было, отметьте «не состоялась».", "present")  # fmt: skip
    row.state, row.note, row.noted_at = Meeting.State.HELD, note.strip(), now
    row.full_clean()
    row.save(update_fields=["state", "note", "noted_at"])
    MeetingPresence.objects.bulk_create(
        MeetingPresence(organization=program.organization, meeting=row, person=one, present=one in there) for one in people
    )  # fmt: skip
    journal.record(by, "meeting.held", program)
    return row


@transaction.atomic
def miss_meeting(meeting: Meeting, *, reason: str, now: dt.datetime, by: Membership) -> Meeting:
    program = locked(meeting.program)
    can_work(by, program).require()
    row = locked_meeting(meeting)
    if row.state != Meeting.State.PLANNED:
        raise RuleError("Итог этой встречи уже записан. Обновите страницу.")
    if not reason.strip():
        raise RuleError("Напишите, почему встреча не состоялась.", "reason")
    row.state, row.missed_reason, row.noted_at = Meeting.State.MISSED, reason.strip(), now
    row.full_clean()
    row.save(update_fields=["state", "missed_reason", "noted_at"])
    journal.record(by, "meeting.missed", program)
    return row


@transaction.atomic
def log_meeting(program: Program, *, starts_at: dt.datetime, note: str, now: dt.datetime, by: Membership, present=None, **fields) -> Meeting:  # fmt: skip
    """A meeting that was held without being planned, or one of a paper programme: planned and noted at once."""
    if starts_at > now:
        raise RuleError("Эта встреча ещё не прошла. Назначьте её, а отметьте после начала.", "starts_at")  # fmt: skip
    program = locked(program)
    can_work(by, program).require()
    if program.state != ProgramState.RUNNING:
        raise RuleError("Проведённую встречу записывают, когда программа идёт.")
    check_time(program, starts_at)
    row = Meeting(organization=program.organization, program=program, starts_at=starts_at, **fields)
    row.full_clean()
    row.save()
    return note_meeting(row, note=note, now=now, by=by, present=present)


@transaction.atomic
def write_private_note(program: Program, *, text: str, by: Membership) -> PrivateNote:
    """Seen by the pair alone: no journal line, no notice."""
    can_read_private_notes(by, program).require()
    row = PrivateNote(organization=program.organization, program=program, person=by.person, text=text.strip())  # fmt: skip
    row.full_clean()
    row.save()
    return row


def private_notes(program: Program, *, by: Membership):
    """Rows for a member of the pair, nothing for anybody else."""
    rows = PrivateNote.objects.filter(program=program).select_related("person")
    return rows if can_read_private_notes(by, program) else rows.none()
