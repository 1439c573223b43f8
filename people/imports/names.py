"""Names of a staff list: one column or three, any letter case, the patronymic told by its end."""

import re

PATRONYMIC = re.compile(r"(вич|[иь]ич|мич|вна|ична|инична|шна)$", re.IGNORECASE)
PATRONYMIC_WORDS = {"оглы", "оглу", "улы", "уулу", "угли", "кызы", "гызы", "кизи"}
BESIDE = re.compile(r"\([^)]*\)")  # «Ветрова (Ясенева) Мария»: the former surname
ALLOWED = re.compile(r"[А-Яа-яЁёA-Za-z'’ʼ.\-\s]+$")
INITIALS = re.compile(r"(^|\s)[А-ЯЁA-Z]\.")


def read_name(raw) -> tuple[str, str, str]:
    """Surname, name, patronymic of «Ким Алла Сергеевна»; ValueError with a Russian sentence."""
    text = clean(raw)
    if INITIALS.search(text):
        raise ValueError(f"«{text[:60]}» – впишите имя и отчество целиком: приказам нужны падежи.")
    words = [well_cased(word, all_lower=text.islower()) for word in text.split()]
    if len(words) < 2:
        raise ValueError(f"«{text[:60]}» – нужны хотя бы фамилия и имя.")
    if words[-1].lower() in PATRONYMIC_WORDS and len(words) > 3:
        return " ".join(words[:-3]), words[-3], f"{words[-2]} {words[-1].lower()}"
    if len(words) == 3 and PATRONYMIC.search(words[1]) and not PATRONYMIC.search(words[2]):
        return words[2], words[0], words[1]  # «Алла Сергеевна Ким»
    if len(words) > 3 and PATRONYMIC.search(words[-1]):
        return " ".join(words[:-2]), words[-2], words[-1]
    return words[0], words[1], " ".join(words[2:])


def read_part(raw) -> str:
    """One of the three columns."""
    text = clean(raw)
    if INITIALS.search(text) or len(text) < 2:
        raise ValueError(f"«{text[:60]}» – впишите целиком: приказам нужны падежи.")
    return " ".join(well_cased(word, all_lower=text.islower()) for word in text.split())


def clean(raw) -> str:
    text = " ".join(BESIDE.sub(" ", str(raw)).split())
    if not ALLOWED.match(text):
        raise ValueError(f"«{str(raw)[:60]}» – в имени могут быть только буквы и дефис.")
    return text


def well_cased(word: str, *, all_lower: bool) -> str:
    """«ИВАНОВА» → «Иванова»; small letters stay where others are capital («Ван дер Берг»)."""
    if len(word) > 1 and (word.isupper() or all_lower):
        return "-".join(part.capitalize() for part in word.split("-"))
    return word


def name_key(*parts: str) -> str:
    """The same for «Семёнова» and «СЕМЕНОВА»: lists rarely keep ё."""
    return " ".join(" ".join(parts).lower().replace("ё", "е").split())
