"""Order on the School of Mentors; its programme and schedule stand in the annex (R-404)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("school", "Какая Школа", "mentor_school"),
    Field("controller", "Кому поручен контроль", "person", required=False),
)


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`hours`: of all sessions; `first`, `last`: days of the schedule."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    school = values.get("school")
    sessions = list(school.sessions.all()) if school else []
    days = [row.held_on for row in sessions]
    return {
        **context,
        "school": school,
        "sessions": sessions,
        "listeners": [row.person for row in school.listeners.all()] if school else [],
        "hours": sum(row.hours for row in sessions),
        "first": min(days, default=None),
        "last": max(days, default=None),
    }


def heading(context: dict) -> str:
    return "Об организации работы Школы наставников"
