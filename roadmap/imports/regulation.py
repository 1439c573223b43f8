"""A Положение from Word into sections and clauses; numbers typed by hand go, the portal puts its own."""

import re
from dataclasses import dataclass, field
from html import escape

from docx.table import Table
from docx.text.paragraph import Paragraph

from roadmap.imports.grids import row_cells
from roadmap.imports.office_files import blocks, is_list_item, open_word, parsing, refuse

SECTION = re.compile(r"^\s*(?:раздел\s+)?(?:\d{1,2}|[IVX]{1,5})[.)]?\s+(?=\S)", re.I)
CLAUSE = re.compile(r"^\s*\d{1,2}\.\d{1,2}\.?\s+")
DEEP = re.compile(r"^\s*\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+")
ITEM = re.compile(r"^\s*(?:[\u2022\u25cf\u25a1\uf0b7·*●■]+|[-–—](?=\s)|\(?\d{1,2}\)|\(?[а-яa-z]\))\s*", re.I)  # fmt: skip
ANNEX = re.compile(r"^\s*приложение\b", re.I)
LONG = 160


@dataclass
class Clause:
    text: str
    items: list[str] = field(default_factory=list)


@dataclass
class Section:
    title: str
    clauses: list[Clause] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def read_regulation(content: bytes) -> tuple[str, str]:
    """(title «о системе …» or "", HTML of sections and clauses); RuleError when no section is found."""
    with parsing():
        title, sections = sections_of(content)
    if not any(section.clauses for section in sections):
        raise refuse("В документе не нашлось разделов с пунктами. Разделы должны начинаться с номера («1. Общие положения») или быть заголовками Word.")  # fmt: skip
    return title[:400], "\n".join(html_of(section) for section in sections)


def sections_of(content: bytes) -> tuple[str, list[Section]]:
    title, sections = "", []
    for block in blocks(open_word(content)):
        if isinstance(block, Table):
            if sections:
                sections[-1].tables.append([[one_line(cell.text) for cell in row_cells(row)] for row in block.rows])  # fmt: skip
            continue
        text = one_line(block.text)
        if not text:
            continue
        if begins_section(block, text):
            sections.append(Section(heading(text)))
        elif sections:
            add(sections[-1], block, text)
        elif found := re.search(r"(?:^|\s)(о\s+(?:системе|наставничестве|порядке).*)$", text, re.I):
            title = title or found[1]
    return title, sections


def begins_section(block: Paragraph, text: str) -> bool:
    """A Word heading, an annex, or a short numbered line in bold or capitals."""
    style = block.style.name.casefold() if block.style is not None else ""
    if len(text) > LONG or CLAUSE.match(text):
        return False
    if style.startswith(("heading", "заголовок")) or ANNEX.match(text):
        return True
    runs = [run for run in block.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    body = SECTION.sub("", text)
    numbered = bool(SECTION.match(text)) or is_list_item(block)
    return numbered and not text.endswith((";", ",")) and (bold or body.isupper())


def heading(text: str) -> str:
    body = SECTION.sub("", text, count=1).rstrip(".")
    return body.capitalize() if body.isupper() else body


def add(section: Section, block: Paragraph, text: str) -> None:
    """A numbered line begins a clause; a mark or a line after a colon belongs to the clause before."""
    deep, clause, item = DEEP.match(text), CLAUSE.match(text), ITEM.match(text)
    if section.clauses and (deep or (item and not clause) or (is_list_item(block) and section.clauses[-1].text.endswith(":"))):  # fmt: skip
        section.clauses[-1].items.append((DEEP if deep else ITEM).sub("", text, count=1))
    elif clause or not section.clauses or is_list_item(block) or not section.clauses[-1].text.endswith(":"):  # fmt: skip
        section.clauses.append(Clause(CLAUSE.sub("", text, count=1)))
    else:
        section.clauses[-1].items.append(text)


def html_of(section: Section) -> str:
    clauses = "".join(f"<li><p>{escape(one.text)}</p>{items(one.items)}</li>" for one in section.clauses)  # fmt: skip
    tables = "".join(table(rows) for rows in section.tables)
    body = f"<ol>{clauses}</ol>" if clauses else ""
    return f"<h2>{escape(section.title)}</h2>{body}{tables}"


def items(rows: list[str]) -> str:
    return f"<ul>{''.join(f'<li><p>{escape(row)}</p></li>' for row in rows)}</ul>" if rows else ""


def table(rows: list[list[str]]) -> str:
    """The first row is the head: papers repeat it on each page."""
    head, *body = rows
    line = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    rest = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in body)  # fmt: skip
    return f"<table><thead><tr>{line}</tr></thead><tbody>{rest}</tbody></table>"


def one_line(text: str) -> str:
    return " ".join(text.split())
