"""Minutes of a body of the school: council of mentors, staff council, any other (R-204, R-505)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("body", "Заседание какого органа", "text", help="В родительном падеже: «совета наставников»."),
    Field("held_on", "Когда прошло", "date"),
    Field("chair", "Председатель", "person"),
    Field("secretary", "Секретарь", "person"),
    Field("present", "Присутствовали", "persons", required=False),
    Field("agenda", "Повестка дня", "long_text", help="Каждый вопрос с новой строки."),
    Field("heard", "Слушали", "long_text", required=False),
    Field("decided", "Решили", "long_text", help="Каждое решение с новой строки."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """Texts of several lines become lists, a line an item."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {
        **context,
        "agenda": lines(values.get("agenda")),
        "heard": lines(values.get("heard")),
        "decided": lines(values.get("decided")),
    }


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def heading(context: dict) -> str:
    """Continues the word ПРОТОКОЛ."""
    return f"заседания {context['values'].get('body') or '[[орган]]'}"
