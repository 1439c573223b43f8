"""Prints: papers without approval and register, drawn by `templates/prints/` in one frame."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from mentoring.core.pdf import render_pdf
from mentoring.core.word import render_docx

NARROW = "narrow"
WIDE, REPORT = (
    "landscape listing",
    "listing",
)  # margins and page numbers of official papers, tables in 10 points
LISTED = 10  # points
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_print(sheets: list[tuple[str, dict]], *, title: str, look: str = "") -> bytes:
    """PDF/UA-1 of sheets, each on a page of its own: pairs (template of the body, its context).

    `look`: class of the page («narrow» has margins of 15 mm for cards and blanks).
    """
    bodies = [render_to_string(template, context) for template, context in sheets]
    html = render_to_string("prints/frame.html", {"bodies": bodies, "title": title, "look": look})
    return render_pdf(html)


def render_print_docx(template: str, context: dict, *, title: str, look: str) -> bytes:
    """One sheet of `render_print` as .docx, with the looks WIDE or REPORT: Word has the layout of official papers."""
    body = render_to_string(template, context)
    html = render_to_string("prints/word_frame.html", {"body": body, "title": title, "look": look})
    return render_docx(html, landscape=look == WIDE, title=title, table_size=LISTED)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """The print in the browser's viewer, kept by nobody on the way."""
    return kept_by_nobody(pdf, "application/pdf", f"{name}.pdf", download=False)


def docx_response(docx: bytes, name: str) -> HttpResponse:
    """The print as a download for Word."""
    return kept_by_nobody(docx, DOCX, f"{name}.docx", download=True)


def kept_by_nobody(content: bytes, kind: str, name: str, *, download: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(download, name)
    response["Cache-Control"] = "private, no-store"
    return response
