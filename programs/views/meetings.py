"""Meetings on a phone: plan, note in three taps, say why not; private notes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from people.pages import member_page
from programs import program_permissions as rights
from programs.forms.work import (
    LogForm,
    MeetingForm,
    MissForm,
    NoteForm,
    PlanMeetingForm,
    PrivateNoteForm,
    next_hour,
)
from programs.models import Meeting
from programs.services import meetings
from programs.views.pages import form_page, form_view, own_program, program_crumbs
from programs.views.plan import part


def own_meeting(request, pk) -> Meeting:
    row = get_object_or_404(Meeting.objects.of(request.school), pk=pk)
    row.program = own_program(request, row.program_id)
    return row


def warned(request, program, starts_at, minutes: int) -> None:
    """A clash with working hours is said, not forbidden (R-208)."""
    for line in meetings.clashes(program, starts_at, minutes):
        messages.warning(request, line)


@member_page
def meeting_new(request, pk):
    shown = own_program(request, pk)
    rights.can_work(request.membership, shown).require()
    first = "regular" if shown.meetings.exists() else "organisational"
    form = PlanMeetingForm(request.POST or None, initial={"starts_at": next_hour(), "mode": shown.delivery_mode, "type": first})  # fmt: skip
    if form.submitted_to(meetings.plan_meeting, shown, by=request.membership):
        rows = form.result
        messages.success(request, f"Назначено встреч: {len(rows)}.")
        warned(request, shown, rows[0].starts_at, rows[0].minutes)
        return redirect(part(shown, "meetings"))
    return form_view(request, form, title="Назначить встречу", back=part(shown, "meetings"), submit="Назначить", crumbs=program_crumbs(shown))  # fmt: skip


@member_page
def meeting_log(request, pk):
    """A meeting that has been already."""
    shown = own_program(request, pk)
    rights.can_work(request.membership, shown).require()
    form = LogForm(shown, request.POST or None, initial={"mode": shown.delivery_mode})
    if form.submitted_to(meetings.log_meeting, shown, now=timezone.now(), by=request.membership):
        messages.success(request, "Встреча записана.")
        return redirect(part(shown, "meetings"))
    return form_view(request, form, title="Записать прошедшую встречу", back=part(shown, "meetings"), submit="Записать", crumbs=program_crumbs(shown))  # fmt: skip


@member_page
def meeting(request, pk):
    """One meeting: the note is on the page itself, so that it takes three taps."""
    row = own_meeting(request, pk)
    allowed = rights.can_work(request.membership, row.program)
    form = NoteForm(row.program, request.POST or None)
    if request.method == "POST":
        allowed.require()
    if form.submitted_to(meetings.note_meeting, row, now=timezone.now(), by=request.membership):
        messages.success(request, "Итог встречи записан.")
        return redirect(part(row.program, "meetings"))
    context = {
        "meeting": row, "program": row.program, "form": form, "begun": row.starts_at <= timezone.now(),
        "can_work": allowed, "presence": row.presence.select_related("person"),
        "clashes": meetings.clashes(row.program, row.starts_at, row.minutes) if row.state == "planned" else [],
    }  # fmt: skip
    return render(request, "programs/programs/meeting.html", context)


@member_page
def meeting_move(request, pk):
    row = own_meeting(request, pk)
    rights.can_work(request.membership, row.program).require()
    names = ("minutes", "type", "mode", "place", "link", "topic")
    initial = {"starts_at": timezone.localtime(row.starts_at), **{name: getattr(row, name) for name in names}}  # fmt: skip
    form = MeetingForm(request.POST or None, initial=initial)
    if form.submitted_to(meetings.move_meeting, row, by=request.membership):
        messages.success(request, "Встреча изменена.")
        warned(request, row.program, form.result.starts_at, form.result.minutes)
        return redirect(part(row.program, "meetings"))
    return form_view(request, form, title="Изменить встречу", back=row, crumbs=program_crumbs(row.program))  # fmt: skip


@member_page
def meeting_miss(request, pk):
    row = own_meeting(request, pk)
    rights.can_work(request.membership, row.program).require()
    form = MissForm(request.POST or None)
    if form.submitted_to(meetings.miss_meeting, row, now=timezone.now(), by=request.membership):
        messages.success(request, "Записано.")
        return redirect(part(row.program, "meetings"))
    return form_view(request, form, title="Встреча не состоялась", back=row, submit="Записать", crumbs=program_crumbs(row.program))  # fmt: skip


@member_page
def private_note(request, pk):
    """Seen by the pair alone; said on the page."""
    shown = own_program(request, pk)
    rights.can_read_private_notes(request.membership, shown).require()
    form = PrivateNoteForm(request.POST or None)
    lead = "Эту запись увидят только участники пары. Ни куратор, ни руководитель её не прочтут."
    return form_page(
        request, form, meetings.write_private_note, shown, title="Запись для себя",
        submit="Сохранить", done="Запись сохранена.", back=part(shown, "meetings"), of=shown,
        lead=lead,
    )  # fmt: skip
