"""Order that makes a working group: leader, members, what it prepares and when."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("name", "Название группы", "text", help="После слов «рабочая группа»: «по внедрению системы наставничества»."),
    Field("leader", "Руководитель группы", "person"),
    Field("members", "Члены группы", "persons"),
    Field("task", "Что поручается группе", "long_text", help="Каждое поручение с новой строки."),
    Field("due", "К какому сроку", "date"),
    Field("controller", "Кто контролирует", "person", required=False, help="Пусто – руководитель."),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    leader = values.get("leader")
    members = [one for one in values.get("members") or [] if one != leader]
    tasks = [line.strip().rstrip(".;") for line in (values.get("task") or "").splitlines() if line.strip()]  # fmt: skip
    return {**context, "members": members, "tasks": tasks}


def heading(context: dict) -> str:
    return f"О создании рабочей группы {context['values'].get('name') or '[[название]]'}"
