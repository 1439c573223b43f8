"""Agreement on cooperation with a partner (R-205)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context
from roadmap.documents.minutes import lines

FIELDS = (
    Field("partner", "С кем", "partner"),
    Field("acts_on", "На основании чего действует партнёр", "text", help="В родительном падеже: «Устава», «доверенности от …»."),
    Field("subject", "О чём договор", "text", help="«сопровождение молодых педагогов опытными методистами»."),
    Field("ours", "Что делает организация", "long_text", help="Каждая обязанность с новой строки."),
    Field("theirs", "Что делает партнёр", "long_text", help="Каждая обязанность с новой строки."),
    Field("until", "Действует по", "date"),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {
        **context,
        "partner": values.get("partner"),
        "ours": [line.rstrip(".;") for line in lines(values.get("ours"))],
        "theirs": [line.rstrip(".;") for line in lines(values.get("theirs"))],
    }


def heading(context: dict) -> str:
    """Continues the word ДОГОВОР."""
    return "о сотрудничестве в области наставничества педагогических работников"
