"""What the paper prints, as canonical JSON, and what changed since the edition in force (R-109, R-113)."""

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
from roadmap.services.plan_words import period_words, responsible_words, shortened

LEVELS = {
    "stage": ("этап", "этапа", "Добавлен этап", "Удалён этап"),
    "block": ("блок", "блока", "добавлен блок", "удалён блок"),
    "activity": ("мероприятие", "мероприятия", "добавлено мероприятие", "удалено мероприятие"),
}
PRINTED = (
    ("title", "изменено название"),
    ("period", "изменён срок"),
    ("responsible", "изменены ответственные"),
)


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


def differences(old: dict, new: dict) -> list[str]:
    """Lines such as «Этап 2: изменён срок мероприятия «…»»; a removed stage counts its lines."""
    lines = []
    if old["title"] != new["title"]:
        lines.append("Изменено название карты.")
    if old["columns"] != new["columns"]:
        lines.append("Изменены графы таблицы.")
    if old["numbering"] != new["numbering"]:
        lines.append("Изменена нумерация строк.")
    if old["footnote"] != new["footnote"]:
        lines.append("Изменена сноска.")
    before, after = flat(old), flat(new)
    gone_stages = {key for key in before if key[0] == "stage" and key not in after}
    lines += [removed_words(key, before) for key in gone_and_told(before, after, gone_stages)]
    for key, entry in after.items():
        if key not in before:
            lines.append(added_words(key, entry))
        else:
            lines += changed_words(key, before[key], entry)
    return lines + order_words(before, after)


def flat(data: dict) -> dict[tuple[str, int], dict]:
    """(level, id) → {"row", "stage" (number), "stage_id", "parent"} in the order of printing."""
    found = {}

    def add(level: str, row: dict, stage: dict, parent: tuple) -> None:
        found[level, row["id"]] = {
            "row": row, "stage": stage["number"].rstrip("."), "stage_id": stage["id"], "parent": parent,
        }  # fmt: skip

    for stage in data["stages"]:
        add("stage", stage, stage, ())
        for block in stage["blocks"]:
            add("block", block, stage, ("stage", stage["id"]))
            for line in block["activities"]:
                add("activity", line, stage, ("block", block["id"]))
        for line in stage["activities"]:
            add("activity", line, stage, ("stage", stage["id"]))
    return found


def gone_and_told(before: dict, after: dict, gone_stages: set) -> list[tuple]:
    """Removed rows, without those that went with their stage."""
    gone = [key for key in before if key not in after]
    return [
        key
        for key in gone
        if key in gone_stages or ("stage", before[key]["stage_id"]) not in gone_stages
    ]


def removed_words(key: tuple, before: dict) -> str:
    level, row = key[0], before[key]["row"]
    quoted = f"«{shortened(row['title'])}»"
    if level == "stage":
        count = sum(
            1
            for (one, _), entry in before.items()
            if one == "activity" and entry["stage_id"] == key[1]
        )
        return f"{LEVELS[level][3]} {quoted}, строк в нём: {count}."
    return f"Этап {before[key]['stage']}: {LEVELS[level][3]} {quoted}."


def added_words(key: tuple, entry: dict) -> str:
    level, quoted = key[0], f"«{shortened(entry['row']['title'])}»"
    if level == "stage":
        return f"{LEVELS[level][2]} {entry['stage']} {quoted}."
    return f"Этап {entry['stage']}: {LEVELS[level][2]} {quoted}."


def changed_words(key: tuple, old: dict, new: dict) -> list[str]:
    """One line for each printed value of a row that differs."""
    level, (row, was) = key[0], (new["row"], old["row"])
    named = "" if level == "stage" else f" {LEVELS[level][1]} «{shortened(row['title'])}»"
    lines = [
        f"Этап {new['stage']}: {words}{named}."
        for name, words in PRINTED
        if name in row and name in was and row[name] != was[name]
    ]
    if row.get("extra", {}) != was.get("extra", {}):
        lines.append(f"Этап {new['stage']}: изменены дополнительные графы{named}.")
    if old["parent"] != new["parent"]:
        verb = "перенесено мероприятие" if level == "activity" else "перенесён блок"
        lines.append(f"Этап {new['stage']}: {verb} «{shortened(row['title'])}».")
    return lines


def order_words(before: dict, after: dict) -> list[str]:
    """One line for each holder whose kept rows stand in another order."""
    lines = []
    for level in LEVELS:
        old, new = children(before, after, level), children(after, before, level)
        for parent, keys in new.items():
            if old.get(parent) and sorted(old[parent]) == sorted(keys) and old[parent] != keys:
                stage = after[keys[0]]["stage"]
                lines.append(
                    "Изменён порядок этапов."
                    if level == "stage"
                    else f"Этап {stage}: изменён порядок строк."
                )
    return list(dict.fromkeys(lines))


def children(rows: dict, other: dict, level: str) -> dict[tuple, list[tuple]]:
    """Rows of the level that are in both and have the same holder in both, by holder."""
    found: dict[tuple, list[tuple]] = {}
    for key, entry in rows.items():
        if key[0] == level and key in other and other[key]["parent"] == entry["parent"]:
            found.setdefault(entry["parent"], []).append(key)
    return found
