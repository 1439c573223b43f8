"""Changing the rows of a plan: add, edit, remove (R-109, R-112, R-212); moving is `plan_moves`.

The roadmap row is locked first, so two editors follow one another: the last write wins, and a row
that is gone by then is a sentence, not a fault.
"""

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.permissions import can_edit_plan

LEVELS = {"stage": RoadmapStage, "block": RoadmapBlock, "activity": RoadmapActivity}
GONE = "Строка уже удалена. Обновите страницу."
PERIOD_FIELDS = ("period_kind", "date_from", "date_to", "month_from", "month_to", "period_text")
# Which of the fields a kind of period uses; the others are cleared.
USED_BY_PERIOD = {
    "": (),
    "dates": ("date_from", "date_to"),
    "months": ("month_from", "month_to"),
    "yearly": ("month_from",),
    "text": ("period_text",),
}
MEANING_FIELDS = ("code", "fact", "document_kind", "conditional", "extra")

Node = RoadmapStage | RoadmapBlock | RoadmapActivity


def locked(roadmap: Roadmap) -> Roadmap:
    """The roadmap row under a lock: one editor at a time."""
    rows = Roadmap.objects.of(roadmap.organization).select_for_update(of=("self",))
    row = rows.get(pk=roadmap.pk)
    row.organization = roadmap.organization
    require_open(row)
    return row


def require_open(roadmap: Roadmap) -> None:
    """A year that is over is read and printed, nothing in it changes."""
    if roadmap.closed_on:
        raise RuleError(
            f"Карта закрыта {roadmap.closed_on:%d.%m.%Y} вместе с учебным годом. Правьте карту нового года."
        )


def nodes_of(roadmap: Roadmap, level: str):
    """Rows of one level of the roadmap."""
    rows = LEVELS[level].objects.of(roadmap.organization)
    return rows.filter(roadmap=roadmap) if level == "stage" else rows.filter(stage__roadmap=roadmap)


def find_node(roadmap: Roadmap, level: str, pk: int | None) -> Node:
    """A row of this roadmap, or the sentence that it is gone (also for a foreign id)."""
    links = {"stage": (), "block": ("stage",), "activity": ("stage", "block")}[level]
    node = nodes_of(roadmap, level).select_related(*links).filter(pk=pk).first()
    if node is None:
        raise RuleError(GONE)
    return node


@transaction.atomic
def add_stage(
    roadmap: Roadmap, *, by: Membership, title: str, roles=(), persons=(), **values
) -> RoadmapStage:
    can_edit_plan(by).require()
    stage = RoadmapStage(organization=by.organization, roadmap=locked(roadmap), title=title)
    return add_node(stage, nodes_of(roadmap, "stage"), by, roles, persons, values)


@transaction.atomic
def add_block(
    roadmap: Roadmap, *, stage: int, by: Membership, title: str, roles=(), persons=(), **values
) -> RoadmapBlock:
    """A block at the end of the stage with that id."""
    can_edit_plan(by).require()
    holder = find_node(locked(roadmap), "stage", stage)
    block = RoadmapBlock(organization=by.organization, stage=holder, title=title)
    return add_node(block, holder.blocks, by, roles, persons, values)


@transaction.atomic
def add_activity(
    roadmap: Roadmap,
    *,
    stage: int,
    block: int | None = None,
    by: Membership,
    title: str,
    roles=(),
    persons=(),
    **values,
) -> RoadmapActivity:
    """A line at the end of the block, or of the stage itself."""
    can_edit_plan(by).require()
    holder = find_node(locked(roadmap), "stage", stage)
    inner = find_node(roadmap, "block", block) if block else None
    activity = RoadmapActivity(organization=by.organization, stage=holder, block=inner, title=title)
    return add_node(activity, siblings_of(activity), by, roles, persons, values)


