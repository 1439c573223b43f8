"""Numbers of clauses, put in as text at rendering, so that an edit never leaves a wrong number and PDF and Word agree.

Source of the scheme: orders «1.», «1.1.» (ГОСТ Р 7.0.97-2025, R-105); local acts: sections «1.», clauses «1.1.»,
sub-clauses «1)», «а)»; dashes for plain lists (R-107). The text itself is sanitised HTML of the rich-text editor.
"""

from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from .tables import lay_out_table
from .typography import glue

LETTERS = "абвгдежзиклмнпрстуфхцшщэюя"
PORTRAIT_MM, LANDSCAPE_MM = 170, 257
BLOCKS = {"p", "table", "ul", "ol", "h2", "h3"}
ANNEX = "приложение"
TWO_LINES = 200  # characters of 14 pt on 170 mm, with a margin


@dataclass
class Numbering:
    """Walks a body once; `out` holds the new blocks, `index` pairs of (number, text)."""

    style: str
    out: list = field(default_factory=list)
    index: list = field(default_factory=list)
    section: int = 0
    annex: str = ""
    clause: int = 0
    heading_level: int = 1

    def body(self, root) -> None:
        for node in list(root):
            if node.tag in ("ol", "ul"):
                if self.style == "lists":
                    self.clause = 0
                self.items(node, depth=1, path="")
            elif node.tag in ("h2", "h3"):
                self.heading(node)
            else:
                self.plain(node)

    def heading(self, node) -> None:
        """`h2` of a local act is a numbered section unless it names an annex; levels never jump (PDF/UA-1, 7.4.2)."""
        level = min(int(node.tag[1]), self.heading_level + 1)
        node.tag, self.heading_level = f"h{level}", level
        text = " ".join(node.text_content().split())
        if level == 2 and text.casefold().startswith(ANNEX):
            self.annex, self.clause = annex_name(text), 0
            node.set("class", "annex")
            self.index.append((self.annex, text))
        elif level == 2 and self.style == "local_act":
            self.section, self.clause, self.annex = self.section + 1, 0, ""
            node.set("class", "section")
            number(node, f"{self.section}.")
            self.index.append((str(self.section), text))
        self.out.append(node)

    def items(self, box, *, depth: int, path: str) -> None:
        """Items of one list; `path` is the printed number of the item that holds it."""
        for place, item in enumerate(box.iterchildren("li"), start=1):
            if box.tag == "ul":
                self.item(item, "–", f"dash level-{depth}", depth, path, indexed=False)
            else:
                mark, own = self.mark(place, depth, path)
                self.item(item, mark, f"level-{depth}", depth, own, indexed=True)

    def mark(self, place: int, depth: int, path: str) -> tuple[str, str]:
        """What is printed before an item, and its name for remarks («1.1», «1.1 2)», «Приложение 1, п. 3»)."""
        if depth == 1:
            self.clause += 1
            lead = (
                f"{self.section}."
                if self.style == "local_act" and self.section and not self.annex
                else ""
            )
            own = f"{lead}{self.clause}"
            return f"{own}.", f"{self.annex}, п. {own}" if self.annex else own
        if self.style == "order" and not self.annex:
            return f"{path}.{place}.", f"{path}.{place}"
        mark = f"{place})" if depth == 2 else f"{LETTERS[(place - 1) % len(LETTERS)]})"
        return mark, f"{path} {mark}"

    def item(self, item, mark: str, kind: str, depth: int, path: str, *, indexed: bool) -> None:
        """Turn `<li>` into paragraphs: the first one numbered, the following ones plain, lists inside it one level down."""
        blocks = blocks_of(item)
        first = blocks[0] if blocks and blocks[0].tag == "p" else etree.Element("p")
        if indexed:
            own = [block.text_content() for block in blocks if block.tag == "p"]
            self.index.append((path, " ".join(" ".join(own).split())))
        first.set("class", f"clause {kind}")
        number(first, mark)
        self.out.append(first)
        for block in blocks:
            if block is first:
                continue
            if block.tag in ("ol", "ul"):
                self.items(block, depth=depth + 1, path=path)
            else:
                block.set("class", f"clause-more level-{depth}")
                self.out.append(block)

    def plain(self, node) -> None:
        text = node.text_content().strip()
        if node.tag == "p" and not text:
            return
        if text.isupper() and text.endswith("ЫВАЮ:"):
            node.set("class", "command")
        self.out.append(node)


def number_clauses(html: str, style: str, *, landscape: bool | None = None) -> str:
    """Number the body of a paper.

    `style` is "order", "local_act", "lists" (each list begins anew: minutes) or "table" (nothing numbered). `landscape` tells the width for tables; by default only
    papers of the style "table" lie on their side. Returns a fragment of `h2.section`, `p.clause.level-N` and laid-out tables.
    """
    numbering, _ = walked(html, style)
    wide = LANDSCAPE_MM if (style == "table" if landscape is None else landscape) else PORTRAIT_MM
    for block in numbering.out:
        block.tail = None
        glue_texts(block)
        for table in block.iter("table"):
            lay_out_table(table, width_mm=wide)
    mark_last_line(numbering.out)
    return "\n".join(
        etree.tostring(block, encoding="unicode", method="html") for block in numbering.out
    )


def mark_last_line(blocks: list) -> None:
    """A short last paragraph takes what stands before it along to the page of the signature (two lines of text, c4)."""
    if blocks and blocks[-1].tag == "p" and len(blocks[-1].text_content()) < TWO_LINES:
        blocks[-1].set("class", f"{blocks[-1].get('class', '')} last-line".strip())


def glue_texts(block) -> None:
    """No-break spaces in every text of a block."""
    for node in block.iter():
        if node.text:
            node.text = glue(node.text)
        if node.tail and node is not block:
            node.tail = glue(node.tail)


def clause_index(html: str, style: str) -> list[tuple[str, str]]:
    """(number, text) of each section and numbered clause, for remarks per clause (R-102); dashes belong to their clause."""
    return walked(html, style)[0].index


def walked(html: str, style: str) -> tuple[Numbering, etree._Element]:
    """A numbering that has walked the whole body, and the tree it walked."""
    root = lxml.html.fragment_fromstring(html or "<p></p>", create_parent="div")
    root[:] = blocks_of(root)
    numbering = Numbering(style if style in ("local_act", "lists") else "order")
    if style == "table":
        numbering.out = list(root)
    else:
        numbering.body(root)
    return numbering, root


def blocks_of(node) -> list:
    """Children of `node` as blocks: loose text and inline elements between blocks are gathered into `<p>`."""
    blocks, loose = [], None

    def paragraph():
        nonlocal loose
        if loose is None:
            loose = lxml.html.Element("p")
            blocks.append(loose)
        return loose

    if (node.text or "").strip():
        paragraph().text = node.text
    for child in list(node):
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            loose = None
            blocks.append(child)
            if (tail or "").strip():
                paragraph().text = tail
        else:
            holder = paragraph()
            holder.append(child)
            child.tail = tail
    return blocks


def number(node, mark: str) -> None:
    """Put `<span class="num">1.1.</span>` and a space before the text of a block."""
    lead = lxml.html.Element("span")
    lead.set("class", "num")
    lead.text, lead.tail = mark, " " + (node.text or "").lstrip()
    node.text = None
    node.insert(0, lead)


def annex_name(text: str) -> str:
    """«Приложение 1. Структура программы» → «Приложение 1»."""
    words = text.replace("№", " ").split()
    figures = words[1].rstrip(".:") if len(words) > 1 else ""
    return f"Приложение {figures}" if figures.isdecimal() else "Приложение"
