"""Surnames: rules of our own where pytrovich misses, pytrovich for the rest.

Each rule takes a lower-case word and a case and returns the form, or '' to pass it on.
"""

import re

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from mentoring.core.grammar.cases import CASES, Unsure, vowels_in
from mentoring.core.grammar.dictionary import common_noun_form

PETROVICH_CASE = {
    "nomn": Case.NOMINATIVE,
    "gent": Case.GENITIVE,
    "datv": Case.DATIVE,
    "accs": Case.ACCUSATIVE,
    "ablt": Case.INSTRUMENTAL,
    "loct": Case.PREPOSITIONAL,
}
PETROVICH_GENDER = {"m": Gender.MALE, "f": Gender.FEMALE}

# French surnames with the stress on the last -а, -я do not change.
_FIXED = {"золя", "труайя", "дюма", "дега", "петипа", "люка", "гамарра"}
# Parts that never change in front of a hyphen or a blank: «Бонч-Бруевича», «Тер-Петросяна», «де Голля».
_FIXED_PARTS = {
    "бонч", "тер", "мелик", "ван", "вар", "фон", "де", "ди", "да", "ла", "ле", "дю", "сен", "сан",
    "мак", "аль", "эль", "ибн", "бен", "абу", "кара", "абд", "абдул", "ага", "гулак", "шолом", "тян",
}  # fmt: skip
# pytrovich leaves these unchanged, the norm (Rosenthal, Agreements on -а) declines them.
_PLAIN_A = {"рева", "кива", "богода", "каруана", "шандра"}
# Surnames equal to a common noun on -ова, -ина: declined as the noun, not as «Иванова».
_NOUN_OVA = {"сова", "корова", "подкова", "обнова"}
# Foreign surnames on -ин, -ов take the ending of a noun: «Чаплином», not «Чаплиным».
_FOREIGN_N = {"чаплин", "дарвин", "франклин", "кронин", "цеппелин", "бюлов", "флотов"}
# -ец with a stressed ending in three syllables; two syllables are stressed but for the second list.
_STRESSED_EC = ("обец", "овец", "енец")
_UNSTRESSED_EC = {"немец", "палец", "перец", "горец", "старец", "ранец", "ирец"}
_STRESSED_ICH = {"ильич", "кузьмич", "фомич", "лукич"}
_NOUN_OI = {"герой", "покой", "прибой", "ковбой", "разбой"}
_SOFT_POSSESSIVE = {"третий": "треть", "божий": "божь", "лисий": "лись", "волчий": "волчь"}

_maker = PetrovichDeclinationMaker()


def with_ending(stem: str, endings: str, case: str) -> str:
    """Stem plus the ending of a case; `endings` lists gent, datv, accs, ablt, loct."""
    return stem + endings.split()[CASES.index(case) - 1]


def by_petrovich(part: NamePart, word: str, sex: str, case: str) -> str:
    """The form by the rules of pytrovich."""
    return _maker.make(part, PETROVICH_GENDER[sex], PETROVICH_CASE[case], word)


def _noun_on_ec(word: str, case: str) -> str:
    # «Кузнец», «Швец», «Гец»: the vowel stays after two consonants and in one syllable;
    # «Хейфец» is not Slavic.
    if not word.endswith("ец"):
        return ""
    stem, before = word[:-2], word[-3:-2]
    if vowels_in(word) == 1 or word == "хейфец" or re.search(r"[^аеёиоуыэюя]{2}ец$", word):
        return with_ending(word, "а у а ем е", case)
    if before == "л":
        stem += "ь"
    elif before in "аеёиоуыэюя":
        stem += "й"
    two = vowels_in(word) == 2 and word not in _UNSTRESSED_EC
    instrumental = "ом" if two or word.endswith(_STRESSED_EC) else "ем"
    # «Коломойцем», «Украинцем»: after a vowel the ending is unstressed.
    if before in "аеёиоуыэюя":
        instrumental = "ем"
    return with_ending(stem + "ц", f"а у а {instrumental} е", case)


def _adjectival(word: str, case: str) -> str:
    # pytrovich lacks -гий («Долгий» → «Долгия») and writes «Сухым», «Большым».
    if word in _SOFT_POSSESSIVE:
        return with_ending(_SOFT_POSSESSIVE[word], "его ему его им ем", case)
    if word.endswith("гий") and word not in {"сергий", "георгий"}:
        return with_ending(word[:-2], "ого ому ого им ом", case)
    if re.search(r"[гкхжшщч]ой$", word) and vowels_in(word) > 1:
        return with_ending(word[:-2], "ого ому ого им ом", case)
    return ""


