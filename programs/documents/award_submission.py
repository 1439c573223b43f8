"""Submission of a person to a state or departmental award (R-805)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

FIELDS = (
    Field("award", "К какой награде", "award_to_submit"),
    Field("addressee", "Кому направляется", "text", help="Орган, который рассматривает награждение."),
    Field("previous", "Прежние награды", "long_text", required=False),
    Field("merits", "Характеристика и заслуги", "long_text"),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    award = values.get("award")
    person = award.person if award else None
    years = person.teaching_experience_on(day) if person else None
    here = person.experience_here_on(day) if person else None
    return {**context, "award": award, "person": person, "years": years, "here": here}


def heading(context: dict) -> str:
    award = context["award"]
    return f"к награждению: {award.name}" if award else "к награждению"
