"""Annual analytic report of the curator: figures frozen with the paper, conclusions to edit (R-221)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context
from roadmap.documents.minutes import lines

FIELDS = (
    Field("figures", "За какой период", "figures"),
    Field("author", "Кто составил", "person"),
    Field("conclusions", "Выводы", "long_text", required=False, help="Каждый вывод с новой строки. Пусто – портал составит черновик по цифрам."),
    Field("problems", "Трудности", "long_text", required=False),
    Field("plans", "Предложения на следующий год", "long_text", required=False),
)  # fmt: skip
SECTIONS = (
    ("Участники", ("I-10.1", "I-10.2", "I-10.3", "I-01", "I-02", "I-03", "I-04", "I-13")),
    ("Программы и планы", ("I-10.4", "I-07", "I-08.2", "I-08.3", "I-09")),
    ("Удовлетворённость и влияние", ("I-05", "I-06", "I-14", "I-17")),
    ("Развитие и признание", ("I-11", "I-12", "I-16.1", "I-16.2", "I-19", "I-15.1", "I-15.2")),
    ("Организация работы", ("I-18", "I-20")),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`values["figures"]`: `services/report_figures.py: Figures`, counted when the wording is written."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    figures = values.get("figures")
    by_code = {row.code: row for row in figures.rows} if figures else {}
    return {
        **context,
        "figures": figures,
        "sections": [(title, [by_code[code] for code in codes if code in by_code]) for title, codes in SECTIONS],
        "conclusions": lines(values.get("conclusions")) or (figures.conclusions if figures else []),
        "problems": lines(values.get("problems")),
        "plans": lines(values.get("plans")),
        "author": values.get("author"),
    }  # fmt: skip


def heading(context: dict) -> str:
    """Continues the word ОТЧЁТ."""
    figures = context["figures"]
    words = f" за {figures.words}" if figures else ""
    return f"куратора о реализации системы наставничества{words}"
