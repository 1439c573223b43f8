"""Names of institutions and bodies in any case; abbreviations and quoted names stay."""

import re
from functools import lru_cache

from mentoring.core.grammar.cases import Unsure, override_for, require_case, require_russian
from mentoring.core.grammar.dictionary import is_abbreviation
from mentoring.core.grammar.nouns import decline_phrase, noun_reading, split_edges


def organization_in_case(text, case, overrides=None, *, place: bool = False) -> str:
    """An institution or body in a case; `overrides` maps a case to the text typed on the card.

    `place` chooses «(в) детском саду» instead of «(о) детском саде» in the prepositional case.
    Raises Unsure for an empty name, Latin or an unknown first word.
    """
    require_case(case)
    text = require_russian(text, "название организации")
    return override_for(overrides, case) or _decline(text, case, place)


@lru_cache(maxsize=4096)
def _decline(text: str, case: str, place: bool) -> str:
    if case == "nomn" or starts_fixed(text):
        return text
    first, *others = re.split(r"(\s+[–—-]\s+)", text)
    made = [_with_bracket(first, decline_phrase(first, case, animate=False, place=place), case)]
    for dash, second in zip(others[::2], others[1::2], strict=True):
        made += [dash, _second_name(second, case, place)]
    return "".join(made)


def _second_name(text: str, case: str, place: bool) -> str:
    # «Центр развития ребёнка – детский сад № 7»: both names change; anything else stays.
    try:
        return (
            text if starts_fixed(text) else decline_phrase(text, case, animate=False, place=place)
        )
    except Unsure:
        return text


def starts_fixed(text: str) -> bool:
    """True for names that begin with a quotation mark or an abbreviation: «МБДОУ «…»»."""
    opening, word, _ = split_edges(text.split()[0])
    return bool(opening) or is_abbreviation(word)


def _with_bracket(text: str, made: str, case: str) -> str:
    # «Общее собрание (конференция) работников»: the bracketed double of the head agrees with it.
    found = re.match(r"(?:[А-Яа-яЁё-]+\s+){1,4}\(([а-яё]+)\)", text)
    if not found or noun_reading(found.group(1), False) is None:
        return made
    double = found.group(1)
    return made.replace(f"({double})", f"({decline_phrase(double, case, animate=False)})", 1)
