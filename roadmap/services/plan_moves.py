"""Order of the rows of a plan: up, down, into another stage or block (R-112)."""

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from roadmap.models import Roadmap, RoadmapActivity
from roadmap.permissions import can_edit_plan
from roadmap.services.plan_edit import Node, find_node, locked, siblings_of


@transaction.atomic
def move_node(roadmap: Roadmap, level: str, pk: int, *, step: int, by: Membership) -> Node:
    """One place up (`step=-1`) or down (+1) within its holder."""
    can_edit_plan(by).require()
    node = find_node(locked(roadmap), level, pk)
    rows = list(siblings_of(node))
    place = rows.index(node)
    if step not in (-1, 1) or not 0 <= place + step < len(rows):
        raise RuleError(
            "Дальше двигать некуда: строка уже с краю. Её можно перенести в другой этап."
        )
    rows[place], rows[place + step] = rows[place + step], rows[place]
    return renumbered(node, rows, by)


@transaction.atomic
def place_node(
    roadmap: Roadmap,
    level: str,
    pk: int,
    *,
    stage: int | None = None,
    block: int | None = None,
    before: int | None = None,
    by: Membership,
) -> Node:
    """Put a row into a stage or block, before the row `before` (else at the end).

    A block takes its lines with it; a stage only changes its place.
    """
    can_edit_plan(by).require()
    node = find_node(locked(roadmap), level, pk)
    if level != "stage":
        node.stage = find_node(roadmap, "stage", stage)
    if level == "activity":
        node.block = find_node(roadmap, "block", block) if block else None
    node.full_clean(validate_unique=False)
    rows = [row for row in siblings_of(node) if row.pk != node.pk]
    place = next((at for at, row in enumerate(rows) if row.pk == before), len(rows))
    rows.insert(place, node)
    if level != "stage":
        node.save(update_fields=["stage", "block"] if level == "activity" else ["stage"])
    if level == "block":
        RoadmapActivity.objects.of(by.organization).filter(block=node).update(stage=node.stage)
    return renumbered(node, rows, by)


def renumbered(node: Node, rows: list[Node], by: Membership) -> Node:
    for place, row in enumerate(rows):
        row.sort_index = place
    type(node).objects.bulk_update(rows, ["sort_index"])
    journal.record(by, "roadmap.node_moved", node)
    return node
