"""An anonymous answer cannot be tied to a person: not by rows, order, times, history, journal, exports, logs."""

import logging

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import AnonymousAnswer, Answer, JournalEntry, SurveyResponse
from people.services import answers, survey_results, surveys
from tests.factories import make_person
from tests.people.makers_surveys import full_answers, make_survey

NAMES = ("Абрамова", "Баранова", "Ветрова", "Громова", "Дёмина", "Ершова", "Жарова")


@pytest.fixture
def people(school):
    return [make_person(school, last_name=name) for name in NAMES]


@pytest.fixture
def survey(curator, people):
    return make_survey(curator, people, privacy="anonymous")


def send(survey, person, mark: str) -> None:
    participant = surveys.with_survey(survey.participants.filter(person=person)).get()
    values = {**full_answers(survey), "help_themes": {"codes": [], "other": mark}}
    answers.send_anonymous(participant, values)


def marks_in_table_order() -> list[str]:
    """Marks in the physical order of the rows, as the database holds them."""
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT CAST(key AS text) FROM people_anonymousanswer ORDER BY {order}")
        keys = [row[0].replace("-", "") for row in cursor.fetchall()]
    by_key = {
        row.key.hex: row.answers["help_themes"]["other"] for row in AnonymousAnswer.objects.all()
    }
    return [by_key[key] for key in keys]


def test_the_row_has_no_person_no_time_and_no_address(survey, people):
    names = {field.name for field in AnonymousAnswer._meta.get_fields()}
    assert names == {"organization", "key", "survey", "answers"}
    send(survey, people[0], "метка")
    assert SurveyResponse.objects.count() == Answer.objects.count() == 0
    participant = survey.participants.get(person=people[0])
    assert [field.name for field in participant._meta.fields if "_at" in field.name] == []


def test_the_rows_lie_in_the_order_of_random_keys(survey, people):
    for person in people:
        send(survey, person, person.last_name)
    keys = sorted(AnonymousAnswer.objects.all(), key=lambda row: row.key.hex)
    assert marks_in_table_order() == [row.answers["help_themes"]["other"] for row in keys]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_transaction_number_ties_a_person_to_an_answer(survey, people):
    if connection.vendor != "postgresql":
        pytest.skip("the number of the writing transaction is PostgreSQL's")
    for person in people[:4]:
        send(survey, person, person.last_name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM people_anonymousanswer")
        of_answers = cursor.fetchall()
        cursor.execute("SELECT DISTINCT xmin::text FROM people_surveyparticipant")
        of_people = cursor.fetchall()
    assert len(of_answers) == len(of_people) == 1


def test_journal_history_and_logs_know_nothing(survey, people, caplog):
    before = list(JournalEntry.objects.values_list("pk", flat=True))
    with caplog.at_level(logging.DEBUG, logger="people"):
        send(survey, people[0], "метка")
    assert list(JournalEntry.objects.values_list("pk", flat=True)) == before
    assert [one.name for one in caplog.records if one.name.startswith("people")] == []
    historical = [model for model in apps.get_models() if model.__name__.startswith("Historical")]
    assert [model for model in historical if "nswer" in model.__name__] == []


def test_a_second_answer_is_refused(survey, people):
    send(survey, people[0], "первая")
    with pytest.raises(RuleError, match="Второй раз ответить нельзя"):
        send(survey, people[0], "вторая")
    assert AnonymousAnswer.objects.count() == 1


def test_a_refused_answer_leaves_the_person_free(survey, people):
    participant = surveys.with_survey(survey.participants.filter(person=people[0])).get()
    with pytest.raises(RuleError, match="Осталось ответить"):
        answers.send_anonymous(participant, {})
    participant.refresh_from_db()
    assert (participant.answered, AnonymousAnswer.objects.count()) == (False, 0)


def test_field_by_field_saving_is_not_for_anonymous_runs(survey, people):
    participant = surveys.with_survey(survey.participants.filter(person=people[0])).get()
    with pytest.raises(RuleError):
        answers.save_answer(participant, None, "x")


def test_answers_are_readable_when_closed_and_only_from_the_minimum_on(survey, people, curator):
    for person in people[:4]:
        send(survey, person, "метка")
    assert survey_results.why_no_summary(survey, 4) == (
        "Анонимные ответы можно читать, когда анкетирование закрыто."
    )
    closed = surveys.close_survey(survey, by=curator)
    assert survey_results.why_no_summary(closed, 4) == "Сводки нет: ответили 4, нужно не меньше 5."
    assert survey_results.why_no_summary(closed, 5) == ""


def test_too_few_people_are_told_before_the_start(school, curator, people):
    with pytest.raises(RuleError) as error:
        make_survey(curator, people[:4], privacy="anonymous")
    assert error.value.message == (
        "В списке 4 человека, а анонимная сводка возможна не меньше чем из 5 ответов. "
        "Выберите именную анкету или добавьте людей."
    )


def test_a_school_may_not_ask_for_less_than_three(school):
    from django.core.exceptions import ValidationError

    school.anonymous_minimum = 2
    with pytest.raises(ValidationError):
        school.full_clean()


def test_pages_and_exports_show_no_name_beside_an_answer(
    school, survey, people, curator, client_for
):
    for person in people[:5]:
        send(survey, person, "метка")
    surveys.close_survey(survey, by=curator)
    client = client_for(curator)
    page = client.get(reverse("survey_results", args=[school.slug, survey.pk])).content.decode()
    assert page.count("метка") == 5
    assert [name for name in NAMES if name in page] == []
    table = client.get(reverse("survey_results", args=[school.slug, survey.pk]) + "?export=xlsx")
    assert [name for name in NAMES if name.encode() in table.getvalue()] == []