def _short_or_foreign(word: str, case: str) -> str:
    # One syllable: «Цой», «Чой» are nouns, not adjectives; «Лин», «Мин» are not «Пушкин».
    if (vowels_in(word) == 1 and word.endswith("ой") and word != "злой") or word in _NOUN_OI:
        return with_ending(word[:-1], "я ю я ем е", case)
    if word.endswith("ий") and vowels_in(word) == 1:
        return with_ending(word[:-1], "я ю я ем е", case)
    # -юн, -эн: «Оюном», «Дэном»; pytrovich knows -ун, -ен only.
    foreign = r"[юэ]н$|^[^аеёиоуыэюя]*[иы]н$"
    if word in _FOREIGN_N or re.search(foreign, word):
        return with_ending(word, "а у а ом е", case)
    # «Эрлих», «Либих» are German nouns; «Долгих», «Черных» stay with pytrovich.
    if re.search(r"[рлб]их$", word):
        return with_ending(word, "а у а ом е", case)
    return ""


def _sibilant(word: str, case: str) -> str:
    # After a sibilant the instrumental follows the stress: «Деркачом», but «Божовичем».
    if not re.search(r"[жчшщц]$", word):
        return ""
    stressed = (
        word.endswith(("ач", "ыш", "ощ"))
        or word in _STRESSED_ICH
        or (vowels_in(word) == 1 and word[-1] != "ц")
    )
    return with_ending(word, f"а у а {'ом' if stressed else 'ем'} е", case)


def _fleeting(word: str, case: str) -> str:
    # Only the dictionary knows «Заяц» → «Зайца», «Соловей» → «Соловья», «Кузнец» → «Кузнецом».
    if re.search(r"(ок|[её]к|ец|яц|[её]л|ол|[её]р|ор|[её]тр|ей|[жчшщц]|[^жшщч]ь)$", word):
        return common_noun_form(word, case)
    return ""


def _male(word: str, case: str) -> str:
    if word in {"лев", "павел", "пётр"}:
        return by_petrovich(NamePart.FIRSTNAME, word, "m", case)
    if re.search(r"[жшщч]ь$", word):
        raise Unsure(
            f"Не удалось просклонять мужскую фамилию «{word.capitalize()}». Впишите формы."
        )
    if word.endswith("ёк") and not common_noun_form(word, case):
        return with_ending(word[:-2] + "ьк", "а у а ом е", case)
    rules = (_adjectival, _short_or_foreign, _fleeting, _noun_on_ec, _sibilant)
    return next(filter(None, (rule(word, case) for rule in rules)), "")


def _female(word: str, case: str) -> str:
    for soft in _SOFT_POSSESSIVE.values():
        if word == soft + "я":
            return with_ending(soft, "ей ей ю ей ей", case)
    # -шая, -щая: «Младшей»; stressed «Большой», «Чужой» are the two exceptions.
    if word in {"большая", "чужая"}:
        return with_ending(word[:-2], "ой ой ую ой ой", case)
    if re.search(r"[шщ]ая$", word):
        return with_ending(word[:-2], "ей ей ую ей ей", case)
    # «Сосна», «Весна» are nouns: only -ина, -ына come from -ин, -ын.
    if word in _NOUN_OVA or re.search(r"[^иы]на$", word):
        return with_ending(word[:-1], "ы е у ой е", case)
    return ""


def _noun_on_a(word: str, case: str) -> str:
    if word in _PLAIN_A:
        return with_ending(word[:-1], "ы е у ой е", case)
    # Unstressed after a sibilant: «Грушей», «Галушей»; pytrovich has -ой for all.
    stressed = word.endswith(("жа", "пша", "вша", "ча")) and not word.endswith(("ажа", "уча"))
    if re.search(r"[жшчщ]а$", word) and not stressed:
        return with_ending(word[:-1], "и е у ей е", case)
    return ""


def _decline_part(word: str, sex: str, case: str) -> str:
    if word in _FIXED:
        return word
    own = _noun_on_a(word, case) or (_male if sex == "m" else _female)(word, case)
    return own or by_petrovich(NamePart.LASTNAME, word, sex, case)


def decline_surname(surname: str, sex: str, case: str) -> str:
    """A lower-case surname in a case; each part between hyphens and blanks has its own rule.

    A name of one letter with a dot (an initial) and particles («де», «фон») stay.
    """
    parts = re.split(r"([-\s]+)", surname)
    for index in range(0, len(parts), 2):
        particle = index + 1 < len(parts) and parts[index] in _FIXED_PARTS
        if parts[index] and not particle and not parts[index].endswith("."):
            parts[index] = _decline_part(parts[index], sex, case)
    return "".join(parts)
