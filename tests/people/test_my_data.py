"""«Мои данные»: everything about oneself and nobody else, taken away and mended (R-213, R-214, R-224)."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from people import my_data
from people.models import (
    DataGrant,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    Notice,
    Person,
    PersonNote,
    RestrictedRead,
    SupportCase,
)
from people.services.persons import update_person
from people.services.reading_log import log_read
from tests.factories import make_person
from tests.people.makers_consents import make_consent
from tests.people.prints import text_of_pdf

DAY = dt.date(2026, 11, 20)
SECRET = "слова классного руководителя"


@pytest.fixture
def rich(school, teacher, curator):
    """The teacher's data on every topic, beside a colleague with as much."""
    colleague = make_person(school, last_name="Соседова")
    for number, person in enumerate((teacher.person, colleague)):
        word = ("своё", "чужое")[number]
        make_consent(person)
        MentorProfile.objects.create(
            organization=school, person=person, entered_on=DAY, interests=f"{word} увлечение",
            forms=["teacher_teacher"],
        )  # fmt: skip
        mentee = MenteeProfile.objects.create(
            organization=school, person=person, entered_on=DAY, request=f"{word} желание"
        )
        MenteeNeed.objects.create(
            organization=school, profile=mentee, direction="methodical", source="third_party",
            text=SECRET, noted_on=DAY,
        )  # fmt: skip
        PersonNote.objects.create(
            organization=school, person=person, kind="third_party", author_role="class_teacher",
            text=SECRET, noted_on=DAY, entered_by=curator,
        )  # fmt: skip
        Notice.objects.create(
            organization=school, person=person, event="x", key="x", title=f"{word} уведомление"
        )
        log_read(person, "third_party", by=curator)
        DataGrant.objects.create(
            organization=school, mentee=person, mentor=curator.person, parts=["needs"],
            reason=f"{word} обоснование", asked_on=DAY,
        )  # fmt: skip
        SupportCase.objects.create(
            organization=school, person=person, psychologist=curator, starts_on=DAY
        )
    return teacher


def page_of(client_for, member, name="me") -> str:
    url = reverse(name, args=[member.organization.slug])
    answer = client_for(member).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.req("R-214")
def test_page_shows_every_topic_of_oneself_and_nothing_of_others(rich, curator, client_for):
    page = page_of(client_for, rich)
    for word in ("своё увлечение", "своё желание", "своё уведомление", "своё обоснование"):
        assert word in page, word
    assert "сведения от третьих лиц" in page
    assert curator.person.full_name in page
    for word in ("чужое", "Соседова", SECRET):
        assert word not in page, word


@pytest.mark.req("R-224")
def test_who_opened_restricted_parts_is_named_with_the_time(rich, curator):
    row = RestrictedRead.objects.get(person=rich.person)
    section = my_data.sections(rich.person)["reads"]
    when = f"{row.at.astimezone(dt.timezone(dt.timedelta(hours=3))):%d.%m.%Y}"
    assert [(shown[0][:10], *shown[1:]) for shown in section.rows] == [
        (when, curator.person.full_name, "сведения от третьих лиц")
    ]


def test_json_holds_the_same_topics_and_no_more(rich, client_for):
    data = json.loads(page_of(client_for, rich, "my_data_json"))
    sections = my_data.sections(rich.person)
    assert [row["раздел"] for row in data["разделы"]] == [row.title for row in sections.values()]
    text = json.dumps(data, ensure_ascii=False)
    assert "своё увлечение" in text
    assert "чужое" not in text
    assert SECRET not in text


@pytest.mark.papers
def test_extract_reads_back_as_text(rich, client_for):
    url = reverse("my_data_pdf", args=[rich.organization.slug])
    answer = client_for(rich).get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    text = text_of_pdf(answer.content)
    assert "Выписка о персональных данных" in text
    assert "своё увлечение" in text
    assert "чужое" not in text
    assert SECRET not in text


@pytest.mark.papers
def test_extract_on_request_is_the_curators_and_is_logged(rich, school, head, curator, client_for):
    url = reverse("person_extract", args=[school.slug, rich.person_id])
    assert client_for(head).get(url).status_code == 403
    assert client_for(rich).get(url).status_code == 403
    before = RestrictedRead.objects.filter(person=rich.person).count()
    assert client_for(curator).get(url)["Content-Type"] == "application/pdf"
    assert RestrictedRead.objects.filter(person=rich.person).count() == before + 1


@pytest.mark.req("R-214")
def test_card_remembers_what_it_said_before(school, curator, teacher):
    update_person(teacher.person, by=curator, job_title="учитель физики", phone="999")
    update_person(teacher.person, by=curator, category="первая", category_date=DAY)
    rows = my_data.sections(Person.objects.get(pk=teacher.person_id))["changes"].rows
    assert [row[1:] for row in rows] == [
        ("Категория присвоена", "", "20.11.2026"),
        ("Категория", "нет", "первая"),
        ("Телефон", "", "999"),
        ("Должность", "учитель математики", "учитель физики"),
    ]


def test_page_costs_the_same_with_one_and_three_rows(
    rich, school, client_for, django_assert_num_queries
):
    client, url = client_for(rich), reverse("me", args=[school.slug])
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for number in range(2):
        Notice.objects.create(
            organization=school, person=rich.person, event="x", key=f"x{number}", title="Ещё"
        )
        make_consent(rich.person, "duty", state="expired", given_on=dt.date(2020, 9, 2 + number))
        RestrictedRead.objects.create(
            organization=school, person=rich.person, reader=rich, what="answers"
        )
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 61


def test_own_contacts_are_mended_by_oneself(school, teacher, client_for):
    client, url = client_for(teacher), reverse("my_contacts", args=[school.slug])
    wrong = client.post(url, {"email": "не почта", "phone": ""}).content.decode()
    assert "правильный адрес" in wrong
    client.post(url, {"email": "vetrova@school.example", "phone": "+7 999 000-00-02"})
    person = Person.objects.get(pk=teacher.person_id)
    assert (person.email, person.phone) == ("vetrova@school.example", "+7 999 000-00-02")


def test_the_rest_is_asked_of_the_curator_once(school, teacher, curator, client_for):
    client, url = client_for(teacher), reverse("my_correction", args=[school.slug])
    client.post(url, {"text": "Категория высшая с мая"})
    again = client.post(url, {"text": "Категория высшая с мая"}).content.decode()
    assert "уже передана" in again
    client.post(url, {"text": "И фамилия через ё"})
    notices = Notice.objects.of(school).filter(person=curator.person)
    assert sorted(notices.values_list("text", flat=True)) == [
        "И фамилия через ё", "Категория высшая с мая",
    ]  # fmt: skip


def test_a_school_without_curator_says_whom_to_ask(school, teacher, client_for):
    url = reverse("my_correction", args=[school.slug])
    page = client_for(teacher).post(url, {"text": "Ошибка"}).content.decode()
    assert "Куратора сейчас нет" in page
