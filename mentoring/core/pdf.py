"""HTML of a paper → PDF/UA-1. The only module that imports WeasyPrint.

One font configuration and one parsed style sheet serve the whole process (`make bench`: `pdf_order`).
A paper loads nothing from anywhere: its style sheet is read from the project's own files, pictures are `data:` or inline SVG.
"""

import functools
import hashlib
import re
import shutil
import subprocess
import threading
from pathlib import Path

from .pdf_tables import mend_tables

FONT = "Liberation Serif"
STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "papers" / "paper.css"
_one_at_a_time = threading.Lock()  # the shared font configuration is not made for threads


class PdfError(RuntimeError):
    """A PDF cannot be made; the message is a Russian sentence with the next step."""


class ForeignAddress(PdfError):
    """A paper asked for a picture or a style sheet from outside."""


@functools.cache
def font_installed(family: str = FONT) -> bool:
    """Does fontconfig answer with this very family? Without any font at all WeasyPrint would kill the process."""
    if not shutil.which("fc-match"):
        return False
    found = subprocess.run(
        ["fc-match", "-f", "%{family}", family],
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    return family in found.stdout


def render_pdf(html: str) -> bytes:
    """PDF/UA-1 bytes of a whole HTML document of `templates/documents/frame.html`.

    The same HTML gives the same bytes on one machine: no moment of creation is written and the identifier is a hash of the text.
    Raises `PdfError` when the font with the Times metric is missing or the HTML asks for a foreign address.
    """
    if not font_installed():
        raise PdfError(
            f"Не найден шрифт «{FONT}», без него документ нельзя напечатать по ГОСТ. Установите пакет fonts-liberation и перезапустите портал."
        )
    with _one_at_a_time:
        engine, sheet, fonts, refuser = _warm()
        identifier = hashlib.sha256(html.encode()).digest()[:16]
        try:
            document = engine.HTML(string=html, url_fetcher=refuser)
            return document.write_pdf(
                finisher=mend_tables,
                stylesheets=[sheet],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=identifier,
            )
        except engine.urls.FatalURLFetchingError as fault:
            raise ForeignAddress(
                f"Документ ссылается на картинку или стиль с чужого адреса: {fault}. Уберите её из текста."
            ) from None


def render_picture(svg: str) -> bytes:
    """An SVG that says its width and height, alone on a page of its size: the way to a PNG (`pdf_pages.page_png`)."""
    width, height = (re.search(rf'<svg[^>]* {name}="([\d.]+pt)"', svg).group(1) for name in ("width", "height"))  # fmt: skip
    page = f"<style>@page {{ size: {width} {height}; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}</style>"
    with _one_at_a_time:
        engine, _, fonts, refuser = _warm()
        return engine.HTML(string=page + svg, url_fetcher=refuser).write_pdf(font_config=fonts)


@functools.cache
def _warm():
    """WeasyPrint, the parsed style sheet, the font configuration and the fetcher of this process."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts, refuser = FontConfiguration(), _refuser()
    sheet = weasyprint.CSS(
        string=STYLE_SHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=refuser
    )
    return weasyprint, sheet, fonts, refuser


def _refuser():
    """A fetcher that opens `data:` only. Fatal for WeasyPrint, or it would quietly leave the picture out."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Refuser(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(url)

    return Refuser()
