"""Order that extends a programme agreed by both sides and the curator (R-625)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("change", "Какая программа", "program_extension", help="Те, на продление которых согласны все."),
    Field("controller", "Кому поручен контроль", "person", required=False),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    change = values.get("change")
    return {**context, "change": change, "group": change.program.group if change else None}


def heading(context: dict) -> str:
    return "О продлении персонализированной программы наставничества"
