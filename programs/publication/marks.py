"""Marks in the text of a publication: {1} is the first person, by name where the consent allows."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import mark_safe

from programs.models import PublicationMark
from programs.publication.gate import Gate

MARK = re.compile(r"\{(\d{1,4})\}")


def render(body: str, marks: Iterable[PublicationMark], gate: Gate) -> str:
    """The sanitised body with names or the words instead of them, escaped; an unknown mark becomes nothing."""
    words = {mark.number: escape(gate.name(mark.person, mark.instead), quote=False) for mark in marks}  # fmt: skip
    return mark_safe(MARK.sub(lambda found: words.get(int(found[1]), ""), body))
