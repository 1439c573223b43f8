"""Lists inside one cell: «1. … 2. …», bullets, dashes, lines; an opening ending in a colon heads each item."""

import re

MARK = re.compile(
    r"^\s*(?:[\u2022\u25cf\u25a1\u25aa\u25e6\u2219\u00b7\uf0b7\uf0a7✓●■*]+|[-–—](?=\s)|\(?\d{1,2}[.)](?!\d)|\(?[а-яa-z]\))\s*",
    re.IGNORECASE,
)
INLINE = re.compile(r"(?:(?<=\s)|(?<=[.;:]))(?=(?:\d{1,2}[.)]\s*[А-ЯЁA-Z«]|[\u2022\u25cf\u25a1\u25aa\uf0b7]\s*\S))")  # fmt: skip
# A dash inside a sentence is a dash; one after an opening («актов: – приказ …») begins a list.
DASHES = re.compile(r"(?<=\s)(?=[–—]\s+[А-ЯЁа-яё«])")
OPENED = re.compile(r"^\s*[–—]\s|:\s+[–—]\s")
DATE_BEFORE = re.compile(r"(?:№|от|до|с|по|п\.|ст\.|ч\.)\s*$", re.IGNORECASE)
SHORTEST = 12


def split_cell(text: str, *, semicolons: bool = False) -> list[str]:
    """Activities of a cell, without their marks; `semicolons`: one sentence may list several."""
    lines = [line for raw in text.splitlines() for line in split_inline(raw) if line.strip()]
    items, opening, marked = [], "", any(MARK.match(line) for line in lines)
    for line in lines:
        body = MARK.sub("", line, count=1).strip()
        if not body:
            continue
        if MARK.match(line) or (not marked and (not items or not body[:1].islower())):
            items.append(body)
        elif items:
            items[-1] = f"{items[-1]} {body}"
        else:
            opening = f"{opening} {body}".strip()
    if not items:
        return by_semicolons(opening) if semicolons else one_item(opening)
    if opening.endswith(":"):
        items = [f"{opening} {item}" for item in items]
    elif opening:
        items = [opening, *items]
    items = headed(items) if not marked else items
    if len(items) == 1:
        return by_semicolons(items[0]) if semicolons else one_item(items[0])
    return [tidy(item) for item in items if tidy(item)]


def one_item(text: str) -> list[str]:
    return [tidy(text)] if tidy(text) else []


def headed(items: list[str]) -> list[str]:
    """Plain lines of which the first ends in a colon: it belongs to each of the others."""
    if len(items) > 1 and items[0].endswith(":"):
        return [f"{items[0]} {item}" for item in items[1:]]
    return items


def split_inline(line: str) -> list[str]:
    """«1) А. 2) Б.» on one line; a number after «№», «от», «ст.» begins no item."""
    parts, start = [], 0
    marks = [*INLINE.finditer(line), *(DASHES.finditer(line) if OPENED.search(line) else ())]
    for match in sorted(marks, key=lambda one: one.start()):
        if match.start() and not DATE_BEFORE.search(line[: match.start()]):
            parts.append(line[start : match.start()])
            start = match.start()
    return [*parts, line[start:]]


def by_semicolons(text: str) -> list[str]:
    """One sentence that lists works between semicolons; the words before a colon head each of them."""
    head, colon, rest = text.partition(": ")
    body, opening = (rest, f"{head}: ") if colon and ";" in rest else (text, "")
    parts = [part.strip() for part in body.split(";")]
    if len(parts) < 2 or any(len(part) < SHORTEST for part in parts):
        return one_item(text)
    return [tidy(f"{opening}{part}") for part in parts]


def tidy(text: str) -> str:
    """One line, no closing full stop or semicolon, a capital at the beginning."""
    line = " ".join(text.split()).rstrip(" ;,")
    line = line.removesuffix(".") if not re.search(r"\b(др|т\.д|т\.п|пр|г|гг)\.$", line) else line
    return line[:1].upper() + line[1:]
