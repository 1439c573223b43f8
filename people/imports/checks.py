"""The model's own checks of a value, run once for equal values: a list of 10 000 rows repeats itself."""

import datetime as dt

from django.core.exceptions import ValidationError

from mentoring.core.grammar.cases import Unsure
from mentoring.core.grammar.sex import guess_sex
from people.models import Person


class ValueChecker:
    """What `Person.clean_fields()` would say of each value (`Field.clean`: type, length, choices)."""

    def __init__(self):
        self._known: dict[tuple, str] = {}
        self._fields = {field.name: field for field in Person._meta.concrete_fields}

    def mistakes(self, values: dict) -> list[tuple[str, str]]:
        """(field, sentence) for each value that the model refuses."""
        found = []
        for name, value in values.items():
            key = (name, value)
            text = self._known.get(key)
            if text is None:
                text = self._known[key] = self._check(name, value)
            if text:
                found.append((name, text))
        return found

    def _check(self, name: str, value) -> str:
        field = self._fields[name]
        if field.blank and value in field.empty_values:
            return ""
        try:
            field.clean(value, None)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""


def row_mistakes(card: dict, day: dt.date) -> list[tuple[str, str]]:
    """What the constraints of the table and `Person.clean()` would say of a whole card."""
    found = []
    start, end = card.get("employed_from"), card.get("employed_to")
    if start and end and end < start:
        found.append(
            (
                "employed_from",
                f"В карточке записано увольнение {end:%d.%m.%Y}. Если человек вернулся, уберите в ней "
                "дату увольнения и загрузите список снова.",
            )
        )
    if card.get("kind") == Person.Kind.EXTERNAL and not card.get("institution"):
        found.append(("institution", "Укажите, где работает внешний участник."))
    return found


def sex_of(values: dict) -> str:
    """'m' or 'f' by the patronymic and the name; ValueError with the next step when unsure."""
    try:
        return guess_sex(values["last_name"], values["first_name"], values.get("patronymic", ""))
    except Unsure as error:
        name = f"{values['last_name']} {values['first_name']}"
        raise ValueError(
            f"Не удалось определить пол: «{name}». Добавьте столбец «Пол» или впишите отчество."
        ) from error
