"""What pandoc cannot write, put into the Word file by python-docx: margins, page numbers, rows and blocks that stay whole."""

import io

import segno
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from .word_html import TAB

SHORT_SIDE, LONG_SIDE = Mm(210), Mm(297)
LEFT, RIGHT, TOP, BOTTOM = Mm(30), Mm(10), Mm(20), Mm(20)
CONTENT_TABLES = {"Table", "Sheet"}


def finish(document, *, centred_title: bool, check, landscape: bool, table_size: int | None = None) -> None:  # fmt: skip
    """Margins, page numbers, tables and paragraphs that must stay together."""
    section = document.sections[0]
    lay_out_section(section, landscape=landscape)
    number_pages(section)
    if check:
        add_check(section, *check)
    for paragraph in document.paragraphs:
        mend_paragraph(paragraph, centred_title=centred_title, landscape=landscape)
    space_blocks(document)
    for table in document.tables:
        mend_table(table)
        if table_size and table.style is not None and table.style.name in CONTENT_TABLES:
            resize(table, table_size)
    keep_signature(document)


def lay_out_section(section, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (LONG_SIDE, SHORT_SIDE) if landscape else (SHORT_SIDE, LONG_SIDE)
    )
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        LEFT,
        RIGHT,
        TOP,
        BOTTOM,
    )
    section.header_distance, section.footer_distance, section.gutter = Mm(10), BOTTOM, 0


def number_pages(section) -> None:
    """A PAGE field in the middle of the header from page 2; the first page has an empty header of its own."""
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Page Number"
    for kind in ("begin", "instr", "separate", "text", "end"):
        paragraph.add_run()._r.append(field_part(kind))


def field_part(kind: str):
    """One part of the field PAGE."""
    if kind == "instr":
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = " PAGE "
    elif kind == "text":
        part = OxmlElement("w:t")
        part.text = "2"
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    return part


def add_check(section, lines: list[str], address: str) -> None:
    """Check code, address and QR in the footer of the first sheet, at its right side."""
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    width = section.page_width - LEFT - RIGHT
    table = footer.add_table(1, 2, width)
    table.autofit = False
    text, picture = table.rows[0].cells
    for column, cell, wide in zip(
        table.columns, (text, picture), (width - Mm(29), Mm(29)), strict=True
    ):
        column.width = cell.width = wide
        cell.paragraphs[0].style = "Check"
    text.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    text.paragraphs[0].add_run(lines[0] if lines else "")
    for line in lines[1:]:
        text.add_paragraph(line, style="Check")
    if address:
        drawn = io.BytesIO()
        segno.make(address, error="m").save(drawn, kind="png", scale=6, border=0)
        shape = (
            picture.paragraphs[0].add_run().add_picture(io.BytesIO(drawn.getvalue()), width=Mm(23))
        )
        shape._inline.docPr.set("descr", "QR-код страницы проверки документа")
    empty = footer.paragraphs[0]._p
    footer._element.remove(empty)
    footer._element.append(
        empty
    )  # a footer must end in a paragraph; two points of it do not push the text up
    Paragraph(empty, footer).paragraph_format.line_spacing = Mm(0.7)


def mend_paragraph(paragraph, *, centred_title: bool, landscape: bool) -> None:
    for run in paragraph.runs:
        if TAB in run.text:
            run.text = run.text.replace(TAB, "\t")
    name = paragraph.style.name
    if name == "Heading 1":
        if centred_title:
            paragraph.alignment = ALIGN.CENTER
        else:
            paragraph.paragraph_format.right_indent = Mm(60)
    if name == "Corner" and landscape:
        paragraph.paragraph_format.left_indent = Mm(177)
    if name == "Heading 2" and paragraph.text.casefold().startswith("приложение"):
        paragraph.paragraph_format.page_break_before = paragraph._p.getprevious() is not None


def space_blocks(document) -> None:
    """Air after the annex mark, before stamps and between a table and the text that follows it."""
    for paragraph in document.paragraphs:
        name = paragraph.style.name
        before, after = paragraph._p.getprevious(), paragraph._p.getnext()
        table_before, table_after = (
            near is not None and near.tag == qn("w:tbl") for near in (before, after)
        )
        following = styles_in(after, document) if after is not None else set()
        if name == "Corner" and table_before:  # the own annex of an order, after its signature
            paragraph.paragraph_format.page_break_before = True
        if (name == "Corner" and name not in following) or (name == "Letterhead" and table_after):
            paragraph.paragraph_format.space_after = Pt(14)
        if table_before and name in ("Body Text", "First Paragraph"):
            paragraph.paragraph_format.space_before = Pt(8)
        if name == "Electronic Mark" and name in following:
            paragraph.paragraph_format.keep_with_next = True


def mend_table(table: Table) -> None:
    """Rows that stay whole, a repeated and centred head, cells left-aligned in 12 points."""
    kind = table.style.name if table.style is not None else "Table"
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        head = properties.find(qn("w:tblHeader")) is not None
        stage = (
            kind == "Table"
            and not head
            and len(row._tr.findall(qn("w:tc"))) == 1 < len(table.columns)
        )
        for paragraph in row_paragraphs(row):
            if kind in CONTENT_TABLES:
                paragraph.style = (
                    "Acknowledgement Line" if kind == "Sheet" and not head else "Compact"
                )
                paragraph.alignment = ALIGN.CENTER if head and kind == "Table" else ALIGN.LEFT
                if head or stage:
                    paragraph.paragraph_format.keep_with_next = True
                    for run in paragraph.runs:
                        run.bold = kind == "Table"


def resize(table: Table, points: int) -> None:
    for row in table.rows:
        for paragraph in row_paragraphs(row):
            for run in paragraph.runs:
                run.font.size = Pt(points)


def row_paragraphs(row):
    """Paragraphs of a row, merged cells once."""
    for paragraph in row._tr.iter(qn("w:p")):
        yield Paragraph(paragraph, row)


def keep_signature(document) -> None:
    """At least two lines of text stay on the page of the signature: the paragraphs before it go along (c4)."""
    body = list(document.element.body)
    place = next(
        (
            i
            for i, node in enumerate(body)
            if node.tag == qn("w:tbl") and "Signature Left" in styles_in(node, document)
        ),
        None,
    )
    if place is None:
        return
    for node in body[max(0, place - 2) : place]:
        rows = node.findall(qn("w:tr"))[-2:] if node.tag == qn("w:tbl") else [node]
        for row in rows:
            for paragraph in row.iter(qn("w:p")):
                Paragraph(paragraph, document).paragraph_format.keep_with_next = True
    if place + 1 < len(body) and "Electronic Mark" in styles_in(body[place + 1], document):
        for paragraph in body[place].iter(qn("w:p")):
            Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def styles_in(node, document) -> set[str]:
    """Names of the paragraph styles inside a block."""
    return {Paragraph(paragraph, document._body).style.name for paragraph in node.iter(qn("w:p"))}
