"""A PDF read back as a checker sees it: words with their boxes, lines, tables and headings of the tag tree.

pdfplumber belongs to the test extra, so it is imported when a file is read; the portal itself never needs it.
Lengths are in millimetres from the left and upper edge, type sizes in points.
"""

import io
from dataclasses import dataclass, field
from pathlib import Path

MM = 72 / 25.4
CHECK_WORDS = "Код проверки:"
CHECK_ZONE_MM = 50  # the check block stands in this strip at the foot of the first sheet


@dataclass
class Word:
    """One word; `tag` is its place in the tag tree: None, "TH" of a repeated head, or another name."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str
    mcid: int | None


@dataclass
class Sheet:
    """One page. `words` in the order of the stream, `fragments` the parts of tables on it."""

    number: int
    width: float
    height: float
    words: list[Word]
    fragments: list = field(default_factory=list)

    def lines(self) -> list[list[Word]]:
        """Words grouped by their base line from the top down, each line from left to right."""
        lines: list[list[Word]] = []
        for word in sorted(self.words, key=lambda w: (w.bottom, w.left)):
            if lines and abs(lines[-1][-1].bottom - word.bottom) < 1:
                lines[-1].append(word)
            else:
                lines.append([word])
        return [sorted(line, key=lambda w: w.left) for line in lines]

    def numbers(self) -> list[Word]:
        """Words that stand wholly in the top margin."""
        return [word for word in self.words if word.bottom < 19]

    def check_block(self) -> list[Word]:
        """Words of the check code and its address at the foot of the first sheet."""
        low = [
            word
            for word in self.words
            if self.number == 1 and word.top > self.height - CHECK_ZONE_MM
        ]
        start = next(
            (
                i
                for i, word in enumerate(low)
                if CHECK_WORDS.startswith(word.text)
                and low[i + 1 : i + 2]
                and low[i + 1].text == "проверки:"
            ),
            None,
        )
        return (
            []
            if start is None
            else [word for word in low[start:] if word.top >= low[start].top - 0.5]
        )


@dataclass
class Fragment:
    """The part of a table on one page: its head as text, whether it continues the table before, marked contents of its head."""

    page: int
    head: str
    continues: bool
    head_mcids: set[int]


@dataclass
class Reading:
    sheets: list[Sheet]
    headings: list[str]
    fonts: set[str]

    @property
    def text(self) -> str:
        """All words of all pages, one space between."""
        return " ".join(word.text for sheet in self.sheets for word in sheet.words)

    def tables(self) -> int:
        """Number of tables; a table over several pages counts once."""
        return sum(not fragment.continues for sheet in self.sheets for fragment in sheet.fragments)

    def running_words(self) -> list[Word]:
        """Words in reading order without page numbers, repeated table heads and the check block."""
        found = []
        for sheet in self.sheets:
            again = set().union(*(part.head_mcids for part in sheet.fragments if part.continues))
            outside = {id(word) for word in sheet.numbers() + sheet.check_block()}
            found += [
                word for word in sheet.words if id(word) not in outside and word.mcid not in again
            ]
        return found


def read_pdf(pdf: bytes | str | Path) -> Reading:
    """Read a PDF made by the portal (bytes or path)."""
    import pdfplumber

    data = pdf if isinstance(pdf, bytes) else Path(pdf).read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as opened:
        sheets = [sheet_of(page) for page in opened.pages]
        fonts = {char["fontname"].split("+")[-1] for page in opened.pages for char in page.chars}
        headings = walk_tags(opened.structure_tree, sheets)
    return Reading(sheets, headings, fonts)


def sheet_of(page) -> Sheet:
    """Words of one page in the order of the stream."""
    found = page.extract_words(
        use_text_flow=True, keep_blank_chars=False, extra_attrs=["size", "fontname", "mcid"]
    )
    words = [
        Word(
            w["text"],
            w["x0"] / MM,
            w["top"] / MM,
            w["x1"] / MM,
            w["bottom"] / MM,
            w["size"],
            w["fontname"].split("+")[-1],
            w["mcid"],
        )
        for w in found
    ]
    return Sheet(page.page_number, float(page.width) / MM, float(page.height) / MM, words)


def walk_tags(tree: list, sheets: list[Sheet]) -> list[str]:
    """Hang the fragments of tables on their sheets; return the texts of the headings."""
    texts = {(sheet.number, word.mcid): [] for sheet in sheets for word in sheet.words}
    for sheet in sheets:
        for word in sheet.words:
            texts[sheet.number, word.mcid].append(word.text)
    headings: list[str] = []
    last: Fragment | None = None

    def visit(node) -> None:
        nonlocal last
        kind = node.get("type", "")
        if kind == "Table":
            last = fragment_of(node, texts, last)
            sheets[last.page - 1].fragments.append(last)
        elif kind in ("H1", "H2", "H3"):
            headings.append(text_of(node, texts))
        for child in node.get("children", []):
            visit(child)

    for node in tree:
        visit(node)
    return headings


def fragment_of(node, texts, before: Fragment | None) -> Fragment:
    """A fragment whose head repeats that of the last fragment on the page before continues the same table."""
    page = node.get("page_number") or 1
    cells = [
        cell
        for cell in nodes(node)
        if cell.get("type") == "TH" and cell.get("attributes", {}).get("Headers") is None
    ]
    head = " ".join(text_of(cell, texts) for cell in cells)
    rows = [row for row in nodes(node) if row.get("type") == "TR"]
    body_starts = next(
        (text_of(row, texts) for row in rows if not any(c.get("type") == "TH" for c in nodes(row))),
        "",
    )
    follows = (
        before is not None
        and before.page == page - 1
        and (before.head == head or (not head and bool(body_starts)))
    )
    return Fragment(
        page,
        head,
        follows,
        {mcid for cell in cells for part in nodes(cell) for mcid in part.get("mcids", [])},
    )


def nodes(node):
    """The node and all below it."""
    yield node
    for child in node.get("children", []):
        yield from nodes(child)


def text_of(node, texts) -> str:
    """Words under a node of the tag tree."""
    words = [
        word
        for part in nodes(node)
        for mcid in part.get("mcids", [])
        for word in texts.get((part.get("page_number"), mcid), [])
    ]
    return " ".join(words)
