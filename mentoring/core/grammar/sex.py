"""Sex of a person by the patronymic, the first name and the surname."""

import re
from functools import cache, lru_cache

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Gender

from mentoring.core.grammar.cases import Unsure
from mentoring.core.grammar.dictionary import parses

# Last words of Turkic patronymics: «Мамед оглы», «Мамед кызы»; they never change.
MALE_WORDS = ("оглы", "оглу", "улы", "уулу", "угли")
FEMALE_WORDS = ("кызы", "гызы", "кизи")


def guess_sex(last: str, first: str, patronymic: str) -> str:
    """'m' or 'f' by the patronymic, then the first name, then a surname on -ов/-ова; else Unsure."""
    words = patronymic.lower().replace("-", " ").split()
    if words:
        if words[-1] in MALE_WORDS or words[-1].endswith("ич"):
            return "m"
        if words[-1] in FEMALE_WORDS or words[-1].endswith(("вна", "ична", "шна")):
            return "f"
    sex = _sex_of_first_name(first.lower().split("-")[0]) or _sex_of_surname(last.lower())
    if not sex:
        raise Unsure(
            f"Не удалось определить пол по имени «{last} {first}». Укажите пол на карточке "
            "или впишите отчество."
        )
    return sex


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()


@lru_cache(maxsize=2048)
def _sex_of_first_name(first: str) -> str:
    if len(first) < 3 and first.endswith("."):
        return ""
    found = {
        parse.tag.gender
        for parse in parses(first)
        if parse.is_known and "Name" in parse.tag and {"sing", "nomn"} <= set(parse.tag.grammemes)
    }
    if found:
        return {"masc": "m", "femn": "f"}.get(found.pop(), "") if len(found) == 1 else ""
    # pytrovich takes every rare name on a consonant for a man's; «Мехрибан», «Хадижат» are women.
    by_rules = _detector().detect(firstname=first)
    if by_rules == Gender.FEMALE and first.endswith(("а", "я")):
        return "f"
    return "m" if first.endswith(("бек", "дин", "мир", "слав")) else ""


def _sex_of_surname(last: str) -> str:
    # Not -ина: «Щербина» is a man's surname too.
    if re.search(r"(ова|ева|ёва|ына|ская|цкая)$", last):
        return "f"
    return "m" if re.search(r"(ов|ев|ёв|ин|ын|ский|цкий)$", last) and len(last) > 4 else ""
