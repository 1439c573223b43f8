"""Template of the personalised programme, approved by the school (R-601): which sections a programme must fill."""

from programs.program_rules import NEEDED
from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("sections", "Какие разделы обязательны", "program_sections"),
    Field("note", "Указания к заполнению", "long_text", required=False),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`sections`: pairs (title of the section, whether it must be filled)."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    chosen = values.get("sections") or []
    return {**context, "sections": [(title, name in chosen) for name, title in NEEDED.items()]}


def heading(context: dict) -> str:
    return "персонализированной программы наставничества"
