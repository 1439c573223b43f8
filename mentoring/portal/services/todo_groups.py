"""«Что сделать сегодня» about pairs: proposals to answer, orders to draft, wishes to decide."""

from django.db.models import Count, Q
from django.urls import reverse

from mentoring.core import grammar
from mentoring.portal.services.todo_line import Todo
from people.models import Membership
from people.permissions import CURATORS, has_any
from programs.models import Agreement, GroupRequest, MentoringGroup
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


def curator_lines(membership: Membership) -> list[Todo]:
    """Agreed pairs without an order, pairs without a consent, open wishes; two queries."""
    if not has_any(membership, CURATORS):
        return []
    slug = membership.organization.slug
    counts = MentoringGroup.objects.of(membership.organization).aggregate(
        agreed=Count("pk", filter=Q(state=GroupState.ACCEPTED, document=None)),
        paused=Count("pk", filter=Q(state=GroupState.PAUSED)),
    )
    lines = []
    if counts["agreed"]:
        title = f"Составить приказ: {grammar.count(counts['agreed'], 'пара')}"
        lines.append(Todo(title, reverse("pair_order_new", args=[slug]), "work", "все согласны"))
    if counts["paused"]:
        title = f"Приостановлены: {grammar.count(counts['paused'], 'пара')}"
        lines.append(Todo(title, f"{reverse('groups', args=[slug])}?state=paused", "late", "нужно согласие или приказ"))  # fmt: skip
    open_requests = GroupRequest.objects.of(membership.organization).filter(state="open")
    return lines + [
        Todo(f"Решить: {row.get_kind_display()}", reverse("group", args=[slug, row.group_id]), "wait", row.person.short_name)
        for row in open_requests.select_related("person")
    ]  # fmt: skip
