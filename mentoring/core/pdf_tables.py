"""Tags of tables whose cells span several rows, mended before the PDF is written (PDF/UA-1, 7.5).

WeasyPrint leaves the whole RowSpan on a cell that a page break cuts, gives the rest of the table no cell for it, and takes the
wrong column when it names the headers of the rows below. Here each part of a table becomes a full grid again.
"""

import pydyf


def mend_tables(document, pdf: pydyf.PDF) -> None:
    """Finisher of WeasyPrint: clip row spans to their page, add the missing cells of the next page, name the right headers."""
    overhang: dict[int, int] = {}
    for element in list(pdf.objects):
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/Table":
            drop_page_line(pdf, element)
            head, body = rows_of(pdf, element)
            if overhang or any(
                number(cell, "RowSpan") > 1 for row in body for cell in cells_of(pdf, row)
            ):
                overhang = mend_body(pdf, body, headers_of(pdf, head), overhang)


def drop_page_line(pdf: pydyf.PDF, table) -> None:
    """The empty foot only draws a line (tables.close_pages): it is no row for a reader."""
    feet = {part.reference for part in children(pdf, table) if part["S"] == "/TFoot"}
    if feet:
        table["K"] = pydyf.Array([kid for kid in table["K"] if kid not in feet])


def children(pdf: pydyf.PDF, element) -> list:
    """Structure elements below one, marked contents left out."""
    references = [kid for kid in element.get("K", []) if isinstance(kid, bytes)]
    found = [pdf.objects[int(reference.split()[0])] for reference in references]
    return [kid for kid in found if kid.get("Type") == "/StructElem"]


def rows_of(pdf: pydyf.PDF, table) -> tuple[list, list]:
    """Rows of the head and rows of the body of one part of a table."""
    head, body = [], []
    for part in children(pdf, table):
        rows = (
            [part]
            if part["S"] == "/TR"
            else [row for row in children(pdf, part) if row["S"] == "/TR"]
        )
        (head if part["S"] == "/THead" else body).extend(rows)
    return head, body


def cells_of(pdf: pydyf.PDF, row) -> list:
    return [cell for cell in children(pdf, row) if cell["S"] in ("/TD", "/TH")]


def number(cell, name: str) -> int:
    """`RowSpan` or `ColSpan` of a cell."""
    return cell["A"].get(name, 1) if "A" in cell else 1


def headers_of(pdf: pydyf.PDF, head: list) -> dict[int, list]:
    """Identifiers of the head cells over each column."""
    found: dict[int, list] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(head):
        x = 0
        for cell in cells_of(pdf, row):
            while (y, x) in taken:
                x += 1
            for column in range(x, x + number(cell, "ColSpan")):
                taken.update((y + down, column) for down in range(number(cell, "RowSpan")))
                if "ID" in cell:
                    found.setdefault(column, []).append(cell["ID"])
            x += number(cell, "ColSpan")
    return found


def mend_body(
    pdf: pydyf.PDF, rows: list, headers: dict[int, list], overhang: dict[int, int]
) -> dict[int, int]:
    """Make the rows of one page a full grid; return column → rows that a cut cell still spans on the next page."""
    taken: set[tuple[int, int]] = set()
    rest: dict[int, int] = {}
    named = not any(cell["S"] == "/TH" for row in rows for cell in cells_of(pdf, row))
    for y, row in enumerate(rows):
        x, kids = 0, list(row["K"])
        cells = {cell.reference: cell for cell in cells_of(pdf, row)}
        if y == 0:
            kids = with_continued(pdf, row, kids, cells, overhang)
        for reference in kids:
            cell = cells.get(reference)
            if cell is None:
                continue
            while (y, x) in taken:
                x += 1
            wide, high = number(cell, "ColSpan"), number(cell, "RowSpan")
            kept = min(high, len(rows) - y)
            cell["A"]["RowSpan"] = kept
            if named:
                cell["A"]["Headers"] = pydyf.Array(
                    [key for column in range(x, x + wide) for key in headers.get(column, [])]
                )
            for column in range(x, x + wide):
                taken.update((y + down, column) for down in range(kept))
                if high > kept:
                    rest[column] = high - kept
            x += wide
        row["K"] = pydyf.Array(kids)
    return rest


def with_continued(pdf: pydyf.PDF, row, kids: list, cells: dict, overhang: dict[int, int]) -> list:
    """The cells of a first row with an empty one in each column that a cell of the page before still spans."""
    own, result, x = list(kids), [], 0
    while own or x in overhang:
        if x in overhang:
            attributes = pydyf.Dictionary({"O": "/Table", "RowSpan": overhang[x]})
            cell = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/TD",
                    "K": pydyf.Array(),
                    "P": row.reference,
                    "A": attributes,
                }
            )
            if "Pg" in row:
                cell["Pg"] = row["Pg"]
            pdf.add_object(cell)
            cells[cell.reference] = cell
            result.append(cell.reference)
            x += 1
        else:
            reference = own.pop(0)
            result.append(reference)
            x += number(cells[reference], "ColSpan") if reference in cells else 0
    return result
