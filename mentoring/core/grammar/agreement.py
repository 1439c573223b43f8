"""Agreement by gender and sex, the preposition «о/об», renamable terms."""

import re
from functools import lru_cache

from num2words import num2words

from mentoring.core.grammar.cases import Unsure, require_case, require_russian
from mentoring.core.grammar.nouns import decline, decline_phrase, head_group, split_edges

# Short participles of stamps in capitals, without ё by custom (ГОСТ Р 7.0.97).
_STEMS = {
    "утвердить": "УТВЕРЖДЕН",
    "принять": "ПРИНЯТ",
    "согласовать": "СОГЛАСОВАН",
    "рассмотреть": "РАССМОТРЕН",
    "одобрить": "ОДОБРЕН",
}
_ENDINGS = {"m": "", "f": "А", "n": "О", "pl": "Ы"}
# Letters whose names begin with a vowel: «об МБДОУ» (эм-бэ…), «об ФГОС».
_VOWEL_LETTERS = "АОУЭИЫЛМНРСФ"


@lru_cache(maxsize=2048)
def noun_gender(phrase: str) -> str:
    """'m', 'f', 'n' or 'pl' of the head noun: «Целевая модель» is 'f', «Правила…» is 'pl'."""
    text = require_russian(phrase, "название документа")
    words = [split_edges(word)[1] for word in text.split()]
    return head_group([word for word in words if word], animate=False)[-1].gender


def participle(verb: str, noun_phrase: str) -> str:
    """«УТВЕРЖДЕНО», «УТВЕРЖДЕНА»… for утвердить, принять, согласовать, рассмотреть, одобрить."""
    stem = _STEMS.get(verb)
    if stem is None:
        raise Unsure(f"Неизвестный гриф «{verb}». Есть: {', '.join(_STEMS)}.")
    return stem + _ENDINGS[noun_gender(noun_phrase)]


def agree_by_sex(sex: str, male: str, female: str) -> str:
    """`female` for 'f', `male` otherwise: «ознакомлен» is the form of an unknown person too."""
    return female if sex == "f" else male


def acquainted(sex: str) -> str:
    """«ознакомлен», «ознакомлена», or «ознакомлен(а)» while the sex is not known."""
    return {"m": "ознакомлен", "f": "ознакомлена"}.get(sex, "ознакомлен(а)")


def term_in_case(word: str, case: str, number: str = "sing") -> str:
    """A renamable term («наставляемый», «стажёр», «молодой педагог») in a case and number.

    `number` is 'sing' or 'plur'. Raises Unsure for an unknown word.
    """
    require_case(case)
    text = require_russian(word, "термин")
    plural = number == "plur"
    if case == "nomn" and not plural:
        return text
    return decline_phrase(text, case, animate=True, plural=plural)


def preposition_o(word: str) -> str:
    """«о», «об» or «обо» before a word, an abbreviation or a number."""
    first = re.sub(r"^[^\w]+", "", word or "").split(" ")[0]
    if not first:
        raise Unsure("Не указано слово после предлога «о».")
    if first.lower() in {"мне", "всём", "всем", "всей", "всех", "что"}:
        return "обо"
    digits = re.match(r"\d+", first)
    if digits:
        return preposition_o(num2words(int(digits.group()), lang="ru"))
    if re.match(r"[А-ЯЁ]{2}", first) and first[1] not in "АОУЭИЫЕЯЮЁ":
        return "об" if first[0] in _VOWEL_LETTERS else "о"
    return "об" if first[0].lower() in "аоуэи" else "о"


def title_o(text: str) -> str:
    """Heading of an order from a nominative: «утверждение Положения» → «Об утверждении Положения»."""
    phrase = decline_phrase(require_russian(text, "заголовок"), "loct", animate=False)
    return f"{preposition_o(phrase).capitalize()} {phrase[0].lower()}{phrase[1:]}"


def term_reading(word: str, animate: bool) -> list:
    """Readings of a counted word or «adjective + noun»; see counts.count."""
    return head_group(word.split(), animate)


def term_form(readings: list, case: str, animate: bool, *, plural: bool) -> str:
    """The readings in a case and number joined by blanks."""
    return " ".join(decline(reading, case, animate, plural=plural) for reading in readings)
