"""From grids to the lines of a plan: stages, blocks and activities in their order."""

import re
from dataclasses import asdict, dataclass, field

from roadmap.imports.columns import find_header, read_headings
from roadmap.imports.grids import Cell, Grid
from roadmap.imports.lists import split_cell, tidy

STAGE, BLOCK, ACTIVITY, SKIP = "stage", "block", "activity", "skip"
NUMBERED = re.compile(r"^\s*(?:этап\s*)?(\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]?\s*(?=\D|$)", re.I)
ONLY_STAGE = "Мероприятия"


@dataclass
class Line:
    """One line of the plan as read: words only; what they mean is decided when the plan is made."""

    level: str
    title: str
    period: str = ""
    responsible: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict:
        return asdict(self)


class Reader:
    """Walks the rows of one table; remembers which merged cell gave the stage, the block, the period."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.lines: list[Line] = []
        self.header, self.codes = find_header(grid)
        self.places = {code: place for place, code in self.codes.items()}
        self.owners: dict[str, object] = {}
        self.texts: dict[str, str] = {}
        self.whole_stages = self.one_cell_a_stage()

    def one_cell_a_stage(self) -> bool:
        """A short plan tells all works of a stage in one cell, often as one sentence."""
        if "stage" not in self.places or "block" in self.places:
            return False
        rows = self.grid.rows[self.header + 1 :]
        stages = {self.cell(row, STAGE).owner for row in rows if self.cell(row, STAGE).text}
        cells = {self.cell(row, ACTIVITY).owner for row in rows if self.cell(row, ACTIVITY).text}
        return len(cells) <= len(stages)

    def read(self) -> list[Line]:
        for row in self.grid.rows[self.header + 1 :]:
            if len(set(read_headings(row).values()) & {"activity", "period", "responsible", "stage"}) > 2:  # fmt: skip
                continue  # the head repeated on the next page
            if title := whole_width(row):
                self.begin(STAGE, title, ("whole", id(row)))
            elif "stage" in self.places or "block" in self.places:
                self.row_of_columns(row)
            else:
                self.row_of_numbers(row)
        return self.lines

    def cell(self, row: list[Cell], code: str) -> Cell:
        place = self.places.get(code)
        return row[place] if place is not None and place < len(row) else Cell("", None)

    def begin(self, level: str, title: str, owner: object) -> None:
        """A stage or block begins where its cell changes and says something new."""
        words = tidy(NUMBERED.sub("", one_line(title), count=1))
        if not words or self.owners.get(level) == owner:
            return
        same = self.texts.get(level) == words
        self.owners[level], self.texts[level] = owner, words
        if same:
            return
        if level == STAGE:
            self.owners.pop(BLOCK, None)
            self.texts.pop(BLOCK, None)
        self.lines.append(Line(level, words))

    def row_of_columns(self, row: list[Cell]) -> None:
        for level in (STAGE, BLOCK):
            cell = self.cell(row, level)
            if cell.text:
                self.begin(level, cell.text, cell.owner)
        self.activities(row)

    def row_of_numbers(self, row: list[Cell]) -> None:
        """No column of stages: «1.» heads a stage, «1.1» is a line, a row without term and people too."""
        number, text = self.cell(row, "number").text.strip().rstrip("."), self.cell(row, ACTIVITY).text  # fmt: skip
        number = number or own_number(text)
        bare = not self.cell(row, "period").text and not self.cell(row, "responsible").text
        head = re.fullmatch(r"\d{1,2}|[IVX]{1,5}", number) and (bare or self.two_levels())
        if text and head and "\n" not in text:
            self.begin(STAGE, text, ("number", number))
            return
        self.activities(row)

    def two_levels(self) -> bool:
        rows = self.grid.rows
        return any(re.match(r"\d{1,2}\.\d", self.cell(row, "number").text) for row in rows)

    def activities(self, row: list[Cell]) -> None:
        cell = self.cell(row, ACTIVITY)
        fresh = self.owners.get(ACTIVITY) != cell.owner
        titles = split_cell(cell.text, semicolons=self.whole_stages) if fresh else []
        self.owners[ACTIVITY] = cell.owner
        if titles and not any(line.level == STAGE for line in self.lines):
            self.lines.append(Line(STAGE, ONLY_STAGE))
        extra = {code.removeprefix("extra:"): one_line(row[place].text) for place, code in self.codes.items() if code.startswith("extra:") and place < len(row) and row[place].text}  # fmt: skip
        for title in titles:
            title = tidy(re.sub(r"^\d{1,2}\.\d{1,2}(\.\d{1,2})?\.?\s+", "", title))
            self.lines.append(Line(ACTIVITY, title, self.cell(row, "period").text.strip(), self.cell(row, "responsible").text.strip(), extra))  # fmt: skip


def own_number(text: str) -> str:
    """The number with which the text itself begins («1.2. Совещание»)."""
    found = re.match(r"^\s*(\d{1,2}(?:\.\d{1,2})*)[.)]\s", text)
    return found[1] if found else ""


def whole_width(row: list[Cell]) -> str:
    """Text of a row that is one merged cell: a heading of a stage inside the table."""
    owners = {cell.owner for cell in row}
    texts = {cell.text for cell in row if cell.text}
    first = row[0].text if row else ""
    alone = len(owners) == 1 and len(row) > 1
    # Some tables leave the other cells empty instead of merging them.
    return first if alone and len(texts) == 1 and "\n" not in first else ""


def one_line(text: str) -> str:
    return " ".join(text.split())


def read_plan(grids: list[Grid]) -> tuple[str, list[Line]]:
    """(title of the document or "", lines of all its tables); tables without activities are passed over."""
    title, lines = "", []
    for grid in grids:
        reader = Reader(grid)
        if "activity" not in reader.places or not looks_like_plan(reader):
            continue
        title = title or title_of(grid, reader)
        found = reader.read()
        if lines and found and found[0].level == STAGE and found[0].title == ONLY_STAGE:
            found = found[1:]  # the table goes on after a page break
        lines += found
    return title, lines


def looks_like_plan(reader: Reader) -> bool:
    """A heading of activities and one more known column, or a table that follows such a one."""
    return reader.header >= 0 or len(reader.places) > 1


def title_of(grid: Grid, reader: Reader) -> str:
    """«Дорожная карта … на 2026/2027 учебный год» above the table or in the rows over its head."""
    above = [cell.text for row in grid.rows[: max(reader.header, 0)] for cell in row[:1] if cell.text]  # fmt: skip
    lines = [one_line(line) for text in [grid.title, *above] for line in text.splitlines()]
    start = next((place for place, line in enumerate(lines) if re.search(r"дорожн\w+ карт|план (мероприятий|реализации|работы)", line, re.I)), None)  # fmt: skip
    return " ".join(lines[start:])[:500] if start is not None else ""
