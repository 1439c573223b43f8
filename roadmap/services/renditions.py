"""The paper as it is now: the kept file of an approved one, else the draft; as PDF, Word and pictures."""

from functools import lru_cache

from mentoring.core import pdf, pdf_pages, word
from roadmap.models import Document, DocumentFile
from roadmap.services import archive, rendering

LIVE = (Document.State.DRAFT, Document.State.REVIEW)


def kept_file(document: Document, *, public: bool = False) -> DocumentFile | None:
    """The file that approval wrote; requisites and names changed since do not touch it."""
    if document.state in LIVE:
        return None
    kind = DocumentFile.Rendition.PUBLIC if public else DocumentFile.Rendition.OFFICIAL
    return archive.latest_file(document, kind)


def current_pdf(document: Document, *, public: bool = False) -> bytes:
    kept = kept_file(document, public=public)
    return kept.stored.read() if kept else drawn(rendering.paper_html(document, public=public))


def current_docx(document: Document) -> bytes:
    """Word made from the very HTML of which the kept PDF was made, so that the two agree."""
    kept = kept_file(document)
    html = kept.html if kept else rendering.paper_html(document)
    return word.render_docx(html, landscape=document.kind_info.landscape, title=document.title)


@lru_cache(maxsize=128)  # some 50 KB each
def drawn(html: str) -> bytes:
    """PDF of a draft; the same text gives the same bytes, so its pages are drawn once per process."""
    return pdf.render_pdf(html)


def page_numbers(document: Document) -> range:
    return range(1, pdf_pages.page_count(current_pdf(document)) + 1)


def page_picture(document: Document, number: int) -> bytes:
    return pdf_pages.page_png(current_pdf(document), number)
