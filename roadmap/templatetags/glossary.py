"""Explanations on screen from the glossary of the regulation in force (R-122)."""

from django import template
from django.utils.html import format_html

from roadmap.documents.regulation import glossary as glossary_of
from roadmap.models import Document

register = template.Library()


@register.simple_tag(takes_context=True)
def term(context, word: str, shown: str = ""):
    """`{% term "куратор" "куратора" %}`: the word with the school's own explanation, plain when there is none.

    One query a page: the concepts are kept on the request.
    """
    shown = shown or word
    explanation = concepts(context.get("request")).get(word.casefold())
    if not explanation:
        return shown
    return format_html('<dfn class="term" title="{}" tabindex="0">{}</dfn>', explanation, shown)


def concepts(request) -> dict[str, str]:
    """Lower-case term → explanation for the school of the page."""
    school = getattr(request, "school", None)
    if school is None:
        return {}
    if not hasattr(request, "glossary_concepts"):
        regulation = (
            Document.objects.of(school).in_force().filter(kind="regulation").order_by("pk").last()
        )
        found = glossary_of(regulation.body) if regulation else {}
        request.glossary_concepts = {name.casefold(): text for name, text in found.items()}
    return request.glossary_concepts
