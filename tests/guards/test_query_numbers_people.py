"""People floor: lists cost the same with few and many rows; an answer page takes at most eight queries."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Answer
from people.services import surveys
from people.services.questionnaires import content_of
from tests.factories import make_person
from tests.people.makers_banks import make_mentee, make_mentor
from tests.people.makers_consents import make_consent
from tests.people.makers_surveys import make_survey, some_value

LISTS = ("mentors", "mentees", "surveys", "consent_register", "consent_papers", "access", "imports")
LISTS += ("notices", "catalogues", "questionnaires")
MOST_ON_ANSWER_PAGE = 8


def fill(school, curator, number: int) -> None:
    people = [make_person(school, email=f"p{index}@school.example") for index in range(number)]
    for person in people:
        make_mentor(person)
        make_mentee(person, consent=False)
        make_consent(person, "dissemination", state="asked", given_on=None, method="")
        make_survey(curator, people)


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_people_costs_the_same(name, client_for, school, curator):
    address, client = reverse(name, args=[school.slug]), client_for(curator)
    fill(school, curator, 1)
    few = queries_of(client, address)
    fill(school, curator, 3)
    assert queries_of(client, address) == few
    assert few <= 15


@pytest.fixture
def link(school, curator, teacher):
    """Address part of a personal link of a run with every field answered."""
    survey = make_survey(curator, [teacher.person], code="mentee_initial")
    token = surveys.issue_links(survey.participants.all(), on=timezone.localdate(), by=curator)
    return next(iter(token.values()))


def save(client, link: str, code: str, value, revision: int = 0):
    body = json.dumps({"code": code, "value": value, "revision": revision})
    return client.post(reverse("q_save", args=[link]), body, content_type="application/json")


def test_saving_one_field_is_at_most_eight_queries(link, django_assert_max_num_queries):
    client = Client()
    save(client, link, "subject", "химия")
    with django_assert_max_num_queries(MOST_ON_ANSWER_PAGE):
        assert save(client, link, "subject", "физика", 1).status_code == 200
    assert Answer.objects.get(question="subject").value == "физика"


@pytest.mark.parametrize("name", ["q_page", "q_check"])
@pytest.mark.parametrize("answered", [False, True])
def test_an_answer_page_is_at_most_eight_queries(
    name, answered, link, django_assert_max_num_queries
):
    participant = surveys.find_by_link(link)
    if answered:
        for question in content_of(participant.survey.version).questions:
            save(Client(), link, question.code, some_value(question))
    client = Client()
    with django_assert_max_num_queries(MOST_ON_ANSWER_PAGE):
        assert client.get(reverse(name, args=[link])).status_code == 200
