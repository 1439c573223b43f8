"""Builds reference.docx, the style sheet of every Word file: `python mentoring/core/word_parts/build_reference.py`.

Starts from the reference file of the installed pandoc, so that every style name pandoc writes is there.
The numbers repeat static/papers/paper.css (ГОСТ Р 7.0.97-2025).
"""

import subprocess
import tempfile
from pathlib import Path

import docx
import pypandoc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

FONT = "Liberation Serif"
TARGET = Path(__file__).with_name("reference.docx")
# name, alignment, size in pt, bold, points before, points after, line spacing, first-line indent in cm
PARAGRAPHS = [
    ("Normal", ALIGN.LEFT, 14, False, 0, 0, 1.0, 0),
    ("Body Text", ALIGN.JUSTIFY, 14, False, 0, 3, 1.0, 1.25),
    ("First Paragraph", ALIGN.JUSTIFY, 14, False, 0, 3, 1.0, 1.25),
    ("Compact", ALIGN.LEFT, 12, False, 0, 0, 1.0, 0),
    ("Heading 1", ALIGN.LEFT, 14, True, 0, 14, 1.0, 0),
    ("Heading 2", ALIGN.CENTER, 14, True, 12, 6, 1.0, 0),
    ("Heading 3", ALIGN.LEFT, 14, True, 8, 4, 1.0, 1.25),
    ("Draft Mark", ALIGN.RIGHT, 14, True, 0, 6, 1.0, 0),
    ("Corner", ALIGN.LEFT, 14, False, 0, 0, 1.0, 0),
    ("Letterhead", ALIGN.CENTER, 14, False, 0, 3, 1.0, 0),
    ("Contacts", ALIGN.CENTER, 12, False, 0, 3, 1.0, 0),
    ("Stamp", ALIGN.LEFT, 14, False, 0, 2, 1.0, 0),
    ("Stamp Narrow", ALIGN.LEFT, 12, False, 0, 2, 1.0, 0),
    ("Kind", ALIGN.CENTER, 14, True, 14, 10, 1.0, 0),
    ("Date Line", ALIGN.LEFT, 14, False, 0, 8, 1.0, 0),
    ("Place", ALIGN.CENTER, 14, False, 0, 14, 1.0, 0),
    ("Command", ALIGN.LEFT, 14, True, 6, 6, 1.0, 0),
    ("Signature Left", ALIGN.LEFT, 14, False, 26, 0, 1.0, 0),
    ("Signature Right", ALIGN.RIGHT, 14, False, 26, 0, 1.0, 0),
    ("Electronic Mark", ALIGN.LEFT, 12, False, 0, 0, 1.0, 0),
    ("Footnote Line", ALIGN.LEFT, 12, False, 12, 0, 1.0, 0),
    ("Acknowledgement Title", ALIGN.LEFT, 14, False, 22, 4, 1.0, 0),
    ("Acknowledgement Line", ALIGN.LEFT, 12, False, 9, 0, 1.0, 0),
    ("Check", ALIGN.RIGHT, 12, False, 0, 0, 1.0, 0),
    ("Page Number", ALIGN.CENTER, 12, False, 0, 0, 1.0, 0),
]


def build(target: Path = TARGET) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = Path(folder, "start.docx")
        made = subprocess.run(
            [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
            capture_output=True,
            check=True,
        )
        start.write_bytes(made.stdout)
        document = docx.Document(str(start))
    language(document)
    modern_layout(document)
    for row in PARAGRAPHS:
        paragraph_style(document.styles, *row)
    document.styles["Corner"].paragraph_format.left_indent = Mm(92)
    mark = document.styles["Electronic Mark"].paragraph_format
    mark.left_indent, mark.right_indent, mark.keep_together = Mm(1.6), Mm(65), True
    for name in ("Letterhead", "Contacts"):
        layout = document.styles[name].paragraph_format
        layout.left_indent = layout.right_indent = Mm(25)
    document.styles["Date Line"].paragraph_format.tab_stops.add_tab_stop(
        Mm(170), WD_TAB_ALIGNMENT.RIGHT
    )
    document.styles["Electronic Mark"].element.get_or_add_pPr().append(
        borders("w:pBdr", ("top", "left", "bottom", "right"), space=4)
    )
    document.styles["Kind"].element.get_or_add_rPr().append(valued("w:spacing", 40))
    characters(document.styles)
    for name in ("Table", "Layout", "Sheet"):
        table_style(document.styles, name, lined=name == "Table")
    document.save(str(target))


def paragraph_style(styles, name, align, size, bold, before, after, spacing, indent) -> None:
    known = {style.name for style in styles}
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = styles["Normal"]
    font, layout = style.font, style.paragraph_format
    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    layout.alignment, layout.line_spacing = align, spacing
    layout.space_before, layout.space_after, layout.first_line_indent = (
        Pt(before),
        Pt(after),
        Cm(indent),
    )
    layout.left_indent, layout.widow_control = Cm(0), True
    layout.keep_with_next = name.startswith(("Heading", "Kind"))


def characters(styles) -> None:
    """The red of a missing value, and links that look like text."""
    missing = styles.add_style("Missing", WD_STYLE_TYPE.CHARACTER)
    missing.font.color.rgb, missing.font.bold = RGBColor(0xB0, 0x00, 0x20), True
    link = styles["Hyperlink"]
    link.font.color.rgb, link.font.underline = RGBColor(0, 0, 0), False


def table_style(styles, name, *, lined: bool) -> None:
    known = {style.name: style for style in styles}
    if name in known:
        known[name].element.getparent().remove(known[name].element)
    style = styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"] if "Normal Table" in known else None
    properties = OxmlElement("w:tblPr")
    if lined:
        properties.append(
            borders("w:tblBorders", ("top", "left", "bottom", "right", "insideH", "insideV"))
        )
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 80 if lined else 0), ("bottom", 40), ("right", 80)):
        edge = valued(f"w:{side}", twips, key="w:w")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties.append(margins)
    style.element.append(properties)


def borders(tag: str, sides, *, space: int = 0):
    box = OxmlElement(tag)
    for side in sides:
        line = valued(f"w:{side}", "single")
        for key, value in (("w:sz", "4"), ("w:space", str(space)), ("w:color", "000000")):
            line.set(qn(key), value)
        box.append(line)
    return box


def valued(tag: str, value, *, key: str = "w:val"):
    element = OxmlElement(tag)
    element.set(qn(key), str(value))
    return element


def modern_layout(document) -> None:
    """Layout rules of Word 2013 and later: tables begin at the margin, not a cell padding left of it."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    mode = OxmlElement("w:compatSetting")
    for key, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", "15"),
    ):
        mode.set(qn(f"w:{key}"), value)
    compat = OxmlElement("w:compat")
    compat.append(mode)
    after = [
        settings.find(qn(f"w:{name}"))
        for name in ("rsids", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator")
    ]
    following = next((node for node in after if node is not None), None)
    settings.append(compat) if following is None else following.addprevious(compat)


def language(document) -> None:
    """Russian for the spelling checker and for screen readers."""
    defaults = (
        document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    )
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language_of = valued("w:lang", "ru-RU")
    language_of.set(qn("w:eastAsia"), "ru-RU")
    defaults.append(language_of)


if __name__ == "__main__":
    build()
