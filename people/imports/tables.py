"""Where the list stands in a book: sheet, line of headings, lines of people."""

import re
from dataclasses import dataclass, field, replace

from mentoring.core.spreadsheets import Book, Sheet
from people.imports.columns import letter, names_people, normalised, recognise

LOOKED_AT = 40  # titles, stamps and dates stand above the headings
FULL_NAME = re.compile(
    r"[А-ЯЁ][а-яё'-]+ [А-ЯЁ][а-яё'-]+( [А-ЯЁ][а-яё'-]+)*$|[А-ЯЁ-]+ [А-ЯЁ]+ [А-ЯЁ]+$"
)


@dataclass(frozen=True)
class Table:
    """`header_row` counts from 1, 0 means no headings; `columns`: column number from 0 → field."""

    sheet: str
    header_row: int
    first_row: int
    headings: list[str]
    columns: dict[int, str]
    notes: list[str] = field(default_factory=list)

    def title(self, number: int) -> str:
        """Heading of a column, or its letter where the heading is empty."""
        return self.headings[number] or f"столбец {letter(number)}"


def find(book: Book) -> Table:
    """The list that is understood best; the notes say in Russian what was passed over."""
    best = max((find_in(book.sheet(name)) for name in book.names), key=fitness)
    return with_notes(best, book)


def with_notes(table: Table, book: Book) -> Table:
    """The table with what is to be known about the other sheets."""
    if len(book.names) < 2:
        return table
    found = ", ".join(f"«{name}»" for name in book.names[:10])
    notes = [f"Листы в файле: {found}. Взят лист «{table.sheet}»."]
    others = [find_in(book.sheet(name)) for name in book.names if name != table.sheet]
    alike = [each.sheet for each in others if names_people(each.columns)]
    if alike:
        names = ", ".join(f"«{name}»" for name in alike)
        notes.append(f"Похоже на список и здесь: {names}. Загрузите эти листы отдельно.")
    return replace(table, notes=[*table.notes, *notes])


def fitness(table: Table) -> tuple[bool, int]:
    return names_people(table.columns), len(table.columns)


def find_in(sheet: Sheet, header_row: int | None = None) -> Table:
    """The list on one sheet; a `header_row` given by the user is taken as it is."""
    if header_row is None:
        tables = [at_row(sheet, row) for row in range(1, min(LOOKED_AT, len(sheet.rows)) + 1)]
        best = max(tables, key=fitness, default=None)
        header_row = best.header_row if best and best.columns else 0
    table = at_row(sheet, header_row)
    notes = [] if header_row else ["Не нашли строку заголовков. Укажите, что в каком столбце."]
    empty = [letter(n) for n, text in enumerate(table.headings) if not text and filled(sheet, table, n)]  # fmt: skip
    columns = guessed(sheet, table)
    if empty and header_row:
        notes.append(f"Без заголовка: {', '.join(empty)}. Проверьте, нужны ли эти столбцы.")
    return Table(sheet.name, header_row, table.first_row, table.headings, columns, notes)


def at_row(sheet: Sheet, header_row: int) -> Table:
    headings, first_row = headings_at(sheet, header_row)
    return Table(sheet.name, header_row, first_row, headings, recognise(headings))


def headings_at(sheet: Sheet, header_row: int) -> tuple[list[str], int]:
    """Headings with their merged groups («Стаж» over «педагогический») and the first line below."""
    width = max(map(len, sheet.rows), default=0)
    if not header_row:
        return [""] * width, 1
    top = header_row - 1
    merged = [((r0, c0), (r1, c1)) for (r0, c0), (r1, c1) in sheet.merged if r0 == top]
    bottom = max([r1 for (_, _), (r1, _) in merged if r1 < top + 4], default=top)
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in range(top, min(bottom, len(sheet.rows) - 1) + 1):
        for column, value in enumerate(sheet.rows[row]):
            if text := " ".join(str(value).split()):
                parts[column].append(text)
    for (_, c0), (_, c1) in merged:
        group = " ".join(str(sheet.rows[top][c0]).split())
        for column in range(c0 + 1, min(c1, width - 1) + 1):
            if bottom > top and group:
                parts[column].insert(0, group)
    return [" ".join(dict.fromkeys(texts))[:120] for texts in parts], bottom + 2


def filled(sheet: Sheet, table: Table, column: int) -> bool:
    lines = sheet.rows[table.first_row - 1 : table.first_row + 20]
    return any(column < len(line) and line[column] != "" for line in lines)


def guessed(sheet: Sheet, table: Table) -> dict[int, str]:
    """Columns; full names under an empty or strange heading are recognised by themselves."""
    if names_people(table.columns):
        return table.columns
    lines = sheet.rows[table.first_row - 1 : table.first_row + 30]
    for number in range(len(table.headings)):
        texts = [str(line[number]).strip() for line in lines if line[number] != ""]
        if texts and sum(bool(FULL_NAME.match(text)) for text in texts) * 2 > len(texts):
            others = {n: f for n, f in table.columns.items() if f not in ("name", "last_name")}
            return {**others, number: "name"}
    return table.columns


def lines(sheet: Sheet, table: Table) -> list[tuple[int, list]]:
    """Row numbers of the file with their cells, from the first person on.

    Left out: empty lines, titles between parts of the list, repeated headings, numbers of columns,
    totals. A cell merged downwards counts in each of its lines.
    """
    rows = unmerged(sheet, table)
    names = [n for n, field in table.columns.items() if field in ("name", "last_name")]
    heads = set(sheet.rows[table.header_row - 1]) - {""} if table.header_row else set()
    found = []
    for number, cells in enumerate(rows[table.first_row - 1 :], start=table.first_row):
        full = len(cells) - cells.count("")
        if full == 0 or (full < 4 and is_title(cells, full, table)) or is_numbering(cells):
            continue
        if names and cells[names[0]] in heads:
            continue
        found.append((number, cells))
    return found


def is_title(cells: list, full: int, table: Table) -> bool:
    text = next(str(each).strip() for each in cells if each != "")
    if normalised(text).startswith(("итого", "всего")):
        return True
    return full == 1 and len(table.columns) > 1 and not FULL_NAME.match(text)


def is_numbering(cells: list) -> bool:
    """«1 2 3 4 …» under the headings."""
    if str(cells[0]) not in ("", "1", "1.0"):
        return False
    texts = [str(each).removesuffix(".0") for each in cells if each != ""]
    return len(texts) > 1 and texts == [str(n) for n in range(1, len(texts) + 1)]


def unmerged(sheet: Sheet, table: Table) -> list[list]:
    """The rows, cells merged downwards filled; the sheet itself stays as it was read."""
    tall = [(a, b) for a, b in sheet.merged if b[0] > a[0] >= table.first_row - 1]
    if not tall:
        return sheet.rows
    rows = [list(row) for row in sheet.rows]
    for (r0, c0), (r1, _) in tall:
        for row in range(r0 + 1, min(r1, len(rows) - 1) + 1):
            rows[row][c0] = rows[r0][c0]
    return rows
