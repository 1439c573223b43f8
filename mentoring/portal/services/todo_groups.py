"""«Что сделать сегодня» about the own pair."""

from django.urls import reverse

from mentoring.portal.services.todo_line import Todo
from people.models import Membership
from programs.models import Agreement
from programs.models.groups import GroupState


def own_lines(membership: Membership) -> list[Todo]:
    """A proposal that waits for the person's answer."""
    rows = Agreement.objects.of(membership.organization).filter(
        person=membership.person, state=Agreement.State.WAITING, group__state=GroupState.PROPOSED
    )
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
