"""Tables of a .docx or .xlsx as grids: each place knows the cell it belongs to, merged cells included."""

import io
from dataclasses import dataclass, field

from docx.table import Table
from docx.table import _Cell as WordCell
from python_calamine import CalamineWorkbook

from mentoring.core.spreadsheet_safety import check_xlsx
from roadmap.imports.office_files import blocks, is_list_item, open_word, parsing, refuse

ITEM = "\u2022 "  # stands for the number or bullet that Word draws itself
MAX_ROWS = 1_500


@dataclass(frozen=True)
class Cell:
    """`owner` is equal for all places of one merged cell."""

    text: str
    owner: object


@dataclass
class Grid:
    """Rows of equal length; `title` is the text above the table."""

    title: str = ""
    rows: list[list[Cell]] = field(default_factory=list)


def read_grids(content: bytes, name: str = "") -> list[Grid]:
    """Grids of the file by its content, not its name; RuleError for what is no Word or Excel table."""
    spreadsheet = content.startswith(b"PK") and b"xl/workbook" in content
    with parsing():
        grids = excel_grids(content) if spreadsheet else word_grids(content)
    if sum(len(grid.rows) for grid in grids) > MAX_ROWS:
        raise refuse(f"В таблицах больше {MAX_ROWS} строк: это не похоже на дорожную карту. Оставьте только её.")  # fmt: skip
    if not any(grid.rows for grid in grids):
        raise refuse("В файле нет таблиц. Дорожная карта должна быть таблицей с графами «Мероприятия», «Сроки», «Ответственные».")  # fmt: skip
    return grids


def word_grids(content: bytes) -> list[Grid]:
    found, above = [], []
    for block in blocks(open_word(content)):
        if isinstance(block, Table):
            found.append(Grid("\n".join(above[-6:]), word_rows(block)))
            above = []
        elif text := " ".join(block.text.split()):
            above.append(text)
    return found


def word_rows(table: Table) -> list[list[Cell]]:
    rows = []
    for row in table.rows[: MAX_ROWS + 1] if len(table.rows) > MAX_ROWS else table.rows:
        # The element itself, not its id: ids of elements nobody holds are given out again.
        cells = [Cell(word_text(cell), cell._tc) for cell in row_cells(row)]
        if cells:
            rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    return [[*row, *(Cell("", object()) for _ in range(width - len(row)))] for row in rows]


def row_cells(row) -> list[WordCell]:
    """Cells of a row; a row whose widths contradict the others is read as far as it goes."""
    try:
        return list(row.cells)
    except (ValueError, IndexError, KeyError):
        return [WordCell(element, row._parent) for element in row._tr.tc_lst]


def word_text(cell: WordCell) -> str:
    """Paragraphs of the cell, a line each; nested tables give their cells as lines."""
    lines = [f"{ITEM if is_list_item(one) else ''}{one.text.strip()}" for one in cell.paragraphs if one.text.strip()]  # fmt: skip
    for table in cell.tables:
        for row in table.rows:
            lines += dict.fromkeys(word_text(inner) for inner in row_cells(row))
    return "\n".join(line for line in lines if line)


def excel_grids(content: bytes) -> list[Grid]:
    check_xlsx(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [sheet_grid(book.get_sheet_by_name(name)) for name in book.sheet_names]


def sheet_grid(sheet) -> Grid:
    """One sheet; text rows above the table become its title when the heading row is found."""
    values = sheet.to_python(skip_empty_area=False)
    owners, origin = {}, {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for y in range(top, min(bottom, len(values) - 1) + 1):
            for x in range(left, right + 1):
                owners[y, x], origin[y, x] = ("merged", top, left), (top, left)

    def text(y: int, x: int) -> str:
        y, x = origin.get((y, x), (y, x))
        return words_of(values[y][x]) if y < len(values) and x < len(values[y]) else ""

    rows = [
        [Cell(text(y, x), owners.get((y, x), (y, x))) for x in range(len(row))]
        for y, row in enumerate(values)
    ]
    return Grid("", [row for row in rows if any(cell.text for cell in row)])


def words_of(value) -> str:
    """A value of a spreadsheet as people see it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "strftime"):
        return value.strftime("%d.%m.%Y")
    return "\n".join(" ".join(line.split()) for line in str(value or "").splitlines()).strip()
