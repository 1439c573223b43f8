"""Order to hold an event: closing event, round table, council (R-710)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("event", "Событие", "event"),
    Field("aim", "С какой целью", "text", required=False, help="После слова «в целях»: «обобщения опыта наставников»."),
    Field("leader", "Кто отвечает за подготовку", "person"),
    Field("group", "Рабочая группа", "persons", required=False),
    Field("scenario_due", "Когда представить программу мероприятия", "date"),
    Field("news_due", "Когда рассказать о нём на сайте", "date", required=False),
    Field("controller", "Кто контролирует", "person", required=False, help="Пусто – руководитель."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    leader = values.get("leader")
    group = [one for one in values.get("group") or [] if one != leader]
    event = values.get("event")
    return {**context, "event": event, "group": group, "name": quoted(event.title) if event else ""}


def quoted(title: str) -> str:
    """In quotes, unless the title has some of its own: they are not nested."""
    return title if "«" in title else f"«{title}»"


CLOSING = "closing"


def heading(context: dict) -> str:
    """«О проведении итогового мероприятия в рамках …», else «О проведении мероприятия «…»»."""
    event = context["event"]
    if event and event.kind == CLOSING:
        return (
            "О проведении итогового мероприятия в рамках реализации целевой модели наставничества"
        )
    return f"О проведении мероприятия {context['name'] or '[[название]]'}"
