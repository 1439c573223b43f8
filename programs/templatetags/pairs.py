"""Words for pairs in papers and pages: titles of forms and kinds from the school's catalogues."""

from django import template

from mentoring.core.templatetags.papers import need, post
from people.models import Person
from people.services import catalogues

register = template.Library()


@register.filter
def form_title(group) -> str:
    """«педагог – педагог»; empty when the form is not chosen."""
    return titles(group, "form").get(group.form, group.form)


@register.filter
def kind_titles(group) -> str:
    found = titles(group, "kind")
    return ", ".join(found.get(code, code) for code in group.kinds)


def titles(group, name: str) -> dict[str, str]:
    """Title by code; kept on the organization of the rows at hand, so a list asks once."""
    kept = group.organization.__dict__.setdefault("_catalogue_titles", {})
    if name not in kept:
        rows = catalogues.all_catalogues(group.organization, [name])[name]
        kept[name] = {item.code: item.title for item in rows}
    return kept[name]


@register.filter
def short_date(day) -> str:
    return f"{day:%d.%m.%Y}"


@register.filter
def with_post(person: Person, case: str) -> str:
    """What follows the name at the end of a sentence: «, учителя химии», or the class of a pupil."""
    if person.kind == Person.Kind.PUPIL:
        return f", {person.pupil.school_class} класс"
    words = f", {post(person, case)}"
    if person.kind == Person.Kind.EXTERNAL:
        words += f" ({need(person.institution, 'место работы наставника')}, по согласованию)"
    return words


@register.filter
def within_post(person: Person, case: str) -> str:
    """The same inside a sentence: an apposition is closed by a comma."""
    return f"{with_post(person, case)},"


@register.filter
def at(table: dict, code: str) -> str:
    """Title of a code of a catalogue; the code itself when it is gone."""
    return table.get(code, code)
