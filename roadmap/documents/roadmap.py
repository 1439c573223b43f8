"""The roadmap as a paper: a landscape table with the school's own columns (R-109, R-113)."""

from mentoring.core.errors import RuleError
from roadmap.documents.context import base_context
from roadmap.services.snapshots import snapshot

FIELDS = ()


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`plan` is the snapshot that the template prints and that an edition freezes."""
    if roadmap is None:
        raise RuleError("Выберите дорожную карту, которую нужно утвердить.", "roadmap")
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    return {**context, "plan": snapshot(roadmap)}


def heading(context: dict) -> str:
    """The title is the school's own, as in the settings of the roadmap."""
    return context["plan"]["title"]
