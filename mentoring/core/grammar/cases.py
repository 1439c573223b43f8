"""Names of the grammatical cases, the error of an unsure answer, and letters kept as typed."""

import re

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
NBSP = "\N{NO-BREAK SPACE}"
SEXES = ("m", "f", "")

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")


class Unsure(ValueError):
    """The form cannot be told with confidence; the text is a Russian sentence for the user."""


def require_case(case: str) -> str:
    """The same case code; raises Unsure for anything but the six codes of CASES."""
    if case not in CASES:
        raise Unsure(f"Неизвестный падеж «{case}». Укажите один из: {', '.join(CASES)}.")
    return case


def require_russian(text: str, what: str) -> str:
    """Text without outer blanks; raises Unsure when it is empty, has no Russian letter or Latin only.

    `what` names the field in the sentence, for example «должность».
    """
    text = (text or "").strip()
    if not text:
        raise Unsure(f"Не заполнено: {what}. Впишите текст по-русски в именительном падеже.")
    if not _CYRILLIC.search(text):
        raise Unsure(f"Не удалось просклонять «{text}» ({what}): в тексте нет русских букв.")
    return text


def require_name(text: str, what: str) -> str:
    """A name of Cyrillic letters only; a single Latin look-alike letter would spoil the paper."""
    text = require_russian(text, what)
    if _LATIN.search(text) or re.search(r"[^А-Яа-яЁё'’ʼ.\-\s]", text):
        raise Unsure(
            f"Не удалось просклонять «{text}» ({what}): допустимы только русские буквы, дефис и апостроф."
        )
    return text


def override_for(overrides: dict | None, case: str) -> str:
    """The form typed on the card for this case, or an empty string."""
    return ((overrides or {}).get(case) or "").strip()


def keep_letters(original: str, form: str) -> str:
    """`form` with the capitals of `original`, and its е where the dictionary would write ё.

    «Заведующий» + «заведующего» → «Заведующего»; «ИВАНОВ» + «иванова» → «ИВАНОВА». Parts between
    hyphens and blanks are compared one by one.
    """
    if len(original) > 1 and original.isupper():
        return form.upper()
    typed, made = re.split(r"([-\s]+)", original), re.split(r"([-\s]+)", form)
    if len(typed) != len(made):
        return _keep_start(original, form)
    return "".join(map(_keep_start, typed, made))


def _keep_start(original: str, form: str) -> str:
    same = 0
    for typed, made in zip(original.lower(), form.lower(), strict=False):
        if typed != made and (typed, made) != ("е", "ё"):
            break
        same += 1
    kept = original[:same] + form[same:]
    # «Ёж» and «Ежа» share no letter, the capital stays.
    return kept[:1].upper() + kept[1:] if original[:1].isupper() else kept


def vowels_in(word: str) -> int:
    """Number of vowels, which is the number of syllables."""
    return sum(letter in "аеёиоуыэюя" for letter in word.lower())
