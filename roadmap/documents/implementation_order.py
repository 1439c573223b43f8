"""Order that introduces (or carries on) the mentoring system (R-105)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

INTRODUCE, CARRY_ON = "introduce", "carry_on"
FIELDS = (
    Field(
        "mode",
        "О чём приказ",
        "choice",
        help="Внедряют систему один раз, реализуют – каждый учебный год.",
        choices=((INTRODUCE, "о внедрении системы"), (CARRY_ON, "о реализации системы")),
    ),
    Field(
        "year",
        "Учебный год",
        "text",
        required=False,
        help="Например: 2026/2027. Пусто – из дорожной карты.",
    ),
    Field("starts_on", "С какой даты", "date"),
    Field("papers_due", "Когда подготовить Положение и дорожную карту", "date"),
    Field("survey_due", "Когда провести анкетирование", "date"),
    Field("pairs_due", "Когда предложить пары и группы", "date"),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {**context, "introduced": values.get("mode") != CARRY_ON}


def heading(context: dict) -> str:
    """«О внедрении …» or «О реализации … в 2026/2027 учебном году»."""
    verb = "внедрении" if context["introduced"] else "реализации"
    whom = "педагогических работников"
    if context["with_pupils"]:
        whom += " и обучающихся"
    title = f"О {verb} системы (целевой модели) наставничества {whom}"
    if context["introduced"] or not context["year"]:
        return title
    return f"{title} в {context['year']} учебном году"
