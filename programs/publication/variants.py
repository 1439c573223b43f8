"""Version for the visually impaired without cookie and script: a code in the address, «/p/<school>/v/lwkn/news/».

Four letters: size, spacing, colours, pictures. A variant is the kept page with other classes and links: made while it
is sent (0.1 ms), so forty-eight variants of each page cost neither disk nor rebuilding.
"""

import re
from itertools import product

USUAL = "mnsi"
LETTERS = (
    ("Размер текста", {"m": "обычный", "l": "крупный", "h": "очень крупный"}),
    ("Интервалы", {"n": "обычные", "w": "увеличенные"}),
    ("Цвета", {"s": "сайта", "k": "чёрным по белому", "w": "белым по чёрному", "b": "синим по голубому"}),
    ("Изображения", {"i": "показывать", "o": "скрыть"}),
)  # fmt: skip
CODES = frozenset("".join(one) for one in product(*(letters for _, letters in LETTERS)))
PICTURE = re.compile(rb'<img src="[^"]*" alt="([^"]*)"[^>]*>')
PLACEHOLDER = re.compile(rb'<p class="eyes">.*?</p>', re.S)
CLASSES = re.compile(rb'<html lang="ru" class="')


def apply(body: bytes, slug: str, code: str, name: str) -> bytes:
    """The page in that version. Only addresses of pages end with a slash; files and feeds stay where they are."""
    base = f"/p/{slug}/".encode()
    pages = re.compile(rb'href="' + re.escape(base) + rb'((?:[a-z0-9_-]+/)*)(#[a-z_-]*)?"')
    body = pages.sub(rb'href="' + base + b"v/" + code.encode() + rb'/\1\2"', body)
    body = PLACEHOLDER.sub(lambda found: panel(slug, code, name).encode(), body, count=1)
    classes = " ".join(f"v{place}{letter}" for place, letter in enumerate(code))
    body = CLASSES.sub(rb'<html lang="ru" class="special ' + classes.encode() + b" ", body, count=1)
    return PICTURE.sub(rb'<span class="instead">\1</span>', body) if code.endswith("o") else body


def panel(slug: str, code: str, name: str) -> str:
    """Links that change one letter of the code each, and the way back."""
    groups = "".join(
        group(title, letters, place, slug, code, name) for place, (title, letters) in enumerate(LETTERS)
    )  # fmt: skip
    back = f'<p><a href="/p/{slug}/{name}">Обычная версия</a></p>'
    return f'<nav class="panel" aria-label="Версия для слабовидящих">{groups}{back}</nav>'


def group(title: str, letters: dict[str, str], place: int, slug: str, code: str, name: str) -> str:
    links = []
    for letter, word in letters.items():
        other = code[:place] + letter + code[place + 1 :]
        now = ' aria-current="true"' if other == code else ""
        links.append(f'<li><a href="/p/{slug}/v/{other}/{name}"{now}>{word}</a></li>')
    return f"<div><p>{title}</p><ul>{''.join(links)}</ul></div>"
