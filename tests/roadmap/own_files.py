"""Roadmaps as schools keep them: Word and Excel tables in several shapes, made from the known rows."""

import io

import docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEADINGS = {"number": "№", "stage": "Наименование этапа", "block": "Мероприятия", "activity": "Содержание деятельности", "period": "Сроки", "responsible": "Ответственные"}  # fmt: skip


def flat(expected: list[dict], *, lists: bool) -> list[dict]:
    """Rows of a table: one a line, or (`lists`) one a holder with its lines as a list inside the cell."""
    rows = []
    for number, stage in enumerate(expected, start=1):
        holders = [*stage["blocks"], {"title": "", "activities": stage["activities"]}]
        for holder in holders:
            groups = grouped(holder["activities"]) if lists else [[one] for one in holder["activities"]]  # fmt: skip
            for group in groups:
                rows.append({"number": f"{number}.", "stage": stage["title"], "block": holder["title"], "activity": [one["title"] for one in group], "period": group[0]["period"], "responsible": group[0]["responsible"]})  # fmt: skip
    return rows


def grouped(lines: list[dict]) -> list[list[dict]]:
    """Neighbours with equal term and people share a cell."""
    found: list[list[dict]] = []
    for line in lines:
        same = found and all(found[-1][0][name] == line[name] for name in ("period", "responsible"))
        found[-1].append(line) if same else found.append([line])
    return found


def columns_of(rows: list[dict]) -> list[str]:
    shown = [name for name in ("block", "period", "responsible") if any(row[name] for row in rows)]
    return [name for name in HEADINGS if name in ("number", "stage", "activity", *shown)]


def word_file(rows: list[dict], title: str, *, numbered: bool = True, split_at: int = 0, headings=HEADINGS) -> bytes:  # fmt: skip
    """A .docx: merged cells downwards, lists as Word's own numbering or as typed numbers; `split_at`: two tables."""
    document = docx.Document()
    document.add_paragraph("УТВЕРЖДАЮ")
    document.add_paragraph(title)
    parts = [rows[:split_at], rows[split_at:]] if split_at else [rows]
    names = columns_of(rows)
    for part in parts:
        table = document.add_table(rows=1, cols=len(names))
        for place, name in enumerate(names):
            table.rows[0].cells[place].text = headings[name]
        for row in part:
            cells = table.add_row().cells
            for place, name in enumerate(names):
                fill(document, cells[place], row[name], numbered)
        merge(table, part, names)
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def fill(document, cell, value, numbered: bool) -> None:
    if isinstance(value, str):
        cell.text = value
        return
    if len(value) == 1:
        cell.text = value[0]
        return
    cell.text = ""
    for number, text in enumerate(value, start=1):
        paragraph = cell.paragraphs[0] if number == 1 else cell.add_paragraph()
        if numbered:
            paragraph.text = text
            properties = paragraph._p.get_or_add_pPr()
            mark = OxmlElement("w:numPr")
            level, kind = OxmlElement("w:ilvl"), OxmlElement("w:numId")
            level.set(qn("w:val"), "0")
            kind.set(qn("w:val"), "1")
            mark.append(level)
            mark.append(kind)
            properties.append(mark)
        else:
            paragraph.text = f"{number}. {text};"


def merge(table, rows: list[dict], names: list[str]) -> None:
    """Equal neighbours in the columns of stage and block become one cell, as on paper."""
    for name in ("number", "stage", "block"):
        if name not in names:
            continue
        place, start = names.index(name), 0
        for number in range(1, len(rows) + 1):
            last = number == len(rows)
            same = not last and rows[number]["stage"] == rows[start]["stage"] and rows[number][name] == rows[start][name]  # fmt: skip
            if same:
                continue
            if number - start > 1:
                text = rows[start][name]
                top = table.cell(start + 1, place).merge(table.cell(number, place))
                top.text = text
            start = number


def excel_file(rows: list[dict], title: str, *, merged: bool = True) -> bytes:
    """An .xlsx: title above the head, stage cells merged (or left empty below the first)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("План")
    names = columns_of(rows)
    sheet.write(0, 0, title)
    for place, name in enumerate(names):
        sheet.write(2, place, HEADINGS[name])
    for number, row in enumerate(rows):
        for place, name in enumerate(names):
            value = row[name]
            text = value if isinstance(value, str) else value[0] if len(value) == 1 else "\n".join(f"{at}) {one}" for at, one in enumerate(value, start=1))  # fmt: skip
            again = number and name in ("number", "stage", "block") and rows[number - 1]["stage"] == row["stage"] and rows[number - 1][name] == row[name]  # fmt: skip
            if not again:
                sheet.write(number + 3, place, text)
    if merged:
        merge_sheet(sheet, rows, names)
    book.close()
    return out.getvalue()


def merge_sheet(sheet, rows: list[dict], names: list[str]) -> None:
    for name in ("number", "stage", "block"):
        if name not in names:
            continue
        place, start = names.index(name), 0
        for number in range(1, len(rows) + 1):
            if number < len(rows) and rows[number]["stage"] == rows[start]["stage"] and rows[number][name] == rows[start][name]:  # fmt: skip
                continue
            if number - start > 1:
                sheet.merge_range(start + 3, place, number + 2, place, rows[start][name])
            start = number
