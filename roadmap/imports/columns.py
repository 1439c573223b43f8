"""Which column of a foreign table is which: by its heading, whatever the school calls it."""

import re

from roadmap.imports.grids import Cell, Grid

PATTERNS = (
    ("number", r"^(№|n|no|п/?п|№\s*п/?п|номер)\W*$"),
    ("responsible", r"ответствен|исполнител|кто (проводит|отвечает)"),
    ("period", r"срок|дата|период|когда|месяц|время|график"),
    ("result", r"результат|выход|итог|продукт|подтвержд|отметка|документ|примечани"),
    ("stage", r"этап|раздел|задач|модул"),
    ("block", r"направлени|блок|подраздел|вид(ы)? (работ|деятельности)"),
    (
        "activity",
        r"мероприят|содержание|работ|действи|деятельност|план|что (делаем|сделать)|наименование|название",
    ),
)
HEADER_WITHIN = 12  # rows; above a heading stand the requisites and the title


def kind_of(heading: str) -> str:
    text = " ".join(heading.casefold().split())
    return next((code for code, pattern in PATTERNS if re.search(pattern, text)), "")


def find_header(grid: Grid) -> tuple[int, dict[int, str]]:
    """(row of the headings or -1, column → code). Own columns are coded «extra:<heading>»."""
    for number, row in enumerate(grid.rows[:HEADER_WITHIN]):
        codes = read_headings(row)
        found = set(codes.values())
        if "activity" in found and len(found) > 1:
            return number, codes
    return -1, guessed(grid)


def read_headings(row: list[Cell]) -> dict[int, str]:
    """Codes of the columns of a heading row; long texts are no headings."""
    codes: dict[int, str] = {}
    seen: set[object] = set()
    for place, cell in enumerate(row):
        if cell.owner in seen or not cell.text or len(cell.text) > 90:
            continue
        seen.add(cell.owner)
        code = kind_of(cell.text)
        codes[place] = f"extra:{cell.text}" if code in ("", "result") else code
    return settled(codes, row)


def settled(codes: dict[int, str], row: list[Cell]) -> dict[int, str]:
    """Two columns of activities: «Мероприятия» before «Содержание деятельности» is the block."""
    activities = [place for place, code in codes.items() if code == "activity"]
    if len(activities) > 1:
        codes[activities[0]] = "block" if "stage" in codes.values() else "stage"
        for place in activities[2:]:
            codes[place] = f"extra:{row[place].text}"
    if not activities and "block" in codes.values():
        last = max(place for place, code in codes.items() if code == "block")
        codes[last] = "activity"
    once: set[str] = set()
    for place, code in list(codes.items()):
        if code in once and not code.startswith("extra:"):
            codes[place] = f"extra:{row[place].text}"
        once.add(code)
    return codes


def guessed(grid: Grid) -> dict[int, str]:
    """A table without headings: numbers first, then the longest texts are the activities."""
    width = len(grid.rows[0]) if grid.rows else 0
    lengths = [sum(len(row[place].text) for row in grid.rows) for place in range(width)]
    if not any(lengths):
        return {}
    codes = {lengths.index(max(lengths)): "activity"}
    if 0 not in codes and all(re.match(r"^[\d.\s]*$", row[0].text) for row in grid.rows):
        codes[0] = "number"
    rest = [place for place in range(width) if place not in codes]
    names = ["stage", "block"] if width > 3 else ["stage"]
    before = [place for place in rest if place < min(place for place, code in codes.items() if code == "activity")]  # fmt: skip
    after = [place for place in rest if place not in before]
    codes |= dict(zip(before, names, strict=False))
    codes |= dict(zip(after, ["period", "responsible"], strict=False))
    return codes
