"""The regulation on the simple electronic signature in the portal (63-ФЗ, ст. 5, 6 ч. 2, 9)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field(
        "keeper",
        "Кто ведёт учёт присоединившихся",
        "person",
        help="Обычно куратор или сотрудник, который ведёт кадровые документы.",
    ),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    return base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)


def heading(context: dict) -> str:
    """Continues the word ПОЛОЖЕНИЕ."""
    return "о применении простой электронной подписи"
