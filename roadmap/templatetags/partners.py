"""Names of a partner's head in papers."""

from django import template

from mentoring.core import grammar

register = template.Library()


@register.filter
def partner_head(partner, form: str) -> str:
    """Head of the partner in a case, or with `initials`; a gap when no name is known or sure."""
    if not partner.head_name:
        return "[[ФИО руководителя партнёра]]"
    try:
        last, first, patronymic = grammar.person_from_text(partner.head_name)
        if form == "initials":
            return grammar.initials(last, first, patronymic)
        return grammar.inflect_person(last, first, patronymic, "", form).text
    except grammar.Unsure:
        return f"[[ФИО руководителя партнёра: {partner.head_name}]]"
