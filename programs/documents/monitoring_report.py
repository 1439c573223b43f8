"""Report on both stages of monitoring: process and influence, SWOT, conclusions to edit (R-707, R-708)."""

from programs.monitoring.influence import FEW
from programs.monitoring.process import PARTS
from roadmap.documents import Field
from roadmap.documents.context import base_context
from roadmap.documents.minutes import lines

FIELDS = (
    Field("figures", "За какой период", "monitoring"),
    Field("start", "Свои даты: с", "date", required=False, help="Заполните, если выбран период «свои даты»."),
    Field("end", "Свои даты: по", "date", required=False),
    Field("on", "Ключевая дата", "date", required=False, help="На неё считаются возраст, стаж и кто работает. Пусто – последний день периода или сегодня."),
    Field("author", "Кто составил", "person"),
    Field("conclusions", "Выводы", "long_text", required=False, help="Каждый вывод с новой строки. Пусто – портал составит черновик по цифрам."),
    Field("plans", "Предложения", "long_text", required=False, help="Каждое предложение с новой строки."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`values["figures"]`: `services/report_monitoring.py: MonitoringFigures`, counted when the wording is written."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    found = values.get("figures")
    return {
        **context,
        "figures": found.figures if found else None,
        "monitoring": found.found if found else None,
        "swot": [(title, found.swot[part]) for part, title in PARTS.items()] if found else [],
        "few": FEW,
        "conclusions": lines(values.get("conclusions")) or (found.conclusions if found else []),
        "plans": lines(values.get("plans")),
        "author": values.get("author"),
    }  # fmt: skip


def heading(context: dict) -> str:
    """Continues the word ОТЧЁТ."""
    figures = context["figures"]
    words = f" за {figures.words}" if figures else ""
    return f"о мониторинге реализации системы наставничества{words}"
