"""People in any case: «Ким Аллой Сергеевной», «Ким А.С.», «А.С. Ким»."""

import re
from functools import lru_cache
from typing import NamedTuple

from pytrovich.enums import NamePart

from mentoring.core.grammar.cases import (
    NBSP,
    SEXES,
    Unsure,
    keep_letters,
    override_for,
    require_case,
    require_name,
    vowels_in,
)
from mentoring.core.grammar.sex import FEMALE_WORDS, MALE_WORDS, guess_sex
from mentoring.core.grammar.surnames import by_petrovich, decline_surname, with_ending

STYLES = ("full", "initials_after", "initials_before", "surname")

# Slavic names on -о change in Russian papers; «Марко», «Карло» do not.
_NAMES_ON_LO = {"данило", "гаврило", "михайло", "кирило", "кирилло", "самойло", "вавило"}
_NAMES_ON_RO = {"петро", "дмитро", "павло"}
# Female names with a stressed -ия: dative «Закие», as pytrovich has it for «Зульфия».
_STRESSED_IYA = {"закия", "рабия", "сания", "фания", "хания", "разия", "рамзия", "фаузия", "нурия"}
# Soft female names of Russian use missing from pytrovich, which keeps all other -ль («Айгуль»).
_SOFT_FEMALE = {"адель", "ассоль"}
_FIXED_FIRST_PARTS = {"абд", "абдул", "абу", "аль", "эль", "нур", "жан", "сен"}


class FullName(NamedTuple):
    """Surname, first name, patronymic ('' when there is none)."""

    last: str
    first: str
    patronymic: str

    @property
    def text(self) -> str:
        """The parts joined by blanks."""
        return " ".join(part for part in self if part)


def _first_name_part(word: str, sex: str, case: str) -> str:
    if sex == "m" and word in _NAMES_ON_LO:
        return with_ending(word[:-1], "ы е у ой е", case)
    if sex == "m" and word in _NAMES_ON_RO:
        return with_ending(word[:-1], "а у а ом е", case)
    if sex == "m" and word.endswith("ек"):
        # pytrovich takes «Алек», «Марек» for diminutives («Алька»).
        return with_ending(word, "а у а ом е", case)
    if sex == "m" and re.search(r"[цчщ]$", word):
        return with_ending(word, "а у а ем е", case)
    # «Лие», «Ие» after one syllable, «Илии», «Захарии» after more (Orthography 2006, §71).
    if word.endswith("ия") and vowels_in(word) == 2:
        return with_ending(word[:-1], "и е ю ей е", case)
    if sex == "m" and word.endswith("ия"):
        return with_ending(word[:-1], "и и ю ей и", case)
    if sex == "f" and word in _STRESSED_IYA:
        return with_ending(word[:-1], "и е ю ёй е", case)
    if sex == "f" and word in _SOFT_FEMALE:
        return with_ending(word[:-1], "и и ь ью и", case)
    return by_petrovich(NamePart.FIRSTNAME, word, sex, case)


def _decline_first_name(first: str, sex: str, case: str) -> str:
    parts = re.split(r"([-\s]+)", first)
    for index in range(0, len(parts), 2):
        fixed = index + 1 < len(parts) and parts[index] in _FIXED_FIRST_PARTS
        if not fixed and not parts[index].endswith("."):
            parts[index] = _first_name_part(parts[index], sex, case)
    return "".join(parts)


def _decline_patronymic(patronymic: str, sex: str, case: str) -> str:
    words = patronymic.replace("-", " ").split()
    if not words or words[-1] in MALE_WORDS + FEMALE_WORDS or patronymic.endswith("."):
        return patronymic
    if patronymic.endswith(("ич", "на")):
        return by_petrovich(NamePart.MIDDLENAME, patronymic, sex, case)
    # Not a patronymic but a second given name («Ян Амос», «Хосе Мария»).
    return _decline_first_name(patronymic, sex, case)


@lru_cache(maxsize=8192)
def _inflect(last: str, first: str, patronymic: str, sex: str, case: str) -> FullName:
    if case == "nomn":
        return FullName(last, first, patronymic)
    sex = sex or guess_sex(last, first, patronymic)
    return FullName(
        keep_letters(last, decline_surname(last.lower(), sex, case)),
        keep_letters(first, _decline_first_name(first.lower(), sex, case)),
        keep_letters(patronymic, _decline_patronymic(patronymic.lower(), sex, case)),
    )


def _split_override(text: str, last: str, first: str) -> FullName:
    words, of_last, of_first = text.split(), len(last.split()), len(first.split())
    named = of_last + of_first
    return FullName(
        " ".join(words[:of_last]), " ".join(words[of_last:named]), " ".join(words[named:])
    )


def inflect_person(last, first, patronymic, sex, case, overrides=None) -> FullName:
    """The three parts of a name in a case.

    `sex` is 'm', 'f' or '' (guessed). `overrides` maps a case to the full text typed on the card.
    Raises Unsure for empty or non-Russian names and for a sex that cannot be guessed.
    """
    require_case(case)
    if sex not in SEXES:
        raise Unsure(f"Неизвестный пол «{sex}». Укажите мужской или женский.")
    last = require_name(last, "фамилия")
    first = require_name(first, "имя")
    patronymic = require_name(patronymic, "отчество") if (patronymic or "").strip() else ""
    if typed := override_for(overrides, case):
        return _split_override(typed, last, first)
    return _inflect(last, first, patronymic, sex, case)


def initials(last: str, first: str, patronymic: str = "", order: str = "after") -> str:
    """«Ким А.С.» (order 'after') or «А.С. Ким» ('before') with a no-break space; «Анна-Мария» → «А.-М.»."""
    words = [first, *(patronymic or "").replace("-", " ").split()[:1]]
    letters = "".join(
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in words
        if word
    )
    if not letters:
        return last
    return f"{letters}{NBSP}{last}" if order == "before" else f"{last}{NBSP}{letters}"


def person_in_case(person, case: str, style: str = "full") -> str:
    """A person in a case as text; `style` is one of STYLES.

    `person` has last_name, first_name, patronymic, sex and name_forms (dict case → full text).
    """
    if style not in STYLES:
        raise Unsure(f"Неизвестный вид имени «{style}».")
    forms = getattr(person, "name_forms", None)
    name = inflect_person(
        person.last_name, person.first_name, person.patronymic, person.sex, case, forms
    )
    if style == "full":
        return override_for(forms, case) or name.text
    if style == "surname":
        return name.last
    order = style.removeprefix("initials_")
    return initials(name.last, person.first_name, person.patronymic, order)


def person_from_text(text: str) -> tuple[str, str, str]:
    """Surname, first name and patronymic of «Фамилия Имя Отчество»; Unsure when there is one word only."""
    words = require_name(text, "имя человека").split()
    if len(words) < 2:
        raise Unsure("Укажите фамилию и имя через пробел, отчество – если есть.")
    return words[0], words[1], " ".join(words[2:])
