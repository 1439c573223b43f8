"""Texts of editors: {1} becomes the person's name where the consent allows it, else «педагог» or what the editor chose."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from programs.models import PublicationMark
from programs.publication.gate import Gate

MARK = re.compile(r"\{(\d{1,5})\}")
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?»)\]}]")
DASH = re.compile(r"^[-–—•]\s+")


def plain(text: str, marks: Iterable[PublicationMark], gate: Gate) -> str:
    """The text with names in place of marks, not escaped; an unknown mark becomes nothing."""
    known = {mark.number: mark for mark in marks}

    def name(found: re.Match) -> str:
        mark = known.get(int(found[1]))
        return gate.name(mark.person, mark.instead) if mark else ""

    return MARK.sub(name, text)


def render(body: str, marks: Iterable[PublicationMark], gate: Gate) -> SafeString:
    """HTML of a body: escaped, paragraphs, lists of lines that begin with a dash, addresses as links."""
    return paragraphs(plain(body, marks, gate))


def paragraphs(text: str) -> SafeString:
    """Empty lines part paragraphs."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(block(part.split("\n")) for part in parts if part.strip()))


def block(lines: list[str]) -> str:
    """Lines in a row that begin with a dash are a list."""
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
        link = f'<a href="{url}" target="_blank" rel="noopener nofollow">{url}</a>'
        found += [escape(text[last : one.start()]), link]
        last = one.end()
    return "".join([*found, escape(text[last:])])
