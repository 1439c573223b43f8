"""The pymorphy dictionary: loaded once, words looked up once."""

import re
from functools import cache, lru_cache

import pymorphy3

# Names, surnames, patronymics and towns that look like a common noun must not win over it.
NOT_COMMON = {"Name", "Surn", "Patr", "Geox", "Abbr", "Infr", "Erro"}


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The one dictionary of the process; loading takes about 0.2 s and 15 MB."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=8192)
def parses(word: str) -> tuple:
    """All readings of a word, likeliest first."""
    return tuple(analyzer().parse(word.lower()))


def common_noun_form(word: str, case: str) -> str:
    """A masculine common noun of the dictionary in a case of the singular, as a surname uses it.

    Gives the fleeting vowel and the stress that no rule can tell («орёл» → «орла», «грач» → «грачом»);
    an empty string when the word is no such noun. The accusative is that of a person.
    """
    for parse in parses(word):
        tag = parse.tag
        if (
            parse.is_known
            and tag.POS == "NOUN"
            and {"masc", "sing", "nomn"} <= set(tag.grammemes)
            and not (NOT_COMMON | {"Fixd"}) & set(tag.grammemes)
        ):
            form = parse.inflect({"gent" if case == "accs" else case, "sing"})
            return form.word if form else ""
    return ""


def is_abbreviation(word: str) -> bool:
    """True for «МБДОУ», «УВР», «ГБОУ-СОШ»; False for a word of the language typed in capitals («СОВЕТ»)."""
    # «ИТ-специалист» ends in a word that changes.
    if not re.match(r"[А-ЯЁ]{2}", word) or re.search(r"-[а-яё]+$", word):
        return False
    return len(word) < 4 or not any(
        parse.is_known and parse.tag.POS in ("NOUN", "ADJF", "PRTF") and "Abbr" not in parse.tag
        for parse in parses(word)
    )
