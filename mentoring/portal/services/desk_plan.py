"""The newest roadmap on the desk: how the stages go today, what is late, what comes next."""

import datetime as dt
from dataclasses import dataclass, field

from people.models import Organization
from roadmap.models import Roadmap, RoadmapActivity
from roadmap.services import evidence
from roadmap.services.plan import CLOSED, ActivityView
from roadmap.services.plan_words import period_end, shortened

NEXT = 4


@dataclass
class StageBar:
    title: str
    done: int = 0
    total: int = 0
    late: int = 0


@dataclass
class DeskPlan:
    """`roadmap` is None for a school without one; `lines` in the order of the plan."""

    roadmap: Roadmap | None
    lines: list[ActivityView] = field(default_factory=list)
    stages: list[StageBar] = field(default_factory=list)
    late: list[ActivityView] = field(default_factory=list)
    next: list[ActivityView] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(stage.done for stage in self.stages)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def kinds(self) -> list[str]:
        """Kinds of papers that the lines name, each once."""
        return list(dict.fromkeys(line.node.document_kind for line in self.lines if line.node.document_kind))  # fmt: skip


def load(organization: Organization) -> DeskPlan:
    """Two queries: the newest open roadmap and its lines with their stages and blocks."""
    roadmap = Roadmap.objects.of(organization).filter(closed_on=None).first()
    if roadmap is None:
        return DeskPlan(None)
    rows = RoadmapActivity.objects.of(organization).filter(stage__roadmap=roadmap)
    rows = rows.select_related("stage", "block").order_by("stage__sort_index", "stage_id", "sort_index", "pk")  # fmt: skip
    lines = [ActivityView(row, "activity") for row in rows]
    for line in lines:
        owners = [line.node, line.node.block, line.node.stage]
        timed = next((node for node in owners if node and node.period_kind), line.node)
        line.ends_on = period_end(timed, roadmap)
    return DeskPlan(roadmap, lines)


def settle(plan: DeskPlan, found: dict, today: dt.date) -> None:
    """Put the facts of today on the lines and count; no query."""
    bars: dict[int, StageBar] = {}
    for line in plan.lines:
        line.state = found.get(line.node.fact)
        evidence.apply(line.node, found, today)
        stage = line.node.stage
        bar = bars.setdefault(stage.pk, StageBar(shortened(stage.title)))
        bar.total += 1
        bar.done += line.node.progress in CLOSED
        bar.late += line.overdue_on(today)
    plan.stages = list(bars.values())
    plan.late = [line for line in plan.lines if line.overdue_on(today)]
    ahead = [line for line in plan.lines if line.open and line.ends_on and line.ends_on >= today]
    plan.next = sorted(ahead, key=lambda line: line.ends_on)[:NEXT]
