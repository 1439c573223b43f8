"""What this floor does and reminds of daily about programmes: begin, meetings without a note, overdue lines, stuck pairs."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from people.models import Organization
from people.services.notices import Message
from people.services.reminding import curators_on
from programs.models import Meeting, PlanItem, Program
from programs.models.programs import ProgramState
from programs.program_rules import signals
from programs.services.programs import start_due

NOTE_AFTER = dt.timedelta(days=1)


def start_running(organization: Organization, *, on: dt.date) -> int:
    return start_due(organization, on=on)


def running(organization: Organization):
    rows = Program.objects.of(organization).filter(state=ProgramState.RUNNING)
    return rows.select_related("group__mentor", "organization").prefetch_related("meetings", "items", "group__members__person")  # fmt: skip


def meetings(organization: Organization, day: dt.date) -> Iterator[Message]:
    """A meeting that was yesterday or earlier and has no note, once to the mentor."""
    rows = Meeting.objects.of(organization).filter(state=Meeting.State.PLANNED, program__state=ProgramState.RUNNING, starts_at__date__lte=day - NOTE_AFTER)  # fmt: skip
    for row in rows.select_related("program__group__mentor", "organization"):
        when = timezone.localtime(row.starts_at)
        yield Message(
            person=row.program.group.mentor, event="meeting.note", key=f"meeting-{row.pk}-note",
            title=f"Отметьте встречу {when:%d.%m}", text="Прошла или не состоялась – это три нажатия.", url=row.get_absolute_url(),
        )  # fmt: skip


def overdue(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Lines of the plan whose day has passed, once a line to both sides (R-237)."""
    rows = PlanItem.objects.of(organization).filter(state=PlanItem.State.PLANNED, due_on__lt=day, program__state=ProgramState.RUNNING)  # fmt: skip
    rows = rows.select_related("program__group__mentor", "program__organization").prefetch_related("program__group__members__person")  # fmt: skip
    for row in rows:
        group = row.program.group
        for person in [group.mentor, *group.mentees]:
            yield Message(
                person=person, event="program.overdue", key=f"item-{row.pk}-overdue-{row.due_on}",
                title=f"Срок прошёл: {row.title}"[:200], text=f"По плану до {row.due_on:%d.%m.%Y}.", url=row.program.get_absolute_url(),
            )  # fmt: skip


def stuck(organization: Organization, day: dt.date) -> Iterator[Message]:
    """One line a month to each curator: how many programmes have stopped (R-218)."""
    number = sum(bool(signals(program, day)) for program in running(organization))
    if not number:
        return
    for person in curators_on(organization, day):
        yield Message(
            person=person, event="program.stuck", key=f"stuck-{day:%Y-%m}",
            title=f"Требуют внимания: {grammar.count(number, 'программа')}", text="Нет встреч, дат или есть просрочка.",
            url=reverse("programs", args=[organization.slug]) + "?stuck=on",
        )  # fmt: skip
