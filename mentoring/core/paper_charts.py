"""Charts of papers: bars drawn as SVG whose letters are outlines of the paper's own font.

So the words of a PDF and of its Word file stay the same (a picture has none), and no other font enters the file.
The words for a screen reader are in `aria-label` (web) and `<title>` (of which WeasyPrint makes the /Alt); the figures stand in a table beside it.
Lengths are points; the picture is as wide as the text of a page (170 mm).
"""

import functools
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

WIDTH, LABELS, END, AFTER = 482, 190, 430, 6  # whole, words at the left, end of the scale, gap
SIZE, LINE, BAR, GAP, LEGEND = 11, 12, 9, 8, 22
NOW, BEFORE, INK, RULE = "#4a4a4a", "#c4c4c4", "#000", "#999"  # apart in print without colour
FAMILY = "Liberation Serif"


@dataclass(frozen=True)
class Bars:
    """`series`: (words of the legend, a value for each label) with a fill of `fills` each; None draws no bar.

    `words`: what a screen reader says; `unit` follows each number.
    """

    labels: list[str]
    series: list[tuple[str, list[float | None]]]
    greatest: float
    words: str
    unit: str = ""
    fills: tuple[str, str] = (NOW, BEFORE)


@functools.cache
def font() -> TTFont:
    """The font of the papers, as fontconfig finds it (`pdf.py` has already said if it is missing)."""
    found = subprocess.run(["fc-match", "-f", "%{file}", FAMILY], capture_output=True, text=True, check=True, timeout=20)  # fmt: skip
    return TTFont(found.stdout)


@functools.cache
def glyph(letter: str) -> tuple[str, int]:
    """(path in font units, advance) of one letter."""
    face = font()
    name = face.getBestCmap().get(ord(letter)) or ".notdef"
    glyphs = face.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:g}")
    glyphs[name].draw(pen)
    return pen.getCommands(), glyphs[name].width


def scale() -> float:
    return SIZE / font()["head"].unitsPerEm


def width_of(text: str) -> float:
    return sum(glyph(letter)[1] for letter in text) * scale()


def wrapped(text: str, room: float) -> list[str]:
    """Lines of whole words that fit; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class Letters:
    """Outlines of the letters used, each kept once; `of` makes their names differ from those of other charts."""

    def __init__(self, of: str):
        self.known: dict[str, str] = {}
        self.prefix = f"c{sha256(of.encode()).hexdigest()[:8]}-"

    def line(self, text: str, x: float, y: float) -> str:
        """One line of text with its base line at `y`."""
        parts = []
        for letter in text:
            path, advance = glyph(letter)
            if path:
                name = self.known.setdefault(letter, f"{self.prefix}{ord(letter):x}")
                parts.append(f'<use href="#{name}" transform="translate({x:.1f} {y:.1f}) scale({scale():.5f} {-scale():.5f})"/>')  # fmt: skip
            x += advance * scale()
        return "".join(parts)

    def outlines(self) -> str:
        drawn = "".join(f'<path id="{name}" d="{glyph(letter)[0]}"/>' for letter, name in self.known.items())  # fmt: skip
        return f"<defs>{drawn}</defs>"


def figure(bars: Bars) -> str:
    """`<figure>` for the body of a paper."""
    return (
        f'<figure class="chart" role="img" aria-label="{escape(bars.words)}">{svg(bars)}</figure>'
    )


def svg(bars: Bars) -> str:
    letters, parts, top = Letters(repr(bars)), [], float(LEGEND)
    parts.append(legend(bars, letters))
    for place, label in enumerate(bars.labels):
        lines = wrapped(label, LABELS - AFTER)
        values = [(fill, values[place]) for fill, (_, values) in zip(bars.fills, bars.series, strict=False)]  # fmt: skip
        height = max(len(lines) * LINE, len(values) * (BAR + 1))
        first = top + (height - len(lines) * LINE) / 2 + SIZE - 1
        parts += [letters.line(line, 0, first + number * LINE) for number, line in enumerate(lines)]
        begin = top + (height - len(values) * (BAR + 1)) / 2
        parts += [bar(bars, letters, fill, value, begin + number * (BAR + 1)) for number, (fill, value) in enumerate(values)]  # fmt: skip
        top += height + GAP
    rule = (
        f'<path d="M{LABELS} {LEGEND - 4}V{top - GAP + 4:g}" stroke="{RULE}" stroke-width=".75"/>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top:g}" width="{WIDTH}pt" height="{top:g}pt" fill="{INK}"><title>{escape(bars.words)}</title>{letters.outlines()}{rule}{"".join(parts)}</svg>'


def legend(bars: Bars, letters: Letters) -> str:
    """A square and its words for each series, in one line over the bars."""
    parts, x = [], float(LABELS)
    for fill, (words, _) in zip(bars.fills, bars.series, strict=False):
        parts.append(f'<rect x="{x:.1f}" y="2" width="9" height="9" fill="{fill}"/>')
        parts.append(letters.line(words, x + 13, 10.5))
        x += 13 + width_of(words) + 18
    return "".join(parts)


def bar(bars: Bars, letters: Letters, fill: str, value: float | None, y: float) -> str:
    """One bar with its number at its end; no value is a dash, not a zero."""
    length = 0 if value is None else (END - LABELS) * max(0, min(value, bars.greatest)) / bars.greatest  # fmt: skip
    shown = "–" if value is None else f"{value:g}{bars.unit}".replace(".", ",")
    drawn = f'<rect x="{LABELS}" y="{y:.1f}" width="{length:.1f}" height="{BAR}" fill="{fill}"/>' if length else ""  # fmt: skip
    return drawn + letters.line(shown, LABELS + length + 4, y + BAR - 0.5)
