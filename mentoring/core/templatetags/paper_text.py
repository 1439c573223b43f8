"""Filters of the frame of papers (`templates/documents/frame.html`)."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from mentoring.core import rich_text, typography

register = template.Library()


@register.filter(is_safe=True)
def glue(text) -> str:
    """Text with no-break spaces after «№», inside dates and initials."""
    return typography.glue(str(text or ""))


@register.filter
def rich(html) -> SafeString:
    """Stored rich text for showing: cleaned once more, so that what got into the table by another way does not run."""
    return mark_safe(rich_text.sanitise(str(html or "")))
