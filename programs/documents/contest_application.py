"""Application for a contest (R-809, R-810)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("entry", "Кто участвует", "contest_entry"),
    Field("summary", "Краткое описание работы", "long_text"),
    Field("contacts", "Контакты участника", "text", required=False),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    entry = values.get("entry")
    return {**context, "entry": entry, "contest": entry.contest if entry else None}


def heading(context: dict) -> str:
    contest = context["contest"]
    return f"на участие в конкурсе «{contest.title}»" if contest else "на участие в конкурсе"
