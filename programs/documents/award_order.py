"""Order that rewards participants, with each one's kind of award (R-801…R-804, R-806, R-807)."""

from roadmap.documents import Field
from roadmap.documents.context import base_context

KINDS = ("commendation", "certificate", "gift", "talent_pool", "payment")
FIELDS = (
    Field("awards", "Кого и чем", "awards"),
    Field("occasion", "По какому поводу", "text", required=False, help="Например: по итогам реализации программ наставничества в 2026/2027 учебном году."),
    Field("controller", "Кому поручен контроль", "person", required=False),
)  # fmt: skip


def build(organization, *, values, day, roadmap=None, annexes=()) -> dict:
    """`by_kind`: pairs (kind, awards) in the order of KINDS."""
    context = base_context(organization, values=values, day=day, roadmap=roadmap, annexes=annexes)
    awards = sorted(values.get("awards") or (), key=lambda one: one.person.full_name)
    by_kind = [(kind, [one for one in awards if one.kind == kind]) for kind in KINDS]
    return {
        **context,
        "awards": awards,
        "by_kind": [(kind, rows) for kind, rows in by_kind if rows],
        "bases": list(dict.fromkeys(one.basis for one in awards if one.basis)),
    }


def heading(context: dict) -> str:
    return "О поощрении участников системы наставничества"
