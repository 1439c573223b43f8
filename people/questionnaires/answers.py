"""Answers: cleaning by type, visibility by «показать, если», what is missing, Russian text.

Values: text str · number int or float · scale int · yes_no "yes"|"no"|"unsure" · one: code, or
{"other": text} · many {"codes": […], "other": text} · people [{"person": id, "reasons": […], "text": ""}]
in the order of preference · matrix {row: column} · date "YYYY-MM-DD". No answer is no value, never 0.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection

from people.questionnaires.schema import YES_NO, Content, Question

TEXT_LIMITS = {"text": 300, "long_text": 5000}
WHOLE = re.compile(r"-?[0-9]{1,9}")
GREATEST = 10**9


class AnswerError(ValueError):
    """The answer does not fit the question; the message is a Russian sentence with the next step."""


def check_value(question: Question, value, *, people: Collection[int] = ()):
    """Clean value, or None for an empty answer; AnswerError otherwise."""
    if value in (None, "", [], {}):
        return None
    return CHECKS[question.type](question, value, people)


def check_text(question: Question, value, people):
    return typed(value, TEXT_LIMITS[question.type]) or None


def typed(value, limit: int = TEXT_LIMITS["text"]) -> str:
    """Typed text without the control characters and halves of characters no database keeps."""
    if not isinstance(value, str):
        raise AnswerError("Напишите ответ текстом.")
    lines = value.replace("\r\n", "\n")
    text = "".join(one for one in lines if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))  # fmt: skip
    text = text.strip()
    if len(text) > limit:
        raise AnswerError(f"Ответ длиннее {limit} знаков. Сократите его.")
    return text


def check_number(question: Question, value, people):
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        raise AnswerError("Введите число.") from None
    if not abs(number) <= GREATEST:  # «nan» is not less than anything
        raise AnswerError("Введите число.")
    low, high = question.min, question.max
    if (low is not None and number < low) or (high is not None and number > high):
        raise AnswerError(f"Число должно быть {bounds_text(low, high)}.")
    return int(number) if number == int(number) else number


def bounds_text(low, high) -> str:
    if low is None:
        return f"не больше {high}"
    return f"не меньше {low}" if high is None else f"от {low} до {high}"


def check_scale(question: Question, value, people):
    low, high = question.bounds
    text = "" if isinstance(value, bool) else str(value).strip()
    if not WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise AnswerError(f"Выберите число от {low} до {high}.")
    return int(text)


def check_yes_no(question: Question, value, people):
    if not isinstance(value, str) or value not in YES_NO:
        raise AnswerError("Выберите «да», «нет» или «затрудняюсь ответить».")
    return value


def check_one(question: Question, value, people):
    if isinstance(value, dict):
        if not question.other or set(value) != {"other"}:
            raise AnswerError("Выберите один из вариантов.")
        text = typed(value["other"])
        return {"other": text} if text else None
    if value not in [option.code for option in question.options]:
        raise AnswerError("Такого варианта нет. Выберите один из предложенных.")
    return value


def check_many(question: Question, value, people):
    if isinstance(value, list):
        value = {"codes": value}
    if not isinstance(value, dict) or not isinstance(value.get("codes", []), list):
        raise AnswerError("Выберите варианты из списка.")
    codes, known = value.get("codes", []), [option.code for option in question.options]
    if any(code not in known for code in codes):
        raise AnswerError("Такого варианта нет. Выберите из предложенных.")
    codes = [code for code in known if code in codes]
    other = typed(value.get("other", "")) if question.other else ""
    if question.max_choices and len(codes) + bool(other) > question.max_choices:
        raise AnswerError(f"Можно выбрать не больше {question.max_choices}. Снимите лишнее.")
    return {"codes": codes, "other": other} if codes or other else None


def check_people(question: Question, value, people):
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise AnswerError("Выберите людей из списка.")
    chosen = [check_choice(question, row, people) for row in value]
    if len({row["person"] for row in chosen}) != len(chosen):
        raise AnswerError("Один человек выбран дважды. Оставьте его один раз.")
    limit = question.max_choices or 3
    if len(chosen) > limit:
        raise AnswerError(f"Можно выбрать не больше {limit}.")
    return chosen


def check_choice(question: Question, row: dict, people: Collection[int]) -> dict:
    """One chosen person with the reasons, in the order of the question."""
    person, reasons = row.get("person"), row.get("reasons", [])
    if type(person) is not int or person not in people:
        raise AnswerError("Такого человека в списке нет. Выберите из предложенных.")
    if not isinstance(reasons, list):
        raise AnswerError("Выберите причины из списка.")
    kept = [option.code for option in question.reasons if option.code in reasons]
    return {"person": person, "reasons": kept, "text": typed(row.get("text", ""))}


def check_matrix(question: Question, value, people):
    rows = {row.code for row in question.rows}
    columns = [option.code for option in question.options]
    fits = isinstance(value, dict) and not set(value) - rows
    if not fits or any(one not in columns for one in value.values()):
        raise AnswerError("Выберите в каждой строке один из вариантов.")
    return dict(value)


def check_date(question: Question, value, people):
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise AnswerError("Введите дату: день, месяц и год.") from None


CHECKS = {
    "text": check_text, "long_text": check_text, "number": check_number, "scale": check_scale,
    "yes_no": check_yes_no, "one": check_one, "many": check_many, "people": check_people,
    "matrix": check_matrix, "date": check_date,
}  # fmt: skip


def visible(content: Content, answers: dict) -> list[Question]:
    """Questions that are asked, given the answers so far; one hidden hides those that hang on it."""
    shown: list[Question] = []
    codes: set[str] = set()
    for question in content.questions:
        if question.show_if is None or holds(question.show_if, answers, codes):
            shown.append(question)
            codes.add(question.code)
    return shown


def holds(condition: dict, answers: dict, shown: set[str]) -> bool:
    code = condition["question"]
    if code not in shown or code not in answers:
        return False
    value = answers[code]
    given = value.get("codes", []) if isinstance(value, dict) else [value]
    return any(one in condition["any"] for one in given)


def kept(content: Content, answers: dict) -> dict:
    """Answers to questions that are shown; the rest is left out when the answers are sent."""
    return {
        question.code: answers[question.code]
        for question in visible(content, answers)
        if question.code in answers
    }


def missing(content: Content, answers: dict) -> list[Question]:
    """Required questions that are shown and have no answer; a matrix must be filled whole."""
    return [
        question
        for question in visible(content, answers)
        if question.required and not is_full(question, answers.get(question.code))
    ]


def is_full(question: Question, value) -> bool:
    if question.type == "matrix":
        return bool(value) and set(value) == {row.code for row in question.rows}
    return value is not None


def shown_value(question: Question, value, *, people: dict[int, str] | None = None) -> str:
    """The answer as a person reads it; "" for none. `people`: names by id."""
    if value is None:
        return ""
    titles = {option.code: option.text for option in question.options}
    if question.type == "yes_no":
        return YES_NO[value]
    if question.type == "one":
        return value["other"] if isinstance(value, dict) else titles.get(value, value)
    if question.type == "many":
        words = [titles.get(code, code) for code in value["codes"]]
        return "; ".join([*words, *filter(None, [value.get("other")])])
    if question.type == "people":
        names = people or {}
        return "; ".join(
            f"{place}. {names.get(row['person'], 'участник')}{why(question, row)}"
            for place, row in enumerate(value, 1)
        )
    if question.type == "matrix":
        return "; ".join(
            f"{row.text}: {titles.get(value[row.code], '')}"
            for row in question.rows
            if row.code in value
        )
    if question.type == "date":
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
    return str(value).replace(".", ",") if question.type == "number" else str(value)


def why(question: Question, row: dict) -> str:
    """« (reason; reason)» of one chosen person; "" for none."""
    texts = [one.text for one in question.reasons if one.code in row["reasons"]]
    found = "; ".join(filter(None, [*texts, row.get("text")]))
    return f" ({found})" if found else ""
