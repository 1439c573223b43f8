"""Posts in any case: only the head group changes, «заместителю директора по УВР»."""

import re
from functools import lru_cache

from mentoring.core.grammar.cases import Unsure, override_for, require_case, require_russian
from mentoring.core.grammar.dictionary import is_abbreviation
from mentoring.core.grammar.nouns import decline_phrase, noun_reading, split_edges

# Shortened words in front govern the genitive already: «и.о. директора», «зам. директора».
_SHORTENED = re.compile(
    r"^(и\.?\s?о\.?|вр\.?\s?и\.?\s?о\.?|врио|зам\.|зав\.|пом\.|ст\.|гл\.|отв\.)\s", re.I
)


def post_in_case(text: str, case: str, overrides: dict | None = None) -> str:
    """A post in a case; `overrides` maps a case to the text typed on the card.

    What follows the head stays; of «директор, учитель физики» both posts change.
    Raises Unsure for an empty post, Latin or an unknown first word.
    """
    require_case(case)
    text = require_russian(text, "должность")
    return override_for(overrides, case) or _decline(text, case)


@lru_cache(maxsize=4096)
def _decline(text: str, case: str) -> str:
    if case == "nomn" or _is_fixed(text):
        return text
    first, *others = re.split(r"(,\s+)", text)
    made = [decline_phrase(first, case, animate=True)]
    for gap, segment in zip(others[::2], others[1::2], strict=True):
        made += [gap, _second_post(segment, case)]
    return "".join(made)


def _is_fixed(text: str) -> bool:
    return bool(_SHORTENED.match(text)) or is_abbreviation(text.split()[0])


def _second_post(segment: str, case: str) -> str:
    # «учитель физики, информатики»: a dependent word is not a second post, and a thing is no person.
    try:
        reading = noun_reading(split_edges(segment.split()[0])[1], True)
        is_person = reading is None or "anim" in reading.found[-1].tag
        return decline_phrase(segment, case, animate=True) if is_person else segment
    except Unsure:
        return segment
