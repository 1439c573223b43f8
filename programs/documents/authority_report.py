"""The school's report to its education authority: figures by the request's thresholds, beside its own where they differ (R-912)."""

from programs.documents.annual_report import SECTIONS
from roadmap.documents import Field
from roadmap.documents.context import base_context
from roadmap.documents.minutes import lines

FIELDS = (
    Field("request", "По какому запросу", "owed_report", required=False, help="Запроса нет в портале – выберите период сами."),
    Field("figures", "За какой период", "figures_any", required=False, help="Если отвечаете на запрос, период и пороги возьмутся из него."),
    Field("start", "Свои даты: с", "date", required=False),
    Field("end", "Свои даты: по", "date", required=False),
    Field("on", "Ключевая дата", "date", required=False),
    Field("addressee", "Кому", "text", required=False, help="Полное название органа управления. Пусто – учредитель или тот, кто запросил."),
    Field("author", "Исполнитель", "person"),
    Field("conclusions", "Выводы", "long_text", required=False, help="Каждый вывод с новой строки. Пусто – портал составит черновик по цифрам."),
    Field("problems", "Трудности и предложения", "long_text", required=False),
)  # fmt: skip
# What the authority collects (003, stage 9): I-01…I-08, I-10, I-12. Nothing else is told or frozen with the paper: what is
# frozen the authority can read.
REPORTED = frozenset({"I-01", "I-02", "I-03", "I-04", "I-05", "I-06", "I-07", "I-08.2", "I-08.3", "I-10.1", "I-10.2", "I-10.3", "I-10.4", "I-12"})  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`values["request"]`: `services/authority_reports.py: Owed`; without a request `values["figures"]`. Both are counted
    when the wording is written."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    owed = values.get("request")
    figures = owed.figures if owed else values.get("figures")
    figures = figures and figures.only(REPORTED)
    by_code = {row.code: row for row in figures.rows} if figures else {}
    sections = [(title, [by_code[code] for code in codes if code in by_code]) for title, codes in SECTIONS]  # fmt: skip
    return {
        **context,
        "owed": owed,
        "figures": figures,
        "sections": [(title, rows) for title, rows in sections if rows],
        "own": [(asked, own) for asked, own in owed.differences if asked.code in REPORTED] if owed else [],
        "conclusions": lines(values.get("conclusions")) or (figures.conclusions if figures else []),
        "problems": lines(values.get("problems")),
        "author": values.get("author"),
    }  # fmt: skip


def heading(context: dict) -> str:
    """Continues the word ОТЧЁТ."""
    figures = context["figures"]
    words = f" за {figures.words}" if figures else ""
    return f"о реализации системы наставничества педагогических работников{words}"
