"""Charts of a paper in its Word file: pandoc takes no inline SVG, so each becomes a PNG in a paragraph of its own."""

import io
import re
from html import unescape

from docx.shared import Mm, Pt

from .pdf import render_picture
from .pdf_pages import page_png

FIGURE = re.compile(r'<figure class="chart" role="img" aria-label="([^"]*)">(<svg.*?</svg>)</figure>', re.S)  # fmt: skip
MARK = "\ue001"  # a private character stands for a picture until pandoc is through
TEXT_WIDTH, PIXELS = Mm(170), 1400  # 210 dpi


def take_charts(html: str) -> tuple[str, list[tuple[str, str]]]:
    """(HTML with a mark for each chart, [(words for a screen reader, SVG)])."""
    charts = [(unescape(words), svg) for words, svg in FIGURE.findall(html)]
    return FIGURE.sub(f"<p>{MARK}</p>", html), charts


def put_charts(document, charts: list[tuple[str, str]]) -> None:
    """Pictures in the place of their marks, in order."""
    marked = [paragraph for paragraph in document.paragraphs if paragraph.text.strip() == MARK]
    for paragraph, (words, svg) in zip(marked, charts, strict=True):
        paragraph.clear()
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(8)
        png = page_png(render_picture(svg), 1, width=PIXELS)
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=TEXT_WIDTH)
        shape._inline.docPr.set("descr", words)
