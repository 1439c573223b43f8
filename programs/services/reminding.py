"""What this floor reminds of: proposals without an answer, mentees without a mentor (R-512)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from mentoring.core import grammar
from people.models import Organization
from people.services.notices import Message
from people.services.reminding import ASK_AGAIN_AFTER, curators_on
from programs.models import Agreement
from programs.models.groups import GroupState
from programs.services.waiting import waiting_cards


def unanswered(organization: Organization, day: dt.date) -> Iterator[Message]:
    """Proposals without an answer, once, three days after they were made."""
    rows = Agreement.objects.of(organization).filter(
        state=Agreement.State.WAITING, group__state=GroupState.PROPOSED,
        group__proposed_on__lte=day - ASK_AGAIN_AFTER,
    )  # fmt: skip
    for row in rows.select_related("person", "group"):
        until = row.group.answer_by
        yield Message(
            person=row.person,
            event="group.remind",
            key=f"group-{row.group_id}-remind",
            title="Предложение пары ждёт вашего ответа",
            text=f"Ответить можно до {until:%d.%m.%Y}." if until else "Можно согласиться или отказаться.",
            url=reverse("my_group", args=[organization.slug, row.group_id]),
        )  # fmt: skip


def without_pair(organization: Organization, day: dt.date) -> Iterator[Message]:
    """The search goes on: one line a month to each curator."""
    number = waiting_cards(organization, on=day).count()
    if not number:
        return
    for person in curators_on(organization, day):
        yield Message(
            person=person,
            event="group.search",
            key=f"search-{day:%Y-%m}",
            title=f"Без наставника: {grammar.count(number, 'человек')}",
            text="Продолжите поиск или назначьте сопровождение психолога.",
            url=reverse("waiting", args=[organization.slug]),
        )
