"""Columns of a staff list, recognised by their heading in the school's own words."""

import re

# Field of a row → its name on the screen of columns. Order is that of the choice.
FIELDS = {
    "name": "ФИО одним столбцом",
    "last_name": "Фамилия",
    "first_name": "Имя",
    "patronymic": "Отчество",
    "job_title": "Должность",
    "subject": "Предмет или группа",
    "birth": "Год рождения",
    "employed_from": "Дата приёма",
    "employed_to": "Дата увольнения",
    "category": "Категория",
    "category_date": "Категория присвоена",
    "teaching": "Пед. стаж: лет или дата",
    "here_years": "Стаж в организации, лет",
    "new_in_post_since": "Впервые в должности с",
    "email": "Электронная почта",
    "phone": "Телефон",
    "sex": "Пол",
    "kind": "Работник или внешний",
    "institution": "Место работы внешнего",
}
# The first rule that fits names the field; None is «not for us». Headings come normalised.
RULES = [
    (None, r"^(n|п п|номер.*|таб.*|снилс|инн|паспорт.*|возраст|образован.*|диплом.*|приказ.*|номер приказа.*)$"),
    ("email", r"e ?mail|имейл|почт|электронн\w* адрес"),
    ("phone", r"телефон|\bтел\b|\bмоб\b|мобильн"),
    ("birth", r"рожд|^г р$|^д р$"),
    ("category_date", r"(дат|когда|год).*(категор|присво|аттест)|(категор|аттестац)\w*.*(дат|присво|\bс$)|^присвоен"),
    ("category", r"категор|^кв? ?кат|^кат$"),
    ("here_years", r"стаж.*(организ|учрежд|школ|сад|лице|гимнази|данн|здесь|этой|\bоо\b|\bоу\b|\bдоу\b)"),
    ("teaching", r"стаж.*(пед|учит|специальн)|пед\w* ?стаж|^стаж( работы)?( с| лет)?$|начал\w* пед"),
    (None, r"стаж|трудов"),
    ("new_in_post_since", r"впервые"),
    ("employed_to", r"увол|работа\w* по\b|до какого"),
    ("employed_from", r"прием|принят|принят|работает с\b|поступ|трудоустр|начал\w* работы|оформлен"),
    ("name", r"\bфио\b|\bф и о\b|фамили\w*.*им|^сотрудники?$|^работники?$"),
    ("last_name", r"^фамилия"),
    ("first_name", r"^имя"),
    ("patronymic", r"^отчество"),
    ("sex", r"^пол$|^пол сотр"),
    ("job_title", r"должност|професси"),
    ("kind", r"^кто$|внешн|совместит|^вид$|занятост|условия работы"),
    ("institution", r"место работы|^организация|^учреждение|работодатель"),
    ("subject", r"предмет|дисциплин|групп|объединени|кружок|направлени|преподава"),
]  # fmt: skip
COMPILED = [(field, re.compile(rule)) for field, rule in RULES]


def normalised(heading: str) -> str:
    """«Дата приёма,\\nна работу» → «дата приема на работу»."""
    text = str(heading).lower().replace("ё", "е")
    return " ".join(re.sub(r"[^a-zа-я0-9]+", " ", text).split())


def field_of(heading: str) -> str | None:
    text = normalised(heading)
    if not text or len(text) > 80:
        return None
    return next((field for field, rule in COMPILED if rule.search(text)), None)


def recognise(headings: list[str]) -> dict[int, str]:
    """Column number from 0 → field; of two columns for one field the first counts."""
    found: dict[int, str] = {}
    for number, heading in enumerate(headings):
        field = field_of(heading)
        if field and field not in found.values():
            found[number] = field
    if "last_name" in found.values() and "first_name" in found.values():
        return {number: field for number, field in found.items() if field != "name"}
    # «Фамилия» alone over whole names, or with initials, is a name in one column.
    if "name" not in found.values():
        return {
            number: "name" if field == "last_name" else field for number, field in found.items()
        }
    return found


def names_people(columns: dict[int, str]) -> bool:
    """Whether the columns say who a row is about."""
    fields = set(columns.values())
    return "name" in fields or {"last_name", "first_name"} <= fields


def letter(number: int) -> str:
    """Column as spreadsheets call it: 0 → A, 27 → AB."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
