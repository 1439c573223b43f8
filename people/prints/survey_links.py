"""A sheet of personal links with QR codes, to cut and hand out."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from mentoring.core.prints import NARROW, render_print
from people.models import Survey, SurveyParticipant


def print_links(survey: Survey, tokens: dict[int, str]) -> bytes:
    """PDF of slips, six on a page; `tokens` by participant id, as they were issued just now."""
    rows = SurveyParticipant.objects.filter(pk__in=tokens).select_related("person")
    slips = [
        {
            "name": row.person.full_name,
            "until": row.token_expires_on,
            "link": link_of(tokens[row.pk]),
            "qr": qr(link_of(tokens[row.pk])),
        }
        for row in rows.order_by("person__last_name", "person__first_name", "pk")
    ]
    sheets = [
        ("prints/survey_links.html", {"survey": survey, "slips": slips[start : start + 6]})
        for start in range(0, len(slips), 6)
    ]
    return render_print(sheets, title=f"Ссылки: {survey.title}", look=NARROW)


def link_of(token: str) -> str:
    return settings.PUBLIC_URL + reverse("q_page", args=[token])


def qr(text: str) -> str:
    """Inline SVG of a QR code."""
    code = segno.make(text, error="m")
    return mark_safe(code.svg_inline(scale=3, border=1, omitsize=True))
