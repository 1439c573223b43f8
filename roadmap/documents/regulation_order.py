"""Order that approves the regulation and the roadmap as its numbered annexes (R-106)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context
from roadmap.kinds import full_title

FIELDS = (
    Field("effective_from", "С какой даты документы действуют", "date"),
    Field("acquaint_due", "До какой даты ознакомить работников", "date"),
    Field(
        "basis",
        "На основании чего",
        "text",
        required=False,
        help="В родительном падеже. Например: решения общего собрания работников "
        "(протокол от 30 августа 2026 г. № 1).",
    ),
    Field(
        "cancels",
        "Какой приказ утрачивает силу",
        "text",
        required=False,
        help="Дата, номер и заголовок. Например: от 1 сентября 2024 г. № 15.",
    ),
)


APPROVED = {
    "regulation": "Положения о системе (целевой модели) наставничества педагогических работников",
    "target_model": "Целевой модели наставничества",
    "incentive_regulation": "Положения о стимулировании наставников",
    "signature_regulation": "Положения о применении простой электронной подписи",
    "roadmap": "плана мероприятий (дорожной карты) по наставничеству",
}


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`annexes`: dicts with `number`, `kind` (code) and `title` of the document, in their order."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    approved = [{**annex, "title": full_title(annex["kind"], annex["title"])} for annex in annexes]
    kinds = [annex["kind"] for annex in approved]
    return {
        **context,
        "annexes": approved,
        "kinds": kinds,
        "several": len(approved) != 1,
        "single": approved[0]
        if len(approved) == 1 and reads_as_object(approved[0]["title"])
        else None,
        "has_roadmap": "roadmap" in kinds,
    }


def reads_as_object(title: str) -> bool:
    """«Утвердить Положение …»: neuter and masculine titles need no other case."""
    return title.startswith(("Положение", "План"))


def heading(context: dict) -> str:
    """«Об утверждении Положения … и плана мероприятий …»: what the annexes are."""
    named = [APPROVED[kind] for kind in context["kinds"] if kind in APPROVED]
    named = named or [APPROVED["regulation"]]
    last = f" и {named[-1]}" if len(named) > 1 else ""
    return "Об утверждении " + ", ".join(named[:-1] or named) + last
