"""Russian forms and missing values for the wording of papers."""

import datetime as dt
from functools import wraps

from django import template

from mentoring.core import grammar

register = template.Library()


def form_of(what: str):
    """Filter whose doubt becomes a gap `[[…]]`: the curator writes the form on the card."""

    def decorate(function):
        @register.filter(name=function.__name__)
        @wraps(function)
        def safely(value, *args):
            try:
                return function(value, *args)
            except grammar.Unsure:
                return f"[[{what}: {value}, впишите форму в карточку]]"

        return safely

    return decorate


@register.filter
def need(value, name: str):
    """The value, or the placeholder `[[name]]` that stops the approval until it is filled."""
    return value or f"[[{name}]]"


@form_of("должность")
def post(person, case: str) -> str:
    """Post of a person (or a post as text) in the case."""
    if isinstance(person, str):
        return grammar.post_in_case(person, case) if person else "[[должность]]"
    if not person.job_title:
        return f"[[должность: {person.full_name}]]"
    return grammar.post_in_case(person.job_title, case, overrides=person.job_title_forms)


@form_of("ФИО")
def person(someone, case: str) -> str:
    """Full name in the case: «Ким Аллу Сергеевну»."""
    return grammar.person_in_case(someone, case, "full")


@form_of("ФИО")
def person_initials(someone, case: str) -> str:
    """Surname and initials in the case: «Ветровой М.И.»."""
    return grammar.person_in_case(someone, case, "initials_after")


@form_of("наименование")
def org_in(organization, case: str) -> str:
    """Short name of the organization in the case."""
    return grammar.organization_in_case(organization.short_name, case)


@form_of("наименование")
def org_full(organization, case: str) -> str:
    """Full name of the organization in the case; the override of the card wins."""
    return grammar.organization_in_case(
        organization.full_name, case, overrides=organization.name_forms
    )


@register.filter
def long_date(day) -> str:
    """«1 сентября 2026 г.» from a date or an ISO string."""
    if isinstance(day, str) and day.startswith("[["):
        return day
    if isinstance(day, str) and day:
        day = dt.date.fromisoformat(day)
    return grammar.long_date(day) if day else "[[дата]]"


@register.filter
def sentence(text) -> str:
    """Typed text with a full stop at its end, unless it ends with a mark of its own."""
    text = str(text).strip()
    return text if text.endswith((".", "!", "?", "…", "]]")) else f"{text}."


@register.filter
def count(number: int, noun: str) -> str:
    return grammar.count(number, noun)


@register.filter
def count_gent(number: int, noun: str) -> str:
    """After «меньше», «дольше», «не старше»: «3 лет», «21 года»."""
    return grammar.count(number, noun, "gent")


@register.filter
def participle(noun_phrase: str, verb: str = "утвердить") -> str:
    return grammar.participle(verb, noun_phrase)


@register.filter
def term(word: str, case: str) -> str:
    """A renamable term in the singular: {{ org.mentee_term|term:"gent" }}."""
    return grammar.term_in_case(word, case)


@register.filter
def terms(word: str, case: str) -> str:
    """The same in the plural."""
    return grammar.term_in_case(word, case, "plur")
