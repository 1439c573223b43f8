"""The regulation on incentives for mentors (R-118): kinds, criteria, procedure (ТК РФ, ст. 135, 144, 191, 351.8)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field(
        "monthly_payment",
        "Размер ежемесячной выплаты",
        "text",
        help="Например: 10 процентов должностного оклада за каждого педагога, с которым работает наставник.",
    ),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    return base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)


def heading(context: dict) -> str:
    """Continues the word ПОЛОЖЕНИЕ."""
    return "о стимулировании наставников"
