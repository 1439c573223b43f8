"""Groups «adjectives + noun» in any case, by the pymorphy dictionary.

Only the head of a phrase changes: «учитель начальных классов» → «учителем начальных классов».
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from mentoring.core.grammar.cases import Unsure, keep_letters
from mentoring.core.grammar.dictionary import NOT_COMMON, parses

# Nouns absent from the dictionary are trusted only with an ending usual for posts and bodies.
_TRUSTED_ENDINGS = (
    "тор", "сор", "тьютор", "тер", "нер", "дер", "мер", "лер", "жёр", "жер", "ёр", "ист", "лог",
    "тель", "ник", "вед", "граф", "щик", "чик", "арь", "ант", "ент", "олог", "ница", "тельница",
    "ция", "ние", "ство", "ость", "центр", "совет", "комитет", "клуб", "дом", "парк", "методист", "куратор", "педагог",
)  # fmt: skip
_ADJECTIVE = re.compile(r"(^весь$|^вс[яёе]$|ый|ий|ой|ая|яя|ое|ее|ые|ие)$")
# First parts of hyphenated words that never change: «пресс-секретаря», «веб-дизайнера».
_FIXED_PARTS = {
    "пресс", "вице", "экс", "обер", "веб", "интернет", "бизнес", "онлайн", "медиа", "арт",
    "видео", "мини", "топ", "шеф", "премьер", "фитнес", "бренд", "штаб",
}  # fmt: skip
_EDGES = re.compile(r"^([«„“\"(]*)(.*?)([»“”\"),.;:]*)$", re.S)


@dataclass(frozen=True)
class Reading:
    """One word of a head group in the nominative: parts between hyphens with their parses (None: fixed)."""

    parts: tuple[str, ...]
    found: tuple

    @property
    def gender(self) -> str:
        """'m', 'f', 'n' or 'pl', by the first part that changes: «школа-интернат» is 'f'."""
        tag = next(parse.tag for parse in self.found if parse is not None)
        if tag.number == "plur":
            return "pl"
        return {"masc": "m", "femn": "f", "neut": "n"}.get(tag.gender, "m")


def _nominative(word: str, kinds: set[str], *, sure: bool) -> list:
    found = []
    for parse in parses(word):
        tag = parse.tag
        if tag.POS not in kinds or tag.case != "nomn":
            continue
        # «Петербургское» is an adjective of a place and declines like any other.
        if tag.POS == "NOUN" and NOT_COMMON & set(tag.grammemes):
            continue
        if parse.is_known or not sure or word.lower().endswith(_TRUSTED_ENDINGS):
            found.append(parse)
    # A school has one head and one council: the singular reading comes first.
    return sorted(found, key=lambda parse: parse.tag.number != "sing")


@lru_cache(maxsize=4096)
def adjective_readings(word: str) -> tuple[Reading, ...]:
    """Readings as adjective or participle; of «детско-юношеский» only the last part changes."""
    *left, last = word.split("-")
    if not _ADJECTIVE.search(last.lower()):
        return ()
    found = _nominative(last, {"ADJF", "PRTF"}, sure=False)
    return tuple(Reading((*left, last), (*[None] * len(left), parse)) for parse in found)


def _noun_parse(word: str, *, animate: bool | None = None):
    found = _nominative(word, {"NOUN"}, sure=True)
    if animate is not None:
        wanted = "anim" if animate else "inan"
        found.sort(key=lambda p: (p.tag.number != "sing", p.tag.animacy != wanted))
    return found[0] if found else None


@lru_cache(maxsize=4096)
def noun_reading(word: str, animate: bool) -> Reading | None:
    """Reading as a noun; both parts of «учитель-логопед» change, «пресс-секретарь» only the last."""
    parts = tuple(word.split("-"))
    found = []
    for number, part in enumerate(parts, start=1):
        fixed = number < len(parts) and (part.lower() in _FIXED_PARTS or not _plain_russian(part))
        parse = None if fixed else _noun_parse(part, animate=animate)
        if parse is None and not fixed:
            return None
        found.append(parse)
    return Reading(parts, tuple(found))


def _plain_russian(part: str) -> bool:
    return bool(re.fullmatch(r"[А-Яа-яЁё]+", part)) and not (part.isupper() and len(part) > 1)


def head_group(words: list[str], animate: bool) -> list[Reading]:
    """Readings of the leading words that change: adjectives, then the noun.

    An adjective with no agreeing word after it is the head itself: «заведующий хозяйством».
    Raises Unsure when the first words are neither.
    """
    for index, word in enumerate(words):
        adjectives = adjective_readings(word)
        if adjectives and index + 1 < len(words) and _agrees(adjectives, words[index + 1], animate):
            continue
        head = noun_reading(word, animate) or next(iter(adjectives), None)
        if head is None:
            break
        return [*_agreeing(words[:index], head.gender), head]
    raise Unsure(
        f"Не удалось просклонять «{' '.join(words)}»: первое слово не похоже на слово "
        "в именительном падеже. Проверьте написание или впишите форму вручную."
    )


def _agrees(adjectives: tuple[Reading, ...], following: str, animate: bool) -> bool:
    genders = {reading.gender for reading in adjectives}
    noun = noun_reading(following, animate)
    after = {reading.gender for reading in adjective_readings(following)}
    return bool(genders & (after | ({noun.gender} if noun else set())))


def _agreeing(words: list[str], gender: str) -> list[Reading]:
    chosen = []
    for word in words:
        fitting = [r for r in adjective_readings(word) if r.gender == gender]
        if not fitting:
            raise Unsure(f"Слово «{word}» не согласуется со следующим. Проверьте род и число.")
        chosen.append(fitting[0])
    return chosen


def decline(
    reading: Reading, case: str, animate: bool, *, plural: bool = False, place=False
) -> str:
    """The word in a case; `plural` forces the plural, `place` prefers «(в) саду» to «(о) саде»."""
    made = []
    for part, parse in zip(reading.parts, reading.found, strict=True):
        made.append(part if parse is None else _form(part, parse, case, animate, plural, place))
    return "-".join(made)


def _form(part: str, parse, case: str, animate: bool, plural: bool, place: bool) -> str:
    tag = parse.tag
    number = "plur" if plural else tag.number
    adjectival = tag.POS != "NOUN"
    feminine = tag.gender == "femn" and number == "sing"
    if case == "accs" and not feminine and (adjectival or (tag.animacy == "anim") != animate):
        # The dictionary has both accusatives; which one is right depends on the noun described.
        case = "gent" if animate and (tag.gender != "neut" or number == "plur") else "nomn"
    wanted = {case, number}
    if adjectival and number == "sing":
        wanted.add(tag.gender)
    form = parse.inflect({"loc2", number}) if place and case == "loct" and not adjectival else None
    form = form or parse.inflect(wanted)
    if form is None:
        raise Unsure(f"У слова «{part}» нет нужной формы. Впишите форму вручную.")
    return keep_letters(part, form.word)


def split_edges(token: str) -> tuple[str, str, str]:
    """Opening quotes and brackets, the word, closing punctuation."""
    return _EDGES.match(token).groups()


def decline_phrase(text: str, case: str, *, animate: bool, plural=False, place=False) -> str:
    """The phrase with its head group in a case; everything after the head stays as typed."""
    tokens = re.split(r"(\s+)", text)
    words = [split_edges(token) for token in tokens[::2]]
    # A word followed by punctuation ends the group: nothing behind the comma belongs to it.
    # A word in brackets is part of it: «Специальная (коррекционная) школа».
    ends = (
        i for i, (opening, _, tail) in enumerate(words) if tail and (opening, tail) != ("(", ")")
    )
    last = next(ends, len(words) - 1)
    group = head_group([word for _, word, _ in words[: last + 1]], animate)
    for index, reading in enumerate(group):
        opening, _, closing = words[index]
        form = decline(reading, case, animate, plural=plural, place=place)
        tokens[index * 2] = opening + form + closing
    return "".join(tokens)
