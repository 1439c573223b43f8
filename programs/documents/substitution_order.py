"""Order on an exceptional release from duties with a named substitute (R-207)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("release", "Чья просьба", "duty_release"),
    Field("pay", "Как оплачивается замена", "text", required=False, help="Пусто – пункта об оплате не будет."),
    Field("controller", "Кому поручен контроль", "person", required=False),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {**context, "release": values.get("release")}


def heading(context: dict) -> str:
    return "Об освобождении от должностных обязанностей и замене"
