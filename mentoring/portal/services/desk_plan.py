"""The newest roadmap on the desk: how the stages go today, what is late, what comes next."""

import datetime as dt
from dataclasses import dataclass, field

from people.models import Organization
from people.services.unchanged import kept
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
    """Figures and words alone, so that they can be kept. `next`: (last day, title); `kinds`: papers that the lines name."""

    pk: int
    title: str
    url: str
    stages: list[StageBar] = field(default_factory=list)
    next: list[tuple[dt.date, str]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(stage.done for stage in self.stages)

    @property
    def total(self) -> int:
        return sum(stage.total for stage in self.stages)

    @property
    def late(self) -> int:
        return sum(stage.late for stage in self.stages)


def shown(organization: Organization, today: dt.date, line: int | None) -> DeskPlan | None:
    """The plan as it stands today, read anew when the school has changed; `line`: the last of its journal."""
    return kept("desk", organization, today, lambda: read(organization, today), line=line)


def read(organization: Organization, today: dt.date) -> DeskPlan | None:
    """None for a school without a roadmap. Three queries: the newest open roadmap, its lines, their facts."""
    roadmap = Roadmap.objects.of(organization).filter(closed_on=None).first()
    if roadmap is None:
        return None
    lines = lines_of(roadmap)
    found = evidence.states(evidence.window_of(roadmap, today), evidence.wanted(line.node for line in lines))  # fmt: skip
    for line in lines:
        evidence.apply(line.node, found, today)
    ahead = [line for line in lines if line.open and line.ends_on and line.ends_on >= today]
    ahead = sorted(ahead, key=lambda line: line.ends_on)[:NEXT]
    kinds = dict.fromkeys(line.node.document_kind for line in lines if line.node.document_kind)
    return DeskPlan(
        roadmap.pk, roadmap.title, roadmap.get_absolute_url(), bars_of(lines, today),
        [(line.ends_on, line.node.title) for line in ahead], list(kinds),
    )  # fmt: skip


def lines_of(roadmap: Roadmap) -> list[ActivityView]:
    """Lines of the plan in its order, each with the last day of its own period or of what it stands in."""
    rows = RoadmapActivity.objects.of(roadmap.organization).filter(stage__roadmap=roadmap)
    rows = rows.select_related("stage", "block").order_by("stage__sort_index", "stage_id", "sort_index", "pk")  # fmt: skip
    lines = [ActivityView(row, "activity") for row in rows]
    for line in lines:
        owners = [line.node, line.node.block, line.node.stage]
        timed = next((node for node in owners if node and node.period_kind), line.node)
        line.ends_on = period_end(timed, roadmap)
    return lines


def bars_of(lines: list[ActivityView], today: dt.date) -> list[StageBar]:
    bars: dict[int, StageBar] = {}
    for line in lines:
        stage = line.node.stage
        bar = bars.setdefault(stage.pk, StageBar(shortened(stage.title)))
        bar.total += 1
        bar.done += line.node.progress in CLOSED
        bar.late += line.overdue_on(today)
    return list(bars.values())
