"""The paper as pictures for the screen: the archived file, or the draft as it stands."""

from functools import lru_cache

from mentoring.core import pdf, pdf_pages
from roadmap.models import Document
from roadmap.services import archive, rendering

LIVE = (Document.State.DRAFT, Document.State.REVIEW)


def current_pdf(document: Document) -> bytes:
    """The kept file of an approved paper, else the draft rendered now."""
    kept = None if document.state in LIVE else archive.latest_file(document)
    return kept.stored.read() if kept else drawn(rendering.paper_html(document))


@lru_cache(maxsize=16)
def drawn(html: str) -> bytes:
    """PDF of a draft; the same text gives the same bytes, so its pages are drawn once per process."""
    return pdf.render_pdf(html)


def page_numbers(document: Document) -> range:
    return range(1, pdf_pages.page_count(current_pdf(document)) + 1)


def page_picture(document: Document, number: int) -> bytes:
    return pdf_pages.page_png(current_pdf(document), number)
