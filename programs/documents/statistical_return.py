"""Form of statistical observation: numbers of participants, pairs, programmes and meetings of a period (R-222)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("figures", "За какой период", "participation"),
    Field("start", "Свои даты: с", "date", required=False, help="Заполните, если выбран период «свои даты»."),
    Field("end", "Свои даты: по", "date", required=False),
    Field("on", "Ключевая дата", "date", required=False, help="День, на который составлены сведения. Пусто – последний день периода или сегодня."),
    Field("addressee", "Кому", "text", required=False, help="Полное название органа. Пусто – учредитель."),
    Field("author", "Исполнитель", "person"),
    Field("note", "Пояснения", "long_text", required=False, help="Например, почему чисел стало меньше. Можно не заполнять."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`values["figures"]`: `services/participation.py: Return`, counted when the wording is written."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    found = values.get("figures")
    return {
        **context,
        "figures": found.figures if found else None,
        "sections": found.sections if found else [],
        "note": values.get("note"),
        "author": values.get("author"),
    }


def heading(context: dict) -> str:
    """Continues the word СВЕДЕНИЯ."""
    figures = context["figures"]
    words = f" за {figures.words}" if figures else ""
    return f"об участниках системы наставничества{words}"
