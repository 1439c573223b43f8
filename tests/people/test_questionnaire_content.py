"""Contents of questionnaires: what is refused, what the builder changes, what §d asks for."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.questionnaires import editing, schema
from people.questionnaires.schema import ContentError
from people.services.catalogues import defaults
from people.services.questionnaires import usual

YES = {"code": "a", "type": "yes_no", "text": "Нужна помощь?"}
THEMES = {
    "code": "b", "type": "many", "text": "В чём?", "options": [{"code": "x", "text": "уроки"}],
    "show_if": {"question": "a", "any": ["yes"]},
}  # fmt: skip
LAST = {"code": "c", "type": "text", "text": "Что ещё?"}


def content_with(*questions: dict, second: tuple = ()) -> dict:
    sections = [{"code": "s1", "title": "Первый", "questions": list(questions)}]
    if second:
        sections.append({"code": "s2", "title": "Второй", "questions": list(second)})
    return {"intro": "", "sections": sections}


def codes_of(content: dict) -> list[str]:
    return [" ".join(one["code"] for one in row["questions"]) for row in content["sections"]]


@pytest.mark.parametrize(
    ("questions", "text"),
    [
        ([LAST, LAST], "Код «c» стоит у двух вопросов. Измените один."),
        ([THEMES, YES], "«В чём?»: условие ссылается на вопрос, которого выше нет. Выберите вопрос выше."),
        ([THEMES], "«В чём?»: условие ссылается на вопрос, которого выше нет. Выберите вопрос выше."),
        (
            [{**YES, "type": "text"}, THEMES],
            "«В чём?»: показывается при ответе, которого у вопроса «Нужна помощь?» нет. Сначала измените условие.",
        ),
        ([YES, {**THEMES, "show_if": {"question": "a", "any": []}}], "«В чём?»: не сказано, при каком ответе его показать."),
        ([YES, {**THEMES, "options": []}], "«В чём?»: нет ни одного варианта ответа. Добавьте варианты."),
        (
            [YES, {**THEMES, "options": [{"code": "x", "text": "уроки"}, {"code": "y", "text": "Уроки"}]}],
            "«В чём?»: вариант пустой или повторяется. Оставьте его один раз.",
        ),
        ([{**LAST, "text": "  "}], "Вопрос «c» без текста. Напишите его."),
        ([{**LAST, "code": "Имя"}], "Код «Имя»: латинские строчные буквы, цифры и «_»."),
        ([{**LAST, "type": "essay"}], "«Что ещё?»: неизвестный вид ответа."),
        ([{**LAST, "color": "red"}], "Неизвестные свойства вопроса: color."),
        ([{**LAST, "type": "number", "min": 5, "max": 5}], "«Что ещё?»: наименьшее значение не меньше наибольшего."),
        ([{**LAST, "type": "scale", "max": 50}], "«Что ещё?»: на шкале от 2 до 11 делений, иначе телефон её не покажет."),
        ([{**LAST, "type": "scale", "max": 1}], "«Что ещё?»: на шкале от 2 до 11 делений, иначе телефон её не покажет."),
        ([{**LAST, "type": "scale", "min": 11}], "«Что ещё?»: на шкале от 2 до 11 делений, иначе телефон её не покажет."),
        (
            [{**LAST, "type": "matrix", "options": [{"code": "x", "text": "да"}]}],
            "«Что ещё?»: в таблице нет строк. Добавьте строки.",
        ),
    ],
)  # fmt: skip
def test_a_content_that_cannot_be_asked_is_refused_with_a_sentence(questions, text):
    with pytest.raises(ContentError) as error:
        schema.from_json(content_with(*questions))
    assert str(error.value) == text


def test_a_content_survives_the_way_there_and_back():
    for data in usual():
        content = schema.from_json(data["content"])
        assert schema.from_json(schema.to_json(content)) == content


def test_a_condition_is_told_in_words():
    content = schema.from_json(
        content_with(YES, {**THEMES, "show_if": {"question": "a", "any": ["yes", "unsure"]}}, LAST)
    )
    assert [schema.condition_words(content, one) for one in content.questions] == [
        "", "если на вопрос 1 ответ «да» или «затрудняюсь ответить»", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "step", "expected"),
    [
        ("a", -1, ["a b", "c"]),
        ("a", 1, ["b a", "c"]),
        ("b", 1, ["a", "b c"]),
        ("c", -1, ["a b c", ""]),
        ("c", 1, ["a b", "c"]),
    ],
)
def test_questions_move_by_one_place_over_the_border_of_a_section(code, step, expected):
    content = content_with(YES, THEMES, second=(LAST,))
    assert codes_of(editing.moved(content, code, step)) == expected
    assert codes_of(content) == ["a b", "c"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([-1, 1])), max_size=20))
def test_moving_never_loses_a_question(steps):
    content = content_with(YES, THEMES, second=(LAST,))
    for code, step in steps:
        content = editing.moved(content, code, step)
    assert sorted(" ".join(codes_of(content)).split()) == ["a", "b", "c"]


KNOWN = [{"code": "o1", "text": "утром"}, {"code": "o2", "text": "днём"}]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("утром\nднём", "o1 o2"),
        ("днём\nутром", "o2 o1"),
        ("  утром \n\n в обед  ", "o1 o2"),
        ("в обед\nутром", "o2 o1"),
        ("днём", "o2"),
        ("утром\nутром\nднём", "o1 o2"),
        ("", ""),
    ],
)
def test_choices_keep_their_codes_when_reworded_or_moved(lines, expected):
    made = editing.options_from_lines(lines, KNOWN)
    assert " ".join(one["code"] for one in made) == expected


def test_an_added_choice_gets_a_new_code_and_takes_no_old_one():
    made = editing.options_from_lines("вечером\nутром\nднём", KNOWN)
    assert [one["code"] for one in made[1:]] == ["o1", "o2"]
    assert made[0]["code"] not in ("o1", "o2")


# --- the usual questionnaires against domain.md §d ---------------------------------------------------

SCALES_OF_MENTEE = (
    "usefulness comfort event_quality adaptation_help theory practice support satisfaction"
)
SCALES_OF_MENTOR = (
    "effectiveness comfort organise_events theory practice planning involvement satisfaction"
)
MIDTERM = "regularity comfort progress usefulness support helps hinders change need_curator need_psychologist"
# The position comes from the card; done items of the plan (D4) from the plan.
ASKED = {
    "mentee_initial": "subject experience_years education category age_band met_mentoring met_where difficulties "
    f"request_text strengths mentor_traits {SCALES_OF_MENTEE} event_frequency expected most_valuable "
    "preferred_forms preferred_kinds delivery_mode meeting_time willing",
    "mentor_initial": "subject experience_years category achievements competences interests directions group_ready "
    f"capacity mentee_wishes hours_per_month delivery_mode trained trained_where {SCALES_OF_MENTOR} expected "
    "most_valuable listed willing",
    "mentee_preference": "preferred unwanted ready remark",
    "mentor_preference": "preferred unwanted ready remark",
    "mentee_midterm": MIDTERM,
    "mentor_midterm": MIDTERM,
    "mentee_final": f"{SCALES_OF_MENTEE} expectations_met most_valuable missed event_frequency continue growth "
    "training publish fewer_conflicts stay overall",
    "mentor_final": f"{SCALES_OF_MENTOR} expectations_met most_valuable missed again growth share overall",
    "program_quality": "criteria strong weak opportunities threats",
    "needs_survey": "wants_help help_themes wants_to_help preferred_form preferred_time",
    "pupil_mentee_initial": "help_with request_text usefulness comfort delivery_mode willing",
    "pupil_mentor_initial": "help_with capacity usefulness comfort delivery_mode willing",
}  # fmt: skip
FORMS = {data["code"]: schema.from_json(data["content"]) for data in usual()}


@pytest.mark.req("R-125", "R-302", "R-311")
@pytest.mark.parametrize("code", ASKED)
def test_each_usual_questionnaire_asks_what_the_domain_names(code):
    assert set(ASKED[code].split()) - {one.code for one in FORMS[code].questions} == set()


def test_there_is_no_usual_questionnaire_without_a_list():
    assert set(FORMS) == set(ASKED)


@pytest.mark.parametrize(
    ("before", "after", "scales"),
    [
        ("mentee_initial", "mentee_final", f"{SCALES_OF_MENTEE} event_frequency"),
        ("mentor_initial", "mentor_final", SCALES_OF_MENTOR),
    ],
)
def test_before_and_after_are_asked_on_the_same_scales(before, after, scales):
    for code in scales.split():
        first, last = FORMS[before].question(code), FORMS[after].question(code)
        same = ("type", "options", "bounds", "low", "high", "required")
        assert [getattr(first, name) for name in same] == [getattr(last, name) for name in same]


def test_the_quality_of_a_programme_is_scored_nought_one_two():
    criteria = FORMS["program_quality"].question("criteria")
    assert [option.code for option in criteria.options] == ["0", "1", "2"]
    assert len(criteria.rows) == 13


def test_whom_one_does_not_want_stays_with_the_curator():
    for code in ("mentee_preference", "mentor_preference"):
        content = FORMS[code]
        chosen = content.question("preferred"), content.question("unwanted")
        assert [(one.max_choices, one.only_curator, one.for_pair) for one in chosen] == [
            (3, True, False)
        ] * 2


@pytest.mark.parametrize("code", ASKED)
def test_a_screen_of_a_phone_holds_few_questions(code):
    longest = max(len(section.questions) for section in FORMS[code].sections)
    assert longest <= 5


@pytest.mark.parametrize("code", ASKED)
def test_every_catalogue_a_question_offers_is_there(code):
    assert schema.catalogues_of(FORMS[code]) - set(defaults()) == set()


def test_a_version_with_the_words_of_a_catalogue_stays_readable_when_two_are_alike():
    asked = {"code": "a", "type": "many", "text": "В чём?", "catalogue": "difficulty"}
    content = schema.with_options(
        schema.from_json(content_with(asked)), {"difficulty": {"x": "уроки", "y": "Уроки"}}
    )
    assert schema.from_json(schema.to_json(content)) == content
    assert dataclasses.asdict(content)["sections"][0]["questions"][0]["catalogue"] == "difficulty"
