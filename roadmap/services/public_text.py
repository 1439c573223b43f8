"""The public rendition names nobody but the head in stamp and signature (R-908, 152-ФЗ ст. 10.1)."""

import re
from html import escape

from mentoring.core import grammar
from people.models import Person

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
STYLES = ("full", "initials_after", "initials_before", "surname")


def without_names(body: str, organization, *, keep: Person | None = None) -> str:
    """Replace every name of a person of the school, in any case, by the post in the same case.

    A name that follows its own post («заместителя директора Ким А. С.») is simply dropped. `keep`
    is not an exception in the text: the head's name stands in stamp and signature only.
    """
    text = body.replace("\u00a0", " ")
    people = Person.objects.of(organization)
    for person in people:
        if surname_stem(person) in text.casefold():
            text = hide_person(text, person)
    return text


def surname_stem(person: Person) -> str:
    """Part of the surname that no case changes (two letters of the end may)."""
    name = person.last_name.casefold()
    return name[: max(3, len(name) - 2)] if len(name) > 3 else name


def hide_person(text: str, person: Person) -> str:
    for style in STYLES:
        for case in CASES:
            name = spoken(person, case, style)
            post = grammar.post_in_case(person.job_title, case, overrides=person.job_title_forms) if person.job_title else ""
            if post:
                text = re.sub(rf"({re.escape(escape(post, quote=False))}),? {name}", r"\1", text, flags=re.IGNORECASE)
            text = re.sub(name, escape(post or "участник", quote=False), text, flags=re.IGNORECASE)
    return text


def spoken(person: Person, case: str, style: str) -> str:
    """Pattern of a name as it stands in the text; spaces are free, word boundaries are not."""
    name = grammar.person_in_case(person, case, style).replace("\u00a0", " ")
    pattern = re.escape(escape(name, quote=False)).replace(r"\ ", r"\s*")
    return rf"(?<!\w){pattern}(?!\w)"


def names_left(text: str, organization, *, keep: Person | None = None) -> list[str]:
    """Surnames (whole words, any case) still in the text: the guard before publishing."""
    words = {word.casefold() for word in re.findall(r"[\w-]+", text)}
    left = []
    for person in Person.objects.of(organization).exclude(pk=keep.pk if keep else None):
        forms = {grammar.person_in_case(person, case, "surname").casefold() for case in CASES}
        if forms & words:
            left.append(person.last_name)
    return left
