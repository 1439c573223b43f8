"""The pure rules of answers: whatever is sent is cleaned or refused with a sentence, never a crash."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.questionnaires.answers import (
    AnswerError,
    check_value,
    kept,
    missing,
    shown_value,
    visible,
)
from people.questionnaires.schema import TYPES, Content, Option, Question, Section

AB = (Option("a", "первое"), Option("b", "второе"))
PEOPLE = {1: "Орлова Анна", 2: "Зимина Ольга", 3: "Гусев Пётр", 4: "Котов Илья"}


def make_question(kind: str, code: str = "x", **over) -> Question:
    own = {
        "one": {"options": AB, "other": True}, "many": {"options": AB, "other": True},
        "matrix": {"options": AB, "rows": (Option("r1", "строка 1"), Option("r2", "строка 2"))},
        "people": {"reasons": AB},
    }.get(kind, {})  # fmt: skip
    return Question(**{"code": code, "type": kind, "text": f"Вопрос {code}?", **own, **over})


def make_content(*questions: Question) -> Content:
    return Content((Section("main", "Вопросы", questions),))


KINDS = st.sampled_from(sorted(TYPES))
# Anything a request may carry, also what a broken or hostile client sends.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(exclude_categories=[]))
    | st.sampled_from(["yes", "a", "other", "2026-09-01", "--5", "7", "9" * 5000, "1e400", "²"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["codes", "other", "person", "reasons", "text", "r1", "a"]), inner, max_size=4
    ),
    max_leaves=8,
)  # fmt: skip


@given(KINDS, JSON)
def test_anything_sent_is_cleaned_or_refused_in_russian(kind, value):
    question = make_question(kind)
    try:
        clean, refusal = check_value(question, value, people=PEOPLE), "Принято."
    except AnswerError as error:
        clean, refusal = None, str(error)
    assert re.fullmatch(r"[А-Я][^a-zA-Z]+\.", refusal)
    stored = json.dumps(clean, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert check_value(question, json.loads(stored), people=PEOPLE) == clean
    assert isinstance(shown_value(question, clean, people=PEOPLE), str)


@pytest.mark.parametrize(
    ("kind", "value", "clean"),
    [
        ("text", "  алгебра\x00 ", "алгебра"),
        ("text", " \n ", None),
        ("long_text", "первая\r\nвторая", "первая\nвторая"),
        ("number", "2,5", 2.5),
        ("number", "3.0", 3),
        ("number", 0, 0),
        ("scale", "10", 10),
        ("one", {"other": " своё "}, {"other": "своё"}),
        ("one", {"other": " "}, None),
        ("many", ["b", "a", "a"], {"codes": ["a", "b"], "other": ""}),
        ("many", {"codes": [], "other": ""}, None),
        ("matrix", {"r2": "a"}, {"r2": "a"}),
        ("date", "2026-09-01", "2026-09-01"),
        ("people", [{"person": 2, "reasons": ["a", "чужая"]}], [{"person": 2, "reasons": ["a"], "text": ""}]),
    ],
)  # fmt: skip
def test_answers_are_cleaned_by_their_type(kind, value, clean):
    assert check_value(make_question(kind), value, people=PEOPLE) == clean


def test_zero_is_an_answer_and_no_answer_is_not_zero():
    question = make_question("number", required=True)
    content = make_content(question)
    assert missing(content, {"x": 0}) == []
    assert missing(content, {}) == [question]
    assert (shown_value(question, 0), shown_value(question, None)) == ("0", "")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", ["а"], "Напишите ответ текстом."),
        ("number", "много", "Введите число."),
        ("number", True, "Введите число."),
        ("number", "1e300", "Введите число."),
        ("scale", "--5", "Выберите число от 1 до 10."),
        ("scale", "9" * 5000, "Выберите число от 1 до 10."),
        ("yes_no", ["yes"], "Выберите «да», «нет» или «затрудняюсь ответить»."),
        ("one", ["a"], "Такого варианта нет. Выберите один из предложенных."),
        ("many", {"codes": [["a"]]}, "Такого варианта нет. Выберите из предложенных."),
        ("matrix", {"r1": ["a"]}, "Выберите в каждой строке один из вариантов."),
        ("matrix", {"r9": "a"}, "Выберите в каждой строке один из вариантов."),
        ("date", "31.02.2026", "Введите дату: день, месяц и год."),
        ("people", [{"person": 99}], "Такого человека в списке нет. Выберите из предложенных."),
        ("people", [{"person": 1}, {"person": 1}], "Один человек выбран дважды. Оставьте его один раз."),
        ("people", [{"person": n} for n in PEOPLE], "Можно выбрать не больше 3."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_a_sentence(kind, value, text):
    with pytest.raises(AnswerError) as error:
        check_value(make_question(kind), value, people=PEOPLE)
    assert str(error.value) == text


@given(st.integers(-20, 20), st.integers(0, 9), st.integers(1, 10))
def test_a_scale_takes_its_steps_and_nothing_else(value, low, length):
    question = make_question("scale", min=low, max=low + length)
    try:
        taken = check_value(question, value) == value
    except AnswerError:
        taken = False
    assert taken == (low <= value <= low + length)


def asked_if(parent: str, *values: str) -> dict:
    return {"show_if": {"question": parent, "any": list(values)}}


CHAIN = make_content(
    make_question("yes_no", "first", required=True),
    make_question("one", "second", required=True, **asked_if("first", "yes")),
    make_question("text", "third", required=True, **asked_if("second", "a")),
    make_question("many", "fourth", required=True),
    make_question("text", "fifth", required=True, **asked_if("fourth", "b")),
)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, "first fourth"),
        ({"first": "no", "second": "a"}, "first fourth"),
        ({"first": "yes"}, "first second fourth"),
        ({"first": "yes", "second": "a"}, "first second third fourth"),
        ({"first": "yes", "second": {"other": "a"}}, "first second fourth"),
        ({"fourth": {"codes": ["a", "b"], "other": ""}}, "first fourth fifth"),
        ({"fourth": {"codes": ["a"], "other": "b"}}, "first fourth"),
    ],
)
def test_a_hidden_question_hides_those_that_hang_on_it(answers, shown):
    assert " ".join(one.code for one in visible(CHAIN, answers)) == shown


VALUES = {
    "first": st.sampled_from(["yes", "no", "unsure"]), "second": st.sampled_from(["a", "b"]),
    "third": st.just("слово"), "fourth": st.just({"codes": ["a", "b"], "other": ""}), "fifth": st.just("слово"),
}  # fmt: skip


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_answers_to_hidden_questions_are_neither_kept_nor_asked_for(answers):
    shown = {one.code for one in visible(CHAIN, answers)}
    left = kept(CHAIN, answers)
    assert set(left) == shown & set(answers)
    assert {one.code for one in missing(CHAIN, answers)} == shown - set(answers)
    assert {one.code for one in visible(CHAIN, left)} == shown


def test_a_table_must_be_filled_whole_when_it_is_required():
    question = make_question("matrix", required=True)
    assert missing(make_content(question), {"x": {"r1": "a"}}) == [question]
    assert missing(make_content(question), {"x": {"r1": "a", "r2": "b"}}) == []


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("yes_no", "unsure", "затрудняюсь ответить"),
        ("one", "b", "второе"),
        ("many", {"codes": ["a", "b"], "other": "третье"}, "первое; второе; третье"),
        ("matrix", {"r1": "a"}, "строка 1: первое"),
        ("date", "2026-09-01", "01.09.2026"),
        ("number", 2.5, "2,5"),
        (
            "people",
            [{"person": 2, "reasons": ["a"], "text": "давно знакомы"}, {"person": 1, "reasons": [], "text": ""}],
            "1. Зимина Ольга (первое; давно знакомы); 2. Орлова Анна",
        ),
    ],
)  # fmt: skip
def test_answers_are_told_in_the_words_of_the_question(kind, value, text):
    assert shown_value(make_question(kind), value, people=PEOPLE) == text
