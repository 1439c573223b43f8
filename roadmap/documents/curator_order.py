"""Order that appoints curators and the coordinator (R-117, R-209, R-210): personnel register, never public."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field(
        "curators",
        "Кураторы",
        "persons",
        help="Один или несколько; внешний куратор – по согласованию.",
    ),
    Field(
        "coordinator",
        "Координатор",
        "person",
        required=False,
        help="Если работу кураторов согласует отдельный человек.",
    ),
    Field("starts_on", "С какой даты", "date"),
    Field("roadmap_due", "Когда представить дорожную карту", "date"),
    Field("report_due", "Когда представить итоговый отчёт", "date"),
    Field(
        "regulation_details",
        "Каким приказом утверждено Положение",
        "text",
        required=False,
        help="Дата и номер. Например: от 1 сентября 2026 г. № 80/8.",
    ),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """The template compares each person with `head`: who appoints himself says «возлагаю на себя»."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    curators = list(values.get("curators") or ())
    return {
        **context,
        "curators": curators,
        "sole": len(curators) == 1,
        "pair": len(curators) == 2,
        "plural": len(curators) > 1,
        "coordinator": values.get("coordinator") or None,
    }


def heading(context: dict) -> str:
    """«О назначении кураторов и координатора …», as many as the order appoints."""
    curators = "кураторов" if context["plural"] else "куратора"
    if context["coordinator"]:
        return f"О назначении {curators} и координатора работы по наставничеству"
    return f"О назначении {curators} реализации программ наставничества"
