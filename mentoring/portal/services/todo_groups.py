"""«Что сделать сегодня» about the own pair."""

from django.db.models import QuerySet
from django.urls import reverse

from mentoring.core.keys import Key
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import Membership, Person
from programs.models import Agreement
from programs.models.groups import GroupState


def own_rows(asker: Asker) -> dict[str, QuerySet]:
    return {"proposed": proposed(asker.person)}


def proposed(person: Person | Key) -> QuerySet:
    return Agreement.objects.filter(person=person, state=Agreement.State.WAITING, group__state=GroupState.PROPOSED)  # fmt: skip


def own_lines(membership: Membership, found: dict[str, int]) -> list[Todo]:
    """A proposal that waits for the person's answer."""
    if not found["proposed"]:
        return []
    rows = proposed(membership.person).of(membership.organization)
    slug = membership.organization.slug
    return [
        Todo(
            "Ответить на предложение пары",
            reverse("my_group", args=[slug, row.group_id]),
            "wait",
            f"до {row.group.answer_by:%d.%m.%Y}" if row.group.answer_by else "",
        )
        for row in rows.select_related("group")
    ]
