"""The target model of mentoring as a local act of its own (R-108); with pupils' forms of Р-145 where the school has them."""

from roadmap.documents.context import base_context

FIELDS = ()


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {**context, "subject": subject(organization.works_with_pupils)}


def heading(context: dict) -> str:
    """Continues the words ЦЕЛЕВАЯ МОДЕЛЬ."""
    return f"наставничества {context['subject']}"


def subject(with_pupils: bool) -> str:
    return "педагогических работников и обучающихся" if with_pupils else "педагогических работников"
