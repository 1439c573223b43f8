"""Items of an order as tasks, and the working group that an order makes (R-218)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from roadmap.library_permissions import can_close_order_task, can_keep_order_tasks
from roadmap.models import Document, OrderTask, WorkingGroup, WorkingGroupMember
from roadmap.services.wording import resolved_values

DEAD = (Document.State.CANCELLED, Document.State.REPLACED)


@transaction.atomic
def add_task(document: Document, *, person: Person, text: str, due_on: dt.date | None = None, by: Membership) -> OrderTask:  # fmt: skip
    """An item of the order; the person sees it when the order is in force."""
    can_keep_order_tasks(by).require()
    if document.state in DEAD:
        raise RuleError("Документ больше не действует. Поручения записывают в действующий.")
    row = OrderTask(organization=by.organization, document=document, person=person, text=text.strip(), due_on=due_on)  # fmt: skip
    row.full_clean()
    row.save()
    journal.record(by, "order_task.added", row)
    return row


@transaction.atomic
def close_task(task: OrderTask, *, on: dt.date, by: Membership, note: str = "") -> None:
    can_close_order_task(by, task).require()
    if not OrderTask.objects.filter(pk=task.pk, done_on=None).update(done_on=on, done_note=note.strip()):  # fmt: skip
        raise RuleError("Поручение уже отмечено. Обновите страницу.")
    journal.record(by, "order_task.done", task)


@transaction.atomic
def remove_task(task: OrderTask, *, by: Membership) -> None:
    can_keep_order_tasks(by).require()
    if task.done_on:
        raise RuleError("Выполненное поручение не удаляют.")
    journal.record(by, "order_task.removed", task)
    task.delete()


def open_tasks(organization):
    """Tasks that wait: their order is in force and nobody has marked them."""
    rows = OrderTask.objects.of(organization).filter(done_on=None, document__state="in_force")
    return rows.select_related("document", "person")


def found_group(document: Document, *, by: Membership) -> None:
    """The order on a working group came into force: the group stands from the order's date."""
    values = resolved_values(document)
    leader, members = values["leader"], values["members"] or []
    group = WorkingGroup.objects.create(organization=document.organization, title=values["name"], document=document, starts_on=document.dated_on)  # fmt: skip
    others = {person.pk: person for person in members if person.pk != leader.pk}
    WorkingGroupMember.objects.bulk_create(
        WorkingGroupMember(
            organization=document.organization, group=group, person=person, leads=person is leader
        )
        for person in [leader, *others.values()]
    )
    journal.record(by, "working_group.founded", group)
