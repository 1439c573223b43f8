"""Cells of a row → values of a card. Every reader raises ValueError with a Russian sentence."""

import datetime as dt
import re

from mentoring.core.formulas import harmless
from people.imports.dates import find_date, read_birth_year, read_date
from people.imports.names import read_name, read_part

NOTHING = {"", "-", "–", "—", "--", "н/д", "нет данных", "не указано", "не указан"}
NO = {"нет", "не имеет", "отсутствует", "без категории", "б/к", "бк", "нет категории", "0"}
CATEGORIES = [
    ("педагог-наставник", r"наставник"),
    ("педагог-методист", r"методист"),
    ("высшая", r"высш|^вкк|^в\b|^вк\b"),
    ("первая", r"перв|^1|^i\b|^l\b|^і\b|^пкк"),
    ("", r"соответств|^сзд|без кат|не имеет|молод|специалист"),
]
YEARS = re.compile(r"(\d{1,3})(?:[.,]\d+)?\s*(?:лет|год|года|г\.?|л\.?)?", re.IGNORECASE)
MONTHS_ONLY = re.compile(
    r"^\d{1,2}\s*мес|^менее|^до 1|^меньше|^без стажа|^б/с|^нет$", re.IGNORECASE
)


def read_text(raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, dt.date):
        raw = f"{raw:%d.%m.%Y}"
    return harmless(" ".join(str(raw).split()))


def read_post(raw) -> str:
    """«Учитель химии» → «учитель химии», as in papers; «ПДО» stays."""
    text = read_text(raw)
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def read_sex(raw) -> str:
    letter = str(raw).strip().lower()[:1]
    if letter in ("м", "m"):
        return "m"
    if letter in ("ж", "f"):
        return "f"
    raise ValueError(f"«{str(raw)[:20]}» – напишите «м» или «ж».")


def read_kind(raw) -> str:
    """A part-timer from outside («внешний совместитель») is employed here."""
    text = str(raw).strip().lower()
    if "обуча" in text or "учени" in text or "воспитанник" in text:
        raise ValueError("Обучающихся добавляют на странице «Обучающиеся».")
    return "external" if "внешн" in text and "совмест" not in text else "employed"


def read_category(raw, day: dt.date) -> tuple[str, dt.date | None]:
    """Category and, where the cell names it, its date («высшая, 25.12.2023»)."""
    text = read_text(raw)
    low = " ".join(text.lower().split())
    if low in NO:
        return "", None
    when = find_date(text, day)
    for code, rule in CATEGORIES:
        if re.search(rule, low):
            return code, when
    if re.search(r"втор|^2|^ii\b", low):
        raise ValueError("Вторую категорию больше не присваивают. Оставьте клетку пустой.")
    raise ValueError(
        f"«{text[:40]}» – не знаем такой категории. Напишите: первая, высшая, педагог-методист, "
        "педагог-наставник или оставьте пусто."
    )


def read_years(raw) -> int:
    """Full years of «12», «12 лет 5 мес.», «менее года»."""
    if isinstance(raw, bool):
        raise ValueError("Напишите, сколько полных лет: 12.")
    if isinstance(raw, int | float):
        number = int(raw)
    else:
        text = str(raw).strip()
        if MONTHS_ONLY.match(text):
            return 0
        match = YEARS.match(text)
        if match is None:
            raise ValueError(f"«{text[:30]}» – напишите, сколько полных лет: 12.")
        number = int(match[1])
    if not 0 <= number <= 75:
        raise ValueError(f"{number}: столько лет стажа не бывает.")
    return number


def read_teaching(raw, day: dt.date) -> dict:
    """Years, or the date of the beginning: schools keep either under the same heading."""
    if isinstance(raw, dt.date) or (isinstance(raw, int | float) and raw > 10_000):
        return {"teaching_since": read_date(raw, day)}
    if isinstance(raw, str) and (since := find_date(raw, day)):
        return {"teaching_since": since}
    return {"teaching_years": read_years(raw)}


class RowReader:
    """Reads rows by a mapping; equal cells of a column are read once (a list repeats itself)."""

    def __init__(self, columns: dict[int, str], day: dt.date):
        self.day = day
        self.columns = list(columns.items())
        self._known: dict[tuple, tuple[dict, str]] = {}

    def read(self, cells: list) -> tuple[dict, list[tuple[int, str]]]:
        """Values of the card, and (column number, sentence) for each cell not understood."""
        values, errors = {}, []
        for number, field in self.columns:
            raw = cells[number] if number < len(cells) else ""
            if raw == "" or raw is None:
                continue
            key = (field, type(raw), raw)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._read_cell(field, raw)
            if found[1]:
                errors.append((number, found[1]))
            else:
                values |= found[0]
        return values, errors

    def _read_cell(self, field: str, raw) -> tuple[dict, str]:
        if isinstance(raw, str):
            raw = raw.strip().lstrip("\ufeff")
            low = raw.lower()
            if low in NOTHING or (low in NO and field not in ("category", "teaching", "here_years", "kind")):  # fmt: skip
                return {}, ""
        try:
            return self._values(field, raw), ""
        except ValueError as error:
            return {}, str(error)

    def _values(self, field: str, raw) -> dict:
        day = self.day
        match field:
            case "name":
                return dict(zip(("last_name", "first_name", "patronymic"), read_name(raw), strict=True))  # fmt: skip
            case "last_name" | "first_name" | "patronymic":
                return {field: read_part(raw)}
            case "birth":
                return {"birth_year": read_birth_year(raw, day)}
            case "employed_from" | "employed_to" | "category_date" | "new_in_post_since":
                return {field: read_date(raw, day)}
            case "category":
                code, when = read_category(raw, day)
                return {"category": code, **({"category_date": when} if when else {})}
            case "teaching":
                return read_teaching(raw, day)
            case "here_years":
                return {"here_years": read_years(raw)}
            case "sex":
                return {"sex": read_sex(raw)}
            case "kind":
                return {"kind": read_kind(raw)}
            case "job_title":
                return {"job_title": read_post(raw)}
            case "email":
                return {"email": read_text(raw).removeprefix("mailto:")}
        return {field: read_text(raw)}
