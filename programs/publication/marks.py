"""Texts of the section: {1} becomes the person's name where the consent allows it, else «педагог» or what the editor chose."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mentoring.core.rich_text import sanitise
from programs.models import PublicationMark
from programs.publication.gate import Gate

MARK = re.compile(r"\{(\d{1,4})\}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?»)\]}]")
DASH = re.compile(r"^[-–—•]\s+")
# A link of a text leaves the frame that the section may stand in.
OUTSIDE = re.compile(r"<a href=\"(?=https?://)")
LEAVES = '<a target="_blank" rel="noopener nofollow" href="'


def render(body: str, marks: Iterable[PublicationMark], gate: Gate) -> SafeString:
    """HTML of a rich text, cleaned once more; names are escaped, an unknown mark becomes nothing."""
    named = replaced(sanitise(body), marks, gate, lambda name: escape(name))
    return mark_safe(OUTSIDE.sub(LEAVES, named))


def plain(text: str, marks: Iterable[PublicationMark], gate: Gate) -> str:
    """A line of text with names in place of marks, not escaped."""
    return replaced(text, marks, gate, str)


def replaced(text: str, marks: Iterable[PublicationMark], gate: Gate, write) -> str:
    """A name is asked for only where its mark stands: whoever is not in the text is not among the people of the output."""
    known = {mark.number: mark for mark in marks}

    def name(found: re.Match) -> str:
        mark = known.get(int(found[1]))
        return write(gate.name(mark.person, mark.instead)) if mark else ""

    return MARK.sub(name, text)


def paragraphs(text: str) -> SafeString:
    """HTML of a plain text: empty lines part paragraphs, lines in a row that begin with a dash are a list."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(block(part.split("\n")) for part in parts if part.strip()))


def block(lines: list[str]) -> str:
    html, items, words = [], [], []
    for line in [*lines, None]:
        if line is not None and DASH.match(line.strip()):
            html += paragraph(words)
            words = []
            items.append(f"<li>{linked(DASH.sub('', line.strip()))}</li>")
            continue
        html += [f"<ul>{''.join(items)}</ul>"] if items else []
        items = []
        words += [linked(line.strip())] if line is not None else []
    return "".join(html + paragraph(words))


def paragraph(words: list[str]) -> list[str]:
    return [f"<p>{'<br>'.join(words)}</p>"] if any(words) else []


def linked(text: str) -> str:
    """Escaped, an address typed by the editor becomes a link that leaves the frame."""
    found, last = [], 0
    for one in ADDRESS.finditer(text):
        url = escape(one[0])
        found += [escape(text[last : one.start()]), f'{LEAVES}{url}">{url}</a>']
        last = one.end()
    return "".join([*found, escape(text[last:])])
