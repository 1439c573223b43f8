"""Addresses inside the public section: `links` of the context knows the place."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def page_url(context, *parts) -> str:
    return context["links"].page("".join(str(part) for part in parts))


@register.simple_tag(takes_context=True)
def file_url(context, name: str) -> str:
    return context["links"].file(name)


@register.simple_tag(takes_context=True)
def static_url(context, name: str) -> str:
    return context["links"].static(name)


@register.simple_tag(takes_context=True)
def portal_url(context, name: str, *args) -> str:
    """A page of the portal outside the section; absolute, since an archive lies elsewhere."""
    return context["links"].absolute().partition("/p/")[0] + reverse(name, args=args)


@register.simple_tag(takes_context=True)
def away(context) -> str:
    """Attributes of a link that leaves the frame."""
    return context["away"]
