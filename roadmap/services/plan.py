"""Reading a roadmap as a tree in a constant number of queries (R-109)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from roadmap.evidence import State
from roadmap.models import (
    Document,
    Edition,
    Responsible,
    Roadmap,
    RoadmapActivity,
    RoadmapBlock,
    RoadmapStage,
)
from roadmap.services.plan_words import (
    period_end,
    period_start,
    period_words,
    responsible_words,
)

KIND = "roadmap"
CLOSED = frozenset({RoadmapActivity.Progress.DONE, RoadmapActivity.Progress.NOT_NEEDED})
PILLS = {"planned": "planned", "running": "in_progress", "done": "done", "not_needed": "skipped"}


@dataclass
class NodeView:
    """A row with what answers for it; `period` and `who` are the row's own words, "" when it has none."""

    node: RoadmapStage | RoadmapBlock | RoadmapActivity
    level: str
    number: str = ""
    people: list[Responsible] = field(default_factory=list)

    @property
    def period(self) -> str:
        return period_words(self.node)

    @property
    def who(self) -> str:
        return responsible_words(self.people)

    @property
    def role_codes(self) -> list[str]:
        return [one.role for one in self.people if one.role]

    @property
    def person_ids(self) -> list[int]:
        return [one.person_id for one in self.people if one.person_id]


@dataclass
class ActivityView(NodeView):
    """A line; `ends_on` counts the period of its block or stage when it has none of its own."""

    ends_on: dt.date | None = None
    starts_on: dt.date | None = None
    state: State | None = None
    first: bool = False
    last: bool = False

    @property
    def open(self) -> bool:
        return self.node.progress not in CLOSED

    def overdue_on(self, day: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on < day and self.open

    def pill_on(self, day: dt.date) -> str:
        """Code of the state pill."""
        return "overdue" if self.overdue_on(day) else PILLS[self.node.progress]


@dataclass
class BlockView(NodeView):
    activities: list[ActivityView] = field(default_factory=list)


@dataclass
class StageView(NodeView):
    blocks: list[BlockView] = field(default_factory=list)
    activities: list[ActivityView] = field(default_factory=list)

    @property
    def all_activities(self) -> list[ActivityView]:
        return [line for block in self.blocks for line in block.activities] + self.activities

    @property
    def done(self) -> int:
        return sum(line.node.progress in CLOSED for line in self.all_activities)

    @property
    def total(self) -> int:
        return len(self.all_activities)


@dataclass
class PlanView:
    roadmap: Roadmap
    stages: list[StageView]

    @property
    def lines(self) -> list[ActivityView]:
        return [line for stage in self.stages for line in stage.all_activities]

    def overdue_on(self, day: dt.date) -> list[ActivityView]:
        return [line for line in self.lines if line.overdue_on(day)]

    @property
    def done(self) -> int:
        return sum(stage.done for stage in self.stages)

    @property
    def total(self) -> int:
        return sum(stage.total for stage in self.stages)

    def find(self, level: str, pk: int) -> NodeView | None:
        return next((one for one in self.nodes() if (one.level, one.node.pk) == (level, pk)), None)

    def nodes(self):
        for stage in self.stages:
            yield stage
            yield from stage.blocks
            yield from stage.all_activities


def load_plan(roadmap: Roadmap) -> PlanView:
    """Stages → blocks → activities with their people: four queries whatever the number of rows."""
    people = responsible_by_node(roadmap)
    activities, blocks = defaultdict(list), defaultdict(list)
    for row in RoadmapActivity.objects.of(roadmap.organization).filter(stage__roadmap=roadmap):
        view = ActivityView(row, "activity", people=people["activity", row.pk])
        activities[row.stage_id, row.block_id].append(view)
    for row in RoadmapBlock.objects.of(roadmap.organization).filter(stage__roadmap=roadmap):
        view = BlockView(row, "block", people=people["block", row.pk])
        view.activities = activities[row.stage_id, row.pk]
        blocks[row.stage_id].append(view)
    stages = []
    for row in RoadmapStage.objects.of(roadmap.organization).filter(roadmap=roadmap):
        stage = StageView(row, "stage", people=people["stage", row.pk])
        stage.blocks, stage.activities = blocks[row.pk], activities[row.pk, None]
        stages.append(stage)
    number_rows(roadmap, stages)
    set_ends(roadmap, stages)
    return PlanView(roadmap, stages)


def responsible_by_node(roadmap: Roadmap) -> dict[tuple[str, int], list[Responsible]]:
    rows = Responsible.objects.of(roadmap.organization).select_related("person")
    of_roadmap = (
        Q(stage__roadmap=roadmap)
        | Q(block__stage__roadmap=roadmap)
        | Q(activity__stage__roadmap=roadmap)
    )
    found = defaultdict(list)
    for row in rows.filter(of_roadmap):
        for level in ("stage", "block", "activity"):
            if pk := getattr(row, f"{level}_id"):
                found[level, pk].append(row)
    return found


def number_rows(roadmap: Roadmap, stages: list[StageView]) -> None:
    """Stages «1.»; lines «1.1» through the whole stage when the roadmap numbers two levels."""
    for place, stage in enumerate(stages, start=1):
        stage.number = f"{place}."
        if roadmap.numbering == Roadmap.Numbering.TWO_LEVEL:
            for line_place, line in enumerate(stage.all_activities, start=1):
                line.number = f"{place}.{line_place}"


def set_ends(roadmap: Roadmap, stages: list[StageView]) -> None:
    for stage in stages:
        for holder in [*stage.blocks, stage]:
            for line in holder.activities:
                owners = [line.node, holder.node, stage.node]
                timed = next((node for node in owners if node.period_kind), line.node)
                line.ends_on = period_end(timed, roadmap)
                line.starts_on = period_start(timed, roadmap)
            if holder.activities:
                holder.activities[0].first = holder.activities[-1].last = True


def edition_in_force(roadmap: Roadmap) -> Edition | None:
    """The frozen text that the paper and the public page follow (one query)."""
    editions = Edition.objects.of(roadmap.organization).filter(
        document__roadmap=roadmap, document__kind=KIND, document__state=Document.State.IN_FORCE
    )
    return (
        editions.select_related("document")
        .order_by("-document__dated_on", "-document__pk", "-no")
        .first()
    )


def roadmaps_of(organization):
    """Roadmaps with `total` and `closed` lines, `approved` (an edition is in force) and `paper_state`."""
    papers = Document.objects.of(organization).filter(roadmap=OuterRef("pk"), kind=KIND)
    lines = (
        RoadmapActivity.objects.of(organization).filter(stage__roadmap=OuterRef("pk")).order_by()
    )
    lines = lines.values("stage__roadmap")
    return Roadmap.objects.of(organization).annotate(
        total=Subquery(lines.annotate(n=Count("pk")).values("n")),
        closed=Subquery(lines.filter(progress__in=CLOSED).annotate(n=Count("pk")).values("n")),
        approved=Exists(papers.in_force()),
        paper_state=Subquery(papers.order_by("-pk").values("state")[:1]),
    )
