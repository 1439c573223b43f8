"""Runs, links, answering field by field, filling of the banks."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Answer, JournalEntry, Notice, RestrictedRead, SurveyResponse
from people.questionnaires.answers import AnswerError
from people.services import answers, questionnaires, survey_results, surveys
from people.services.questionnaires import content_of
from tests.factories import make_person
from tests.people.makers_surveys import DAY, answer_all, full_answers, make_survey


def participant_of(survey, person):
    return surveys.with_survey(survey.participants.filter(person=person)).get()


def question_of(survey, code):
    return content_of(survey.version).question(code)


@pytest.mark.req("R-125")
def test_a_needs_survey_is_asked_answered_and_summed_up(curator, head, teacher, school):
    people = [
        teacher.person,
        *(make_person(school, last_name=name) for name in ("Орлова", "Зимина")),
    ]
    survey = make_survey(curator, people)
    assert Notice.objects.filter(event="survey.asked").count() == 3
    answer_all(survey, people[0], wants_help="yes")
    answer_all(survey, people[1], wants_help="no", help_themes=None)
    summary = survey_results.summaries(survey, membership=head)[0]
    assert (summary.n, [bar.number for bar in summary.bars]) == (2, [1, 1, 0])


@pytest.mark.req("R-302")
def test_the_mentees_answers_make_a_candidates_card(curator, school):
    person = make_person(school, last_name="Орлова", teaching_since=dt.date(2025, 9, 1))
    survey = make_survey(curator, [person], code="mentee_initial")
    answer_all(
        survey, person, subject="математика", difficulties={"codes": ["parents", "documents"], "other": ""},
        delivery_mode="online", request_text="Разговор с родителями",
    )  # fmt: skip
    card = person.mentee_profile
    assert (card.state, card.subject, card.delivery_mode) == ("candidate", "математика", "online")
    assert (card.request, card.category) == ("Разговор с родителями", "young_specialist")
    needs = card.needs.values_list("difficulty", "direction", "source").order_by("difficulty")
    assert list(needs) == [("documents", "law", "questionnaire"), ("parents", "psychology", "questionnaire")]  # fmt: skip


@pytest.mark.req("R-311")
def test_the_mentors_answers_make_a_candidates_card(curator, school):
    person = make_person(school, last_name="Орлова")
    survey = make_survey(curator, [person], code="mentor_initial")
    answer_all(
        survey, person, capacity=2, hours_per_month=8, group_ready="no",
        directions={"codes": ["method", "digital"]}, competences={"codes": ["c_lessons"], "other": ""},
    )  # fmt: skip
    card = person.mentor_profile
    assert (card.capacity, card.hours_per_month, card.group_ready) == (2, 8, False)
    assert card.competences == ["c_lessons"]
    assert set(card.strengths.values_list("direction", flat=True)) == {"method", "digital"}


def test_who_is_not_willing_gets_no_card(curator, school):
    person = make_person(school, last_name="Орлова")
    survey = make_survey(curator, [person], code="mentor_initial")
    answer_all(survey, person, willing="no")
    assert not hasattr(type(person).objects.get(pk=person.pk), "mentor_profile")


@pytest.mark.req("R-303")
def test_pupils_are_asked_in_their_own_words(curator, school):
    school.works_with_pupils = True
    school.save()
    pupil = make_person(school, kind="pupil", last_name="Соколов", job_title="")
    survey = make_survey(curator, [pupil], code="pupil_mentee_initial")
    answer_all(survey, pupil, request_text="Физика")
    assert pupil.mentee_profile.request == "Физика"


def test_without_pupils_there_are_no_questionnaires_for_them(school):
    questionnaires.install(school)
    assert not school.works_with_pupils
    codes = set(questionnaires.Questionnaire.objects.of(school).values_list("audience", flat=True))
    assert "pupil" not in codes


def test_the_version_freezes_at_the_first_answer_with_its_words(curator, teacher):
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    participant = participant_of(survey, teacher.person)
    assert survey.version.frozen_at is None
    answers.save_answer(participant, question_of(survey, "subject"), "физика")
    survey.version.refresh_from_db()
    options = survey.version.content["sections"][2]["questions"][0]["options"]
    assert survey.version.frozen_at is not None
    assert options[0]["text"] == "планирование занятия и рабочей программы"
    made = questionnaires.editable(survey.version.questionnaire, by=curator)
    assert made.number == 2


def test_an_older_window_does_not_overwrite(curator, teacher):
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    participant, question = participant_of(survey, teacher.person), question_of(survey, "subject")
    first = answers.save_answer(participant, question, "физика", revision=0)
    answers.save_answer(participant, question, "химия", revision=first.revision)
    stale = answers.save_answer(participant, question, "биология", revision=first.revision)
    assert (stale.conflict, stale.value) == (True, "химия")
    assert Answer.objects.get().value == "химия"
    assert not answers.save_answer(participant, question, "химия", revision=0).conflict


def test_a_cleared_answer_is_none_and_can_be_given_again(curator, teacher):
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    participant, question = participant_of(survey, teacher.person), question_of(survey, "subject")
    first = answers.save_answer(participant, question, "физика", revision=0)
    cleared = answers.save_answer(participant, question, None, revision=first.revision)
    row = Answer.objects.get()
    assert (cleared.revision, cleared.value, row.revision, row.value) == (2, None, 2, None)
    assert answers.values_of({"subject": row}) == {}
    assert answers.save_answer(participant, question, "химия", revision=2).value == "химия"


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("usefulness", 11, "Выберите число от 1 до 10."),
        ("usefulness", "0", "Выберите число от 1 до 10."),
        ("usefulness", True, "Выберите число от 1 до 10."),
        ("experience_years", 99, "Число должно быть от 0 до 60."),
        ("experience_years", "nan", "Введите число."),
        ("delivery_mode", "by_post", "Такого варианта нет. Выберите один из предложенных."),
        ("difficulties", ["x"], "Такого варианта нет. Выберите из предложенных."),
        ("met_mentoring", "maybe", "Выберите «да», «нет» или «затрудняюсь ответить»."),
        ("subject", "я" * 301, "Ответ длиннее 300 знаков. Сократите его."),
    ],
)
def test_an_answer_out_of_range_is_refused(curator, teacher, code, value, text):
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    with pytest.raises(AnswerError) as error:
        answers.save_answer(
            participant_of(survey, teacher.person), question_of(survey, code), value
        )
    assert str(error.value) == text
    assert SurveyResponse.objects.count() == 0


def test_required_questions_must_be_answered_and_hidden_ones_not(curator, teacher):
    survey = make_survey(curator, [teacher.person])
    participant = participant_of(survey, teacher.person)
    answers.save_answer(participant, question_of(survey, "wants_help"), "no")
    answers.save_answer(participant, question_of(survey, "help_themes"), {"codes": ["parents"]})
    with pytest.raises(
        RuleError, match=r"Осталось ответить: «Готовы ли вы сами помогать коллеге\?»\."
    ):
        answers.submit(participant, on=DAY)
    answers.save_answer(participant, question_of(survey, "wants_to_help"), "no")
    answers.submit(participant, on=DAY)
    participant.refresh_from_db()
    assert participant.answered


def test_privacy_stays_after_the_first_answer(curator, teacher):
    survey = make_survey(curator, [teacher.person])
    assert surveys.change_privacy(survey, "hidden", by=curator).privacy == "hidden"
    answers.save_answer(participant_of(survey, teacher.person), question_of(survey, "wants_help"), "no")  # fmt: skip
    with pytest.raises(RuleError, match="не меняют"):
        surveys.change_privacy(survey, "named", by=curator)


def test_a_new_link_kills_the_old_one_and_only_hashes_are_kept(curator, teacher):
    survey = make_survey(curator, [teacher.person])
    rows = list(survey.participants.select_related("survey"))
    first = surveys.issue_links(rows, on=DAY, by=curator)[rows[0].pk]
    second = surveys.issue_links(rows, on=DAY, by=curator)[rows[0].pk]
    assert surveys.find_by_link(first) is None
    assert surveys.find_by_link(second).person == teacher.person
    assert second not in str(list(survey.participants.values()))
    surveys.revoke_link(surveys.find_by_link(second), by=curator)
    assert surveys.find_by_link(second) is None


@pytest.mark.parametrize(
    ("over", "reason"),
    [
        ({"token_expires_on": DAY - dt.timedelta(days=1)}, "Срок ссылки прошёл. Попросите куратора выдать новую."),
        ({}, ""),
    ],
)  # fmt: skip
def test_links_have_a_term(curator, teacher, over, reason):
    survey = make_survey(curator, [teacher.person])
    survey.participants.update(**over)
    assert (
        surveys.why_closed(participant_of(survey, teacher.person), on=DAY, by_link=True) == reason
    )


def test_answers_sent_twice_are_sent_once(curator, teacher, client):
    """The portal fell silent after «Отправить»: the same click again, or the link again, tells that they came."""
    survey = make_survey(curator, [teacher.person])
    answer_all(survey, teacher.person)
    participant = participant_of(survey, teacher.person)
    sent_at = participant.response.submitted_at
    answers.submit(participant, on=DAY)
    participant.response.refresh_from_db()
    assert participant.response.submitted_at == sent_at
    assert JournalEntry.objects.filter(event="survey.answered").count() == 1
    token = surveys.issue_links(survey.participants.all(), on=timezone.localdate(), by=curator)[participant.pk]  # fmt: skip
    page = client.get(f"/q/{token}/", follow=True)
    assert page.redirect_chain == [(f"/q/{token}/done/", 302)]
    assert "Спасибо, ответы получены" in page.content.decode()
    page = client.post(f"/q/{token}/change/", follow=True)
    assert page.redirect_chain == [(f"/q/{token}/", 302)]


def test_a_closed_run_takes_no_answers(curator, teacher):
    survey = make_survey(curator, [teacher.person])
    surveys.close_survey(survey, by=curator)
    participant = participant_of(survey, teacher.person)
    assert surveys.why_closed(participant, on=DAY, by_link=False) == (
        "Анкетирование закончено, ответы больше не принимают."
    )


def test_paper_answers_are_marked_with_who_typed_them(curator, teacher):
    survey = make_survey(curator, [teacher.person])
    answers.enter_from_paper(
        participant_of(survey, teacher.person), full_answers(survey), on=DAY, by=curator
    )
    response = SurveyResponse.objects.get()
    assert (response.on_paper, response.entered_by) == (True, curator)
    with pytest.raises(RuleError, match="уже есть"):
        answers.enter_from_paper(participant_of(survey, teacher.person), {}, on=DAY, by=curator)


def test_the_head_and_others_do_not_run_surveys(curator, head, teacher):
    survey = make_survey(curator, [teacher.person], opened=False)
    for service in (
        lambda: surveys.open_survey(survey, on=DAY, by=head),
        lambda: surveys.add_people(survey, [head.person], by=teacher),
        lambda: surveys.remind(survey, on=DAY, by=head),
    ):
        with pytest.raises(PermissionDenied):
            service()


@pytest.mark.req("R-318")
def test_names_hidden_from_management_are_hidden_from_the_head(
    school, curator, head, teacher, portal_admin, client_for
):
    survey = make_survey(curator, [teacher.person], privacy="hidden")
    answer_all(survey, teacher.person)
    response = SurveyResponse.objects.get()
    path = f"/s/{school.slug}/surveys/answers/{response.pk}/"
    codes = [
        client_for(one).get(path).status_code for one in (curator, head, portal_admin, teacher)
    ]
    assert codes == [200, 403, 403, 200]
    reads = RestrictedRead.objects.values_list("person", "reader", "what")
    assert list(reads) == [(teacher.person_id, curator.pk, "answers")]
    assert survey_results.why_no_summary(survey, 1) == "Сводки нет: ответили 1, нужно не меньше 5."


def test_saving_one_answer_takes_few_queries(curator, teacher, django_assert_max_num_queries):
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    participant, question = participant_of(survey, teacher.person), question_of(survey, "subject")
    answers.save_answer(participant, question, "физика", revision=0)
    with django_assert_max_num_queries(5):
        answers.save_answer(participant, question, "химия", revision=1)
