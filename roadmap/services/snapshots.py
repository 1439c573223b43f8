"""What the paper prints, as canonical JSON, beside the edition in force (R-109, R-113)."""

from roadmap.models import Roadmap
from roadmap.services.plan import (
    ActivityView,
    BlockView,
    NodeView,
    PlanView,
    StageView,
    edition_in_force,
    load_plan,
)
from roadmap.services.plan_differences import differences
from roadmap.services.plan_words import period_words, responsible_words


def snapshot(roadmap: Roadmap, *, public: bool = False, plan: PlanView | None = None) -> dict:
    """Title, shown columns, rows and footnote as printed; marks of progress are not part of it.

    `public=True` replaces people by their posts. `plan` saves the queries when it is loaded.
    Shape: {"title", "footnote", "numbering", "columns": [{"code", "heading"}], "stages": [ROW +
    {"number", "blocks": [ROW + {"activities": […]}], "activities": [ROW + {"number", "extra"}]}]},
    ROW = {"id", "title"} and "period", "responsible" when these columns are shown.
    """
    plan = plan or load_plan(roadmap)
    shown = [{"code": one["code"], "heading": one["heading"]} for one in roadmap.shown_columns]
    writer = Writer({one["code"] for one in shown}, public)
    return {
        "title": roadmap.title,
        "footnote": roadmap.footnote,
        "numbering": roadmap.numbering,
        "columns": shown,
        "stages": [writer.stage(stage) for stage in plan.stages],
    }


class Writer:
    """Writes rows with the shown columns only: a hidden value is not printed, so it is no change."""

    def __init__(self, shown: set[str], public: bool):
        self.shown = shown
        self.public = public

    def row(self, view: NodeView) -> dict:
        row = {"id": view.node.pk, "title": view.node.title}
        if "period" in self.shown:
            row["period"] = period_words(view.node)
        if "responsible" in self.shown:
            row["responsible"] = responsible_words(view.people, public=self.public)
        return row

    def stage(self, view: StageView) -> dict:
        return {
            **self.row(view),
            "number": view.number,
            "blocks": [self.block(block) for block in view.blocks],
            "activities": [self.activity(line) for line in view.activities],
        }

    def block(self, view: BlockView) -> dict:
        return {**self.row(view), "activities": [self.activity(line) for line in view.activities]}

    def activity(self, view: ActivityView) -> dict:
        extra = view.node.extra
        printed = {
            name: extra.get(name, "") for name in sorted(extra) if f"extra:{name}" in self.shown
        }
        return {
            **self.row(view),
            "number": view.number,
            "extra": {k: v for k, v in printed.items() if v},
        }


def unapproved_changes(roadmap: Roadmap, *, plan: PlanView | None = None) -> list[str]:
    """Russian lines of what the working rows have and the edition in force has not; [] without one."""
    edition = edition_in_force(roadmap)
    approved = approved_snapshot(edition)
    return differences(approved, snapshot(roadmap, plan=plan)) if approved else []


def approved_snapshot(edition) -> dict | None:
    """The snapshot kept in an edition of the kind «roadmap» (full, with names)."""
    return edition.data.get("full") if edition else None
