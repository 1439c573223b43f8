"""Periods and responsible people as schools write them, into what the plan keeps."""

import datetime as dt
import re

from roadmap.models import Responsible

MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
MONTH = r"(январ\w*|феврал\w*|март\w*|апрел\w*|ма[йяе]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*)"  # fmt: skip
DAY = r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})"
RANGE = re.compile(rf"^{MONTH}(?:\s*\d{{4}}\s*г?\.?)?(?:\s*[-–—]\s*|\s+по\s+|\s*,\s*){MONTH}(?:\s*\d{{4}}\s*(?:г(?:ода)?)?\.?)?$")  # fmt: skip
ONE_MONTH = re.compile(rf"^(?:в\s+)?{MONTH}(?:\s*\d{{4}}\s*(?:г(?:ода)?)?\.?)?$")
DATES = re.compile(rf"^(?:с\s*)?{DAY}(?:\s*г\.?)?\s*(?:[-–—]|по)\s*{DAY}(?:\s*г\.?)?$")
UNTIL = re.compile(rf"^(?:до\s*)?{DAY}(?:\s*г\.?)?$")
YEARLY = re.compile(rf"^ежегодно(?:,?\s*(?:в\s+)?{MONTH})?$")


def month(word: str) -> int:
    return MONTHS[word[:3]]


def day(groups: tuple[str, str, str]) -> dt.date | None:
    number, month_number, year = map(int, groups)
    try:
        return dt.date(year + 2000 if year < 100 else year, month_number, number)
    except ValueError:
        return None


def read_period(text: str) -> dict | None:
    """Fields as `plan_filling.period_fields` takes them; what is not understood stays as words."""
    line = " ".join(text.casefold().replace("ё", "е").split()).rstrip(".")
    if not line or line in ("-", "–", "—"):
        return None
    if found := RANGE.match(line):
        return {"kind": "months", "from": month(found[1]), "to": month(found[2])}
    if found := ONE_MONTH.match(line):
        return {"kind": "months", "from": month(found[1]), "to": month(found[1])}
    if found := YEARLY.match(line):
        return {"kind": "yearly", "month": month(found[1]) if found[1] else None}
    if found := DATES.match(line):
        first, last = day(found.groups()[:3]), day(found.groups()[3:])
        if first and last and first <= last:
            return {"kind": "days", "from": first.isoformat(), "to": last.isoformat()}
    if (found := UNTIL.match(line)) and (last := day(found.groups())):
        first = None if line.startswith("до") else last.isoformat()
        return {"kind": "days", "from": first, "to": last.isoformat()}
    return {"kind": "text", "text": " ".join(text.split())[:200]}


ROLE = Responsible.RoleName
ROLES = (
    (ROLE.DEPUTY, r"^(зам|заместител)\w*\.?\s*(директор\w*|заведующ\w*)?.*$"),
    (ROLE.HEAD, r"^(директор|заведующ\w*|руководитель( оо| организации| учреждения)?)$"),
    (ROLE.COORDINATOR, r"^координатор\w*.*$"),
    (ROLE.CURATOR, r"^куратор\w*.*$"),
    (ROLE.ADMINISTRATION, r"^администраци\w*.*$"),
    (ROLE.PSYCHOLOGIST, r"^(педагог-?\s?)?психолог\w*$"),
    (ROLE.ADMIN, r"^(системный )?администратор( портала| сайта)?$"),
    (ROLE.ALL_STAFF, r"^(весь (педагогический )?коллектив|все (педагоги|работники|сотрудники))$"),
    (ROLE.TEACHERS, r"^(учител\w*|педагог\w*|воспитател\w*|классн\w* руководител\w*)$"),
)
NAME = re.compile(r"^([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ])\.?\s*([А-ЯЁ])?\.?$|^([А-ЯЁ])\.\s?([А-ЯЁ])?\.?\s?([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)$")  # fmt: skip
PIECES = re.compile(r"[,;\n/]| и (?=[а-яА-ЯЁё])")


def read_responsible(text: str, people: dict[tuple[str, str], str]) -> tuple[list[dict], list[str]]:
    """(rows {"role"} or {"person"}, words not understood). `people`: (surname, initials) → key of the person.

    A post right after a name («Ким А.С., зам. директора») belongs to that name and is passed over.
    """
    rows, unknown, named = [], [], False
    for piece in PIECES.split(text):
        words = " ".join(piece.split()).strip(" .–-") if not NAME.match(piece.strip()) else piece.strip()  # fmt: skip
        if not words:
            continue
        if key := person_key(words, people):
            rows.append({"person": key})
            named = True
        elif role := role_of(words):
            if not named or role not in (ROLE.DEPUTY, ROLE.HEAD):
                rows.append({"role": role})
            named = False
        else:
            unknown.append(words)
            named = bool(NAME.match(words))
    unique = {str(row): row for row in rows}
    return list(unique.values()), unknown


def role_of(words: str) -> str:
    line = words.casefold()
    return next((role for role, pattern in ROLES if re.match(pattern, line)), "")


def person_key(words: str, people: dict[tuple[str, str], str]) -> str:
    found = NAME.match(words)
    if not found:
        return ""
    last = found[1] or found[6]
    initials = (found[2] or found[4] or "") + (found[3] or found[5] or "")
    return people.get((last, initials), "") or people.get((last, initials[:1]), "")
