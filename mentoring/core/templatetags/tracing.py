"""`{% request_number as number %}`: the id of the request, for the page that says that something went wrong."""

from django import template

from mentoring.core.tracing import current

register = template.Library()


@register.simple_tag
def request_number() -> str:
    trace = current()
    return trace.id if trace else ""
