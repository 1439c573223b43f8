"""Order that replaces a mentor: one period ends, another begins (R-513)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("group", "Новая пара", "group", help="Пара с новым наставником, в которой согласны все."),
    Field("starts_on", "С какой даты", "date"),
    Field("reason", "Причина замены", "text", required=False,
          help="Попадёт в приказ. Например: в связи с длительным отпуском наставника."),
    Field("controller", "Кому поручен контроль", "person", required=False),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    group = values.get("group")
    return {**context, "group": group, "old": group.follows if group else None}


def heading(context: dict) -> str:
    return "О замене наставника"
