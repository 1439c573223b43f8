"""HTML of a paper → Word: the same words in the same order as in the PDF.

pandoc makes the text with the styles of `word_parts/reference.docx`; lxml prepares what pandoc would drop (stamps and the
signature line become borderless tables), python-docx finishes what it cannot write (margins, page numbers, rows that stay whole).
"""

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import lxml.html
import pypandoc

from .word_charts import put_charts, take_charts
from .word_html import prepare, take_check
from .word_layout import finish

REFERENCE = Path(__file__).with_name("word_parts") / "reference.docx"
NEUTRAL_DAY = datetime(2000, 1, 1)  # the same paper gives the same file, whenever it is made


class WordError(RuntimeError):
    """A Word file cannot be made; the message is a Russian sentence."""


def render_docx(html: str, *, landscape: bool = False, title: str = "", table_size: int | None = None) -> bytes:  # fmt: skip
    """A .docx of a whole HTML document of `templates/documents/frame.html`; the same HTML gives the same bytes.

    `table_size`: points of the letters in tables where the 12 of official papers are too large (prints with many columns).
    """
    html, charts = take_charts(html)
    page = lxml.html.document_fromstring(html)
    body = page.find("body")
    check = take_check(body)
    prepare(body, wide=landscape)
    document = docx.Document(io.BytesIO(by_pandoc(lxml.html.tostring(body, encoding="unicode"))))
    finish(
        document,
        centred_title="order" not in (body.get("class") or "").split(),
        check=check,
        landscape=landscape,
        table_size=table_size,
    )
    put_charts(document, charts)
    properties = document.core_properties
    properties.title, properties.language = title or (page.findtext("head/title") or ""), "ru-RU"
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = NEUTRAL_DAY
    saved = io.BytesIO()
    document.save(saved)
    return with_still_clock(saved.getvalue())


def by_pandoc(html: str) -> bytes:
    """HTML of the body → .docx bytes in the styles of the reference file."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "paper.docx")
        try:
            pypandoc.convert_text(
                html,
                "docx",
                format="html",
                outputfile=str(target),
                extra_args=["--reference-doc", str(REFERENCE), "--sandbox"],
            )
        except (OSError, RuntimeError) as fault:
            raise WordError(
                "Не удалось составить файл Word. Скачайте PDF или повторите позже."
            ) from fault
        return target.read_bytes()


def with_still_clock(packed: bytes) -> bytes:
    """The same archive with one and the same moment on every part."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            still = zipfile.ZipInfo(entry.filename, NEUTRAL_DAY.timetuple()[:6])
            still.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(still, old.read(entry.filename))
    return result.getvalue()
