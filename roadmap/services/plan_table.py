"""The table of a roadmap with that school's columns: the same for the screen and the paper (R-113)."""

from dataclasses import dataclass
from itertools import groupby

from roadmap.services.plan_words import capitalised


@dataclass
class Cell:
    """One printed cell; `owner` tells which row gave the value, equal owners below merge."""

    code: str
    text: str
    owner: tuple
    rowspan: int = 1

    @property
    def heads_row(self) -> bool:
        """Stage and block name what stands to the right of them."""
        return self.code in ("stage", "block")


def table_rows(data: dict) -> list[list[Cell]]:
    """Rows of cells of a snapshot; cells merged downwards, only the first of a merged group is kept."""
    codes = [column["code"] for column in data["columns"]]
    rows = [[cell(code, *line) for code in codes] for line in lines(data)]
    for column in range(len(codes)):
        for _, group in groupby(rows, key=lambda row, at=column: row[at].owner):
            first, *rest = list(group)
            first[column].rowspan = 1 + len(rest)
            for row in rest:
                row[column].rowspan = 0
    return [[one for one in row if one.rowspan] for row in rows]


def lines(data: dict):
    """(stage, block or None, activity or None) for each printed line, empty holders included."""
    for stage in data["stages"]:
        holders = [(block, block["activities"]) for block in stage["blocks"]]
        if stage["activities"] or not holders:
            holders.append((None, stage["activities"]))
        for block, activities in holders:
            for activity in activities or [None]:
                yield stage, block, activity


def cell(code: str, stage: dict, block: dict | None, activity: dict | None) -> Cell:
    own = key("activity", activity) if activity else (*key("block", block), stage["id"], "empty")
    if code == "number":
        if activity and activity["number"]:
            return Cell(code, activity["number"], own)
        return Cell(code, stage["number"], key("stage", stage))
    if code == "stage":
        return Cell(code, stage_words(stage), key("stage", stage))
    if code == "block":
        return Cell(code, block["title"] if block else "", (*key("block", block), stage["id"]))
    if code == "activity":
        return Cell(code, activity["title"] if activity else "", own)
    if code.startswith("extra:"):
        values = activity["extra"] if activity else {}
        return Cell(code, values.get(code.removeprefix("extra:"), ""), own)
    return inherited(code, stage, block, activity, own)


def stage_words(stage: dict) -> str:
    """The title; with its number when the column of numbers shows those of the lines."""
    lines = [
        *stage["activities"],
        *(line for block in stage["blocks"] for line in block["activities"]),
    ]
    numbered = any(line["number"] for line in lines)
    return f"{stage['number']} {stage['title']}" if numbered else stage["title"]


def inherited(
    code: str, stage: dict, block: dict | None, activity: dict | None, own: tuple
) -> Cell:
    """Period and responsible of the line, else of its block, else of its stage (R-114, R-115)."""
    for level, row in (("activity", activity), ("block", block), ("stage", stage)):
        if row and row.get(code):
            return Cell(code, capitalised(row[code]), key(level, row))
    return Cell(code, "", empty_owner(code, stage, block, own))


def empty_owner(code: str, stage: dict, block: dict | None, own: tuple) -> tuple:
    """Lines of a holder where nobody has a value share one empty cell."""
    holder = block or stage
    if any(line.get(code) for line in holder["activities"]):
        return own
    return ("empty", *key("block", block), stage["id"])


def key(level: str, row: dict | None) -> tuple:
    return (level, row["id"] if row else 0)
