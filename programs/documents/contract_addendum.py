"""Additional agreement with an employed mentor (ТК РФ, ст. 351.8; 381-ФЗ): typed facts are not kept on the card."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("group", "Пара или группа", "any_group"),
    Field("contract_number", "Номер трудового договора", "text"),
    Field("contract_date", "Дата трудового договора", "date"),
    Field("content", "Содержание работы", "long_text"),
    Field("form", "Форма работы", "text", help="Например: очно, в рабочее время, по индивидуальному плану."),
    Field("starts_on", "Начало", "date"),
    Field("until", "Окончание", "date"),
    Field("pay", "Размер и условия оплаты", "long_text"),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    group = values.get("group")
    return {**context, "group": group, "mentor": group.mentor if group else None}


def heading(context: dict) -> str:
    """Continues the words of the kind."""
    return "к трудовому договору о наставничестве"
