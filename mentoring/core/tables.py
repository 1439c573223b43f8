"""Tables of papers: headed cells, column widths in per cent and rows that stay together, for the PDF and the Word file alike.

Fixed widths are both faster (WeasyPrint lays automatic tables out several times) and the only way for Word and PDF to agree.
"""

import math

from lxml import etree

MM = 72 / 25.4
CHARACTER = 6.4  # points: a wide average for 12 pt Liberation Serif, Cyrillic
PADDING = 14.0  # points: cell padding and borders of both sides, and air
TALL_ROW = 20  # lines of 12 pt
PAGE_LINE = "page-line"
SHORT_CELL = 6  # characters: «1.2», «№», «ПРП»


def lay_out_table(table: etree._Element, *, width_mm: float) -> None:
    """Give a `<table>` scopes, a `<colgroup>` of widths summing up to 100 % and classes for stage rows and short cells."""
    head_first_row(table)
    placed, columns = grid(table)
    if not columns:
        return
    for row in table.iter("tr"):
        cells = list(row.iterchildren("td", "th"))
        if len(cells) == 1 and span(cells[0], "colspan") >= columns > 1:
            row.set("class", "whole-width")
    for cell in table.iter("th"):
        cell.set("scope", cell.get("scope") or ("col" if in_head(cell) else "row"))
    for old in table.findall("colgroup"):
        table.remove(old)
    group = etree.Element("colgroup")
    percents = widths(placed, columns, width_mm * MM)
    for percent in percents:
        etree.SubElement(group, "col").set("class", f"w{percent}")
    free_tall_rows(placed, percents, width_mm * MM)
    keep_merged_words(placed, percents, width_mm * MM)
    table.insert(0 if table.find("caption") is None else 1, group)
    centre_short_columns(placed, columns)
    close_pages(table, columns)


def close_pages(table: etree._Element, columns: int) -> None:
    """A repeated foot draws the line under a merged cell that a page break cuts (WeasyPrint leaves it open)."""
    merged = any(span(cell, "rowspan") > 1 for cell in table.iter("td"))
    if not merged or table.find("thead") is None or table.find("tfoot") is not None:
        return
    foot = etree.SubElement(table, "tfoot")
    cell = etree.SubElement(etree.SubElement(foot, "tr", {"class": PAGE_LINE}), "td")
    cell.set("colspan", str(columns))


def head_first_row(table: etree._Element) -> None:
    """Move a first row made of `<th>` only into `<thead>`, as the rich-text editor does not write one."""
    if table.find("thead") is not None:
        return
    first = next(table.iter("tr"), None)
    if (
        first is None
        or len(first) == 0
        or any(cell.tag != "th" for cell in first.iterchildren("td", "th"))
    ):
        return
    first.getparent().remove(first)
    head = etree.Element("thead")
    head.append(first)
    table.insert(0 if table.find("caption") is None else 1, head)


def in_head(cell: etree._Element) -> bool:
    """Does the cell stand in the repeated head?"""
    return next(cell.iterancestors("thead"), None) is not None


def span(cell: etree._Element, name: str) -> int:
    """`colspan` or `rowspan` as a whole number from 1 on; anything unreadable counts as 1."""
    value = cell.get(name, "1")
    return max(1, int(value)) if value.isdecimal() else 1


def grid(table: etree._Element) -> tuple[list[tuple[int, int, etree._Element]], int]:
    """Each cell with its first column and its span, and the number of columns; row spans are followed."""
    taken: dict[tuple[int, int], bool] = {}
    placed = []
    for y, row in enumerate(table.iter("tr")):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in taken:
                x += 1
            wide, high = span(cell, "colspan"), span(cell, "rowspan")
            taken.update({(y + dy, x + dx): True for dy in range(high) for dx in range(wide)})
            placed.append((x, wide, cell))
            x += wide
    return placed, 1 + max((x for _, x in taken), default=-1)


def widths(placed: list, columns: int, points: float) -> list[int]:
    """Whole per cents, sum 100: room for the longest word of each column first, the rest by the square root of its text."""
    floor, amount = [CHARACTER + PADDING] * columns, [1.0] * columns
    for x, wide, cell in placed:
        if wide > 1:
            continue
        text = " ".join(cell.itertext()).replace("-", "- ").split()
        longest = max(map(len, text), default=1) * CHARACTER * (1.08 if cell.tag == "th" else 1)
        floor[x] = max(floor[x], longest + PADDING)
        amount[x] += len(" ".join(text))
    spare = points - sum(floor)
    if spare > 0:
        needs = [
            0.0 if top <= 60 and amount[i] < 400 and top == min(floor) else math.sqrt(amount[i])
            for i, top in enumerate(floor)
        ]
        total = sum(needs) or 1
        shares = [top + spare * need / total for top, need in zip(floor, needs, strict=True)]
        if not any(needs):
            shares = [points / columns] * columns
    else:
        shares = floor
    exact = [100 * share / sum(shares) for share in shares]
    percents = [max(1, int(share)) for share in exact]
    # What rounding down has left goes to the largest remainders, so that equal columns stay nearly equal.
    for i in sorted(range(columns), key=lambda i: percents[i] - exact[i])[: 100 - sum(percents)]:
        percents[i] += 1
    return percents


def free_tall_rows(placed: list, percents: list[int], points: float) -> None:
    """Let a row break that would fill most of a page; all others stay whole."""
    for x, wide, cell in placed:
        room = max(CHARACTER, sum(percents[x : x + wide]) * points / 100 - PADDING)
        if len(cell.text_content()) * CHARACTER / room > TALL_ROW and span(cell, "rowspan") == 1:
            cell.getparent().set("class", "tall")


def keep_merged_words(placed: list, percents: list[int], points: float) -> None:
    """Keep the rows beside the words of a merged cell together.

    At a page end the words of a cell over several rows are not moved: they would run into the margin.
    """
    height: dict[etree._Element, float] = {}
    merged = []
    for x, wide, cell in placed:
        room = max(CHARACTER, sum(percents[x : x + wide]) * points / 100 - PADDING)
        lines = len(cell.text_content()) * CHARACTER / room
        row = cell.getparent()
        if span(cell, "rowspan") > 1:
            merged.append((row, math.ceil(lines), span(cell, "rowspan")))
        else:
            # Narrow letters fit more on a line: rather too low than too high.
            height[row] = max(height.get(row, 1), math.floor(0.8 * lines))
    for row, lines, count in merged:
        for _ in range(count - 1):
            lines -= height.get(row, 0)
            if lines <= 0 or row.getnext() is None:
                break
            row.set("class", " ".join({*row.get("class", "").split(), "keep"}))
            row = row.getnext()


def centre_short_columns(placed: list, columns: int) -> None:
    """Mark the cells of a column that holds numbers or signs only, so that they stand in its middle."""
    for column in range(columns):
        cells = [cell for x, wide, cell in placed if x == column and wide == 1 and cell.tag == "td"]
        if cells and all(len(cell.text_content().strip()) <= SHORT_CELL for cell in cells):
            for cell in cells:
                cell.set("class", "short")
