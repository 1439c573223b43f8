"""No-break spaces where a line must not end: «№ 5», «2012 г.», «29 декабря», «А.С. Ким», «ст. 351.8»."""

import re

MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
GLUE = "\N{NO-BREAK SPACE}"
RULES = [
    re.compile(r"(№) (?=\S)"),
    re.compile(r"(\d) (?=г\.|гг\.|(?:" + MONTHS + r")\b|лет\b|год\w*\b)"),
    re.compile(r"(?<!\w)((?:[Пп]|[Сс]т|[Пп]п|ч|г|ул|д|тел)\.) (?=[\dА-ЯЁ«])"),
    re.compile(r"(?<!\w)([А-ЯЁ]\.) (?=[А-ЯЁ]\.)"),
    re.compile(r"(?<!\w)([А-ЯЁ]\.(?:[А-ЯЁ]\.)?) (?=[А-ЯЁ][а-яё])"),
    re.compile(r"(?<!\w)([А-ЯЁ][а-яё-]+) (?=[А-ЯЁ]\.[А-ЯЁ]\.)"),
    re.compile(r"(№\s\d+) (?=[«“„])"),
    re.compile(r" (?=[–—] )"),
]


def glue(text: str) -> str:
    """The same words with no-break spaces; only U+0020 becomes U+00A0, so a comparison by words sees no difference."""
    for rule in RULES:
        text = rule.sub(r"\g<1>" + GLUE if rule.groups else GLUE, text)
    return text
