"""Counts: «1 наставляемый», «3 наставляемых», «21 документ», «5 дней»."""

from functools import lru_cache

from mentoring.core.grammar.agreement import term_form, term_reading
from mentoring.core.grammar.cases import require_case, require_russian

# With a number these take forms of their own: «5 лет», «к 5 человекам».
_SPECIAL = {
    "год": {"gent": "лет"},
    "человек": {
        "gent": "человек",
        "datv": "человекам",
        "accs": "человек",
        "ablt": "человеками",
        "loct": "человеках",
    },
    "раз": {"gent": "раз"},
}


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form for a number: 1, 21 → one; 2–4, 22 → few; 0, 5–20, 11–14 → many."""
    tens, units = abs(n) % 100, abs(n) % 10
    if units == 1 and tens != 11:
        return one
    return few if 2 <= units <= 4 and not 12 <= tens <= 14 else many


def count(n: int, word: str, case: str = "nomn") -> str:
    """Number and word agreed: «2 рабочих дня», with a case «3 наставляемым» (datv).

    `word` is a noun, an adjectival noun or «adjective + noun» in the nominative singular.
    Raises Unsure for an unknown word.
    """
    require_case(case)
    return f"{n} {_counted(plural(n, 'one', 'few', 'many'), require_russian(word, 'слово'), case)}"


@lru_cache(maxsize=2048)
def _counted(size: str, word: str, case: str) -> str:
    readings = term_reading(word, True)
    head = readings[-1].found[-1].tag
    # The accusative of a count is that of the number: «вижу 5 дней», people included from five on.
    animate = "NOUN" not in head or head.animacy == "anim"
    if size == "one":
        return term_form(readings, case, animate, plural=False)
    # In the nominative and accusative five and more govern the genitive plural; two to four govern
    # it for people in the accusative («приглашает 3 наставляемых») and nothing else.
    if case in ("nomn", "accs"):
        if size == "few" and not (case == "accs" and animate):
            return _few(readings, animate)
        case = "gent"
    return _SPECIAL.get(word, {}).get(case) or term_form(readings, case, animate, plural=True)


def _few(readings: list, animate: bool) -> str:
    # «3 рабочих дня», «3 учебные недели», «3 подшефных»: only a true noun takes the singular genitive.
    *adjectives, head = readings
    described = "nomn" if head.gender == "f" else "gent"
    words = [term_form([one], described, animate, plural=True) for one in adjectives]
    of_one = term_form([head], "gent", animate, plural=False)
    if head.found[-1].tag.POS != "NOUN" or of_one.endswith(("ого", "его")):
        return " ".join([*words, term_form([head], described, animate, plural=True)])
    return " ".join([*words, of_one])
