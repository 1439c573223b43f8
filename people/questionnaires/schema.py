"""Content of a questionnaire: sections and typed questions, from and to JSON.

JSON: {"intro", "sections": [{"code", "title", "hint", "questions": [question]}]}; a question has the
fields of `Question` that differ from their defaults. Codes survive changes of the wording.
"""

import re
from dataclasses import dataclass, field, fields, replace

TYPES = {
    "text": "короткий текст",
    "long_text": "длинный текст",
    "number": "число",
    "scale": "шкала 1–10",
    "yes_no": "да / нет / затрудняюсь",
    "one": "один вариант",
    "many": "несколько вариантов",
    "people": "выбор людей по порядку",
    "matrix": "таблица: строка – вариант",
    "date": "дата",
}
CHOOSING = {"one", "many", "matrix"}
YES_NO = {"yes": "да", "no": "нет", "unsure": "затрудняюсь ответить"}
# More do not fit side by side on a phone.
MOST_STEPS = 11
CODE = re.compile(r"^[a-z][a-z0-9_]{0,58}$")


class ContentError(ValueError):
    """The content is not a questionnaire; the message is a Russian sentence."""


@dataclass(frozen=True)
class Option:
    code: str
    text: str


@dataclass(frozen=True)
class Question:
    """One question. `options` or `catalogue` (code of a catalogue of the school) for choices; `rows` of a
    matrix; `show_if`: {"question": code of an earlier one, "any": values}; `fills`: field of the bank
    card, e.g. «mentee.difficulties»; `for_pair`: the partner may read it; `only_curator`: nobody else.
    """

    code: str
    type: str
    text: str
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    catalogue: str = ""
    other: bool = False
    rows: tuple[Option, ...] = ()
    min: int | None = None
    max: int | None = None
    low: str = ""
    high: str = ""
    max_choices: int | None = None
    reasons: tuple[Option, ...] = ()
    who: str = ""
    show_if: dict | None = field(default=None, hash=False)
    for_pair: bool = False
    only_curator: bool = False
    fills: str = ""

    @property
    def bounds(self) -> tuple[int, int]:
        """Least and greatest value of a scale."""
        low = self.min if self.min is not None else 1
        return low, self.max if self.max is not None else 10

    @property
    def steps(self) -> range:
        low, high = self.bounds
        return range(low, high + 1)


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""


@dataclass(frozen=True)
class Content:
    sections: tuple[Section, ...]
    intro: str = ""

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]

    def question(self, code: str) -> Question | None:
        return next((one for one in self.questions if one.code == code), None)


TUPLES = {"options", "rows", "reasons"}


def from_json(data: dict) -> Content:
    """Checked content; ContentError says what is wrong in Russian."""
    sections = tuple(
        Section(
            code=row["code"],
            title=row.get("title", ""),
            hint=row.get("hint", ""),
            questions=tuple(question_from_json(each) for each in row.get("questions", ())),
        )
        for row in data.get("sections", ())
    )
    content = Content(sections, data.get("intro", ""))
    check(content)
    return content


def question_from_json(data: dict) -> Question:
    known = {one.name for one in fields(Question)}
    if unknown := set(data) - known:
        raise ContentError(f"Неизвестные свойства вопроса: {', '.join(sorted(unknown))}.")
    values = dict(data)
    for name in TUPLES & set(values):
        values[name] = tuple(Option(row["code"], row["text"]) for row in values[name])
    return Question(**values)


def to_json(content: Content) -> dict:
    return {
        "intro": content.intro,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "hint": section.hint,
                "questions": [question_to_json(each) for each in section.questions],
            }
            for section in content.sections
        ],
    }


def question_to_json(question: Question) -> dict:
    """Only what differs from the defaults."""
    found = {}
    for one in fields(Question):
        value = getattr(question, one.name)
        if one.name in TUPLES:
            value = [{"code": row.code, "text": row.text} for row in value]
        if value != (list(one.default) if one.name in TUPLES else one.default):
            found[one.name] = value
    return found


def check(content: Content) -> None:
    """Codes once, conditions that look back at answers that exist, choices that exist."""
    codes = [section.code for section in content.sections]
    if len(codes) != len(set(codes)):
        raise ContentError("Два раздела с одним кодом. Удалите один и добавьте заново.")
    seen: dict[str, Question] = {}
    for question in content.questions:
        check_question(question)
        if question.code in seen:
            raise ContentError(f"Код «{question.code}» стоит у двух вопросов. Измените один.")
        if question.show_if:
            check_condition(question, seen)
        seen[question.code] = question


