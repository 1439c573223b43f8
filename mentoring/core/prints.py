"""Prints: papers without approval and register, drawn by `templates/prints/` in one frame."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from mentoring.core.pdf import render_pdf

NARROW = "narrow"


def render_print(sheets: list[tuple[str, dict]], *, title: str, look: str = "") -> bytes:
    """PDF/UA-1 of sheets, each on a page of its own: pairs (template of the body, its context).

    `look`: class of the page («narrow» has margins of 15 mm for cards and blanks).
    """
    bodies = [render_to_string(template, context) for template, context in sheets]
    html = render_to_string("prints/frame.html", {"bodies": bodies, "title": title, "look": look})
    return render_pdf(html)


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """The print in the browser's viewer, kept by nobody on the way."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response
