"""What this floor reminds of: tasks of orders, meetings of tomorrow, overdue lines, next steps with partners."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from people.models import Organization
from people.reminders import week
from people.services.notices import Message
from people.services.reminding import curators_on
from roadmap.models import Contact, Event, EventParticipant, Roadmap
from roadmap.services.order_tasks import open_tasks
from roadmap.services.plan import load_plan

SOON = dt.timedelta(days=3)


def tasks(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Three days before the term of a task and once when it is over."""
    for row in open_tasks(organization).filter(due_on__lte=day + SOON):
        late = row.due_on < day
        yield Message(
            person=row.person, event="order.task", key=f"task-{row.pk}-{'late' if late else 'soon'}",
            title=f"{'Срок прошёл' if late else 'Скоро срок'}: {row.text}"[:200],
            text=f"До {row.due_on:%d.%m.%Y}, {row.document.full_title}.",
            url=reverse("order_task_done", args=[organization.slug, row.pk]),
        )  # fmt: skip


def tomorrow(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Events of the next day, once to each who is on the list."""
    rows = EventParticipant.objects.of(organization).filter(
        event__state=Event.State.PLANNED, event__starts_at__date=day + dt.timedelta(days=1)
    )
    for row in rows.select_related("event", "person"):
        start = timezone.localtime(row.event.starts_at)
        yield Message(
            person=row.person, event="event.tomorrow", key=f"event-{row.event_id}-{start:%Y%m%d}",
            title=f"Завтра: {row.event.title}"[:200], text=f"{start:%d.%m.%Y в %H:%M}, {row.event.place or 'по ссылке'}.",
            url=reverse("event", args=[organization.slug, row.event_id]),
        )  # fmt: skip


def overdue(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Lines of the roadmap whose term is over, one line a week to each curator (R-218)."""
    roadmap = Roadmap.objects.of(organization).filter(closed_on=None).first()
    if roadmap is None:
        return
    late = load_plan(roadmap).overdue_on(day)
    for person in curators_on(organization, day) if late else ():
        yield Message(
            person=person, event="roadmap.overdue", key=f"overdue-{roadmap.pk}-{week(day)}",
            title=f"Просрочено в дорожной карте: {grammar.count(len(late), 'мероприятие')}",
            text=f"Первое: {late[0].node.title}"[:300],
            url=reverse("roadmap", args=[organization.slug, roadmap.pk]) + "?show=left",
        )  # fmt: skip


def next_steps(organization: Organization, day: dt.date) -> Iterator[Message]:
    """What was to come next with a partner, on its day, to the one who wrote it down (R-216)."""
    rows = Contact.objects.of(organization).filter(done=False, next_on__lte=day).exclude(next_step="")  # fmt: skip
    for row in rows.select_related("partner", "noted_by__person"):
        yield Message(
            person=row.noted_by.person, event="partner.next", key=f"contact-{row.pk}-next",
            title=f"{row.partner.title}: {row.next_step}"[:200], text=f"Записано {row.held_on:%d.%m.%Y}: {row.subject}.",
            url=reverse("partner", args=[organization.slug, row.partner_id]),
        )  # fmt: skip