def check_condition(question: Question, seen: dict[str, Question]) -> None:
    """`show_if` names a question above and answers it can have; those of catalogues are not known here."""
    rule = question.show_if or {}
    parent = seen.get(rule.get("question", ""))
    if parent is None:
        raise ContentError(
            f"«{question.text}»: условие ссылается на вопрос, которого выше нет. Выберите вопрос выше."
        )
    wanted = rule.get("any")
    if not wanted:
        raise ContentError(f"«{question.text}»: не сказано, при каком ответе его показать.")
    possible = possible_answers(parent)
    if possible is not None and any(one not in possible for one in wanted):
        raise ContentError(
            f"«{question.text}»: показывается при ответе, которого у вопроса «{parent.text}» нет. "
            "Сначала измените условие."
        )


def possible_answers(question: Question) -> list | None:
    """What a condition may ask for; None: taken from a catalogue, so not known yet."""
    if question.type == "yes_no":
        return list(YES_NO)
    if question.type in ("one", "many"):
        codes = [option.code for option in question.options]
        return None if question.catalogue else codes
    return list(question.steps) if question.type == "scale" else []


def check_question(question: Question) -> None:
    name = question.text or question.code
    if not CODE.match(question.code):
        raise ContentError(f"Код «{question.code}»: латинские строчные буквы, цифры и «_».")
    if question.type not in TYPES:
        raise ContentError(f"«{name}»: неизвестный вид ответа.")
    if not question.text.strip():
        raise ContentError(f"Вопрос «{question.code}» без текста. Напишите его.")
    if question.type in CHOOSING and not question.options and not question.catalogue:
        raise ContentError(f"«{name}»: нет ни одного варианта ответа. Добавьте варианты.")
    if question.type == "matrix" and not question.rows:
        raise ContentError(f"«{name}»: в таблице нет строк. Добавьте строки.")
    # Words of a catalogue are the school's own business: a version once frozen must stay readable.
    own_options = () if question.catalogue else question.options
    for choices in (own_options, question.rows, question.reasons):
        check_choices(name, choices)
    bounded = question.type in ("scale", "number") and None not in (question.min, question.max)
    if bounded and question.min >= question.max:
        raise ContentError(f"«{name}»: наименьшее значение не меньше наибольшего.")
    if question.type == "scale" and not 2 <= len(question.steps) <= MOST_STEPS:
        raise ContentError(f"«{name}»: на шкале от 2 до {MOST_STEPS} делений, иначе телефон её не покажет.")  # fmt: skip


def check_choices(name: str, choices: tuple[Option, ...]) -> None:
    if len({one.code for one in choices}) != len(choices):
        raise ContentError(f"«{name}»: два варианта с одним кодом.")
    texts = {one.text.strip().lower() for one in choices}
    if len(texts) != len(choices) or "" in texts:
        raise ContentError(f"«{name}»: вариант пустой или повторяется. Оставьте его один раз.")


def with_options(content: Content, catalogues: dict[str, dict[str, str]]) -> Content:
    """The same content with the options of catalogues written into it: {catalogue: {code: title}}."""

    def filled(question: Question) -> Question:
        if not question.catalogue:
            return question
        items = catalogues.get(question.catalogue, {})
        return replace(question, options=tuple(Option(*row) for row in items.items()))

    return replace(
        content,
        sections=tuple(
            replace(section, questions=tuple(filled(each) for each in section.questions))
            for section in content.sections
        ),
    )


def catalogues_of(content: Content) -> set[str]:
    return {question.catalogue for question in content.questions if question.catalogue}


def condition_words(content: Content, question: Question) -> str:
    """When the question is asked, for the curator and for paper: «если на вопрос 2 ответ «да»»; "" always."""
    if not question.show_if:
        return ""
    codes = [one.code for one in content.questions]
    parent = content.question(question.show_if["question"])
    titles = YES_NO if parent.type == "yes_no" else {one.code: one.text for one in parent.options}
    answers = " или ".join(f"«{titles.get(one, one)}»" for one in question.show_if["any"])
    return f"если на вопрос {codes.index(parent.code) + 1} ответ {answers}"
