"""Filters of the frame of papers (`templates/documents/frame.html`)."""

from django import template

from mentoring.core import typography

register = template.Library()


@register.filter(is_safe=True)
def glue(text) -> str:
    """Text with no-break spaces after «№», inside dates and initials."""
    return typography.glue(str(text or ""))
