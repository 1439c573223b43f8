"""The public rendition names nobody but the head in stamp and signature (R-908, 152-ФЗ ст. 10.1)."""

import re
from html import escape

from mentoring.core import grammar
from mentoring.core.errors import RuleError
from people.models import Person

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
STYLES = ("full", "initials_after", "initials_before", "surname")


def without_names(body: str, organization) -> str:
    """Replace every name of a person of the school, in any case, by the post in the same case.

    A name that follows its own post («заместителя директора Ким А. С.») is simply dropped. The
    head's own name goes too: it stands in stamp and signature only. Capital letters count, so
    that the surname Ли never swallows the particle «ли».
    """
    text = body.replace("\u00a0", " ")
    for person in Person.objects.of(organization):
        if surname_stem(person) in text:
            text = hide_person(text, person)
    return text


def surname_stem(person: Person) -> str:
    """Part of the surname that no case changes: a cheap test before the many patterns."""
    return person.last_name[: max(1, len(person.last_name) - 3)]


def hide_person(text: str, person: Person) -> str:
    """Longest spelling first; after the person's own post (in any case) the name just goes."""
    posts = {case: post_of(person, case) for case in CASES}
    after_post = "|".join(re.escape(post) for post in set(posts.values()) if post)
    for style in STYLES:
        if after_post:
            names = "|".join({spoken(person, case, style) for case in CASES})
            text = re.sub(rf"({after_post}),?\s+({names})", r"\1", text)
        for case in CASES:
            text = re.sub(spoken(person, case, style), posts[case] or "участник", text)
    return text


def post_of(person: Person, case: str) -> str:
    if not person.job_title:
        return ""
    return escape(
        grammar.post_in_case(person.job_title, case, overrides=person.job_title_forms), quote=False
    )


def spoken(person: Person, case: str, style: str) -> str:
    """Pattern of a name as it stands in the text; spaces are free, word boundaries are not."""
    name = grammar.person_in_case(person, case, style).replace("\u00a0", " ")
    pattern = re.escape(escape(name, quote=False)).replace(r"\ ", r"\s*")
    # A space may stand between two initials, but the one after the last belongs to the sentence.
    pattern = re.sub(r"\\\.(?=.)", lambda found: r"\.\s*", pattern)
    return rf"(?<!\w){pattern}(?!\w)"


def names_left(text: str, organization) -> list[str]:
    """Surnames (whole words, any case) still in the text: the guard before publishing."""
    words = set(re.findall(r"[\w-]+", text))
    left = []
    for person in Person.objects.of(organization):
        forms = {grammar.person_in_case(person, case, "surname") for case in CASES}
        if forms & words:
            left.append(person.last_name)
    return left


def names_said(text: str, organization) -> list[str]:
    """Surnames in a text that somebody typed: «е» for «ё» and capitals throughout count too.

    Each once, sorted; people whose unchanging part is nowhere in the text cost no grammar.
    """
    said = {folded(word) for word in re.findall(r"[\w-]+", text)}
    near = "\n".join(said)
    found = set()
    for person in Person.objects.of(organization):
        if folded(surname_stem(person)) in near and said & surname_forms(person):
            found.add(person.last_name)
    return sorted(found)


def refuse_names(organization, *texts: str) -> None:
    """For texts that go to the site without marks: a surname in them stops the publication."""
    if found := names_said("\n".join(texts), organization):
        raise RuleError(f"В тексте стоит фамилия: {', '.join(found)}. Замените её должностью: на сайте людей называют только там, где они согласны.")  # fmt: skip


def surname_forms(person: Person) -> set[str]:
    return {folded(grammar.person_in_case(person, case, "surname")) for case in CASES}


def folded(word: str) -> str:
    """«КОРОЛЁВА» → «Королева»; words of two letters keep their capitals: «Ли» is not «ли»."""
    plain = word.replace("ё", "е").replace("Ё", "Е")
    return plain.title() if plain.isupper() and len(plain) > 2 else plain