def add_node(node: Node, siblings, by: Membership, roles, persons, values: dict) -> Node:
    last = siblings.order_by("-sort_index").values_list("sort_index", flat=True).first()
    node.sort_index = 0 if last is None else last + 1
    set_values(node, values)
    node.full_clean()
    node.save()
    write_responsible(node, roles, persons)
    journal.record(by, "roadmap.node_added", node)
    return node


@transaction.atomic
def edit_node(
    roadmap: Roadmap,
    level: str,
    pk: int,
    *,
    by: Membership,
    title: str,
    roles=(),
    persons=(),
    **values,
) -> Node:
    """Set title, period, people and, for a line, its meaning and own columns."""
    can_edit_plan(by).require()
    node = find_node(locked(roadmap), level, pk)
    node.title = title
    set_values(node, values)
    node.full_clean(validate_unique=False)
    node.save(update_fields=["title", *values_fields(node)])
    write_responsible(node, roles, persons)
    journal.record(by, "roadmap.node_edited", node)
    return node


def values_fields(node: Node) -> list[str]:
    return [*PERIOD_FIELDS, *(MEANING_FIELDS if isinstance(node, RoadmapActivity) else ())]


def set_values(node: Node, values: dict) -> None:
    """Put the given fields in; what the chosen kind of period does not use is emptied.

    `extra` is merged: columns that are hidden now keep their text.
    """
    if "period_kind" in values:
        used = USED_BY_PERIOD[values["period_kind"]]
        for name in PERIOD_FIELDS[1:]:
            empty = "" if name == "period_text" else None
            values[name] = values.get(name) or empty if name in used else empty
    if "extra" in values:
        values["extra"] = {**node.extra, **values["extra"]}
    allowed = values_fields(node)
    for name, value in values.items():
        if name not in allowed:
            raise RuleError("Такого поля у этой строки нет.")
        setattr(node, name, value)


def write_responsible(node: Node, roles, persons) -> None:
    """Replace the people of a row; ids or Person objects, all of this school."""
    level = node._meta.model_name.removeprefix("roadmap")
    ids = [getattr(one, "pk", one) for one in persons]
    own = Person.objects.of(node.organization).in_bulk(ids) if ids else {}
    if len(own) != len(set(ids)):
        raise RuleError("Такого человека нет в списке сотрудников. Выберите из списка.", "persons")
    if set(roles) - set(Responsible.RoleName.values):
        raise RuleError("Такой роли нет. Выберите из списка.", "roles")
    Responsible.objects.of(node.organization).filter(**{level: node}).delete()
    chosen = [{"role": role} for role in roles] + [{"person": own[pk]} for pk in ids]
    Responsible.objects.bulk_create(
        Responsible(organization=node.organization, sort_index=place, **{level: node}, **one)
        for place, one in enumerate(chosen)
    )


def siblings_of(node: Node):
    """Rows of the same holder, the row itself among them."""
    if isinstance(node, RoadmapStage):
        return RoadmapStage.objects.of(node.organization).filter(roadmap_id=node.roadmap_id)
    if isinstance(node, RoadmapBlock):
        return RoadmapBlock.objects.of(node.organization).filter(stage_id=node.stage_id)
    lines = RoadmapActivity.objects.of(node.organization).filter(stage_id=node.stage_id)
    return lines.filter(block_id=node.block_id)


def removal_counts(node: Node) -> dict[str, int]:
    """How many blocks and lines go with the row (the row itself not counted)."""
    if isinstance(node, RoadmapActivity):
        return {"blocks": 0, "activities": 0}
    blocks = node.blocks.count() if isinstance(node, RoadmapStage) else 0
    return {"blocks": blocks, "activities": node.activities.count()}


@transaction.atomic
def remove_node(roadmap: Roadmap, level: str, pk: int, *, by: Membership) -> dict[str, int]:
    """Remove a row with all below it; returns how many went with it."""
    can_edit_plan(by).require()
    node = find_node(locked(roadmap), level, pk)
    counts = removal_counts(node)
    journal.record(by, "roadmap.node_removed", node)
    node.delete()
    return counts
