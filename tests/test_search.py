"""Search over the school finds what the member may open and nothing else."""

import pytest
from django.db import connection
from django.urls import reverse

from mentoring.portal.services.search import SOURCES, search
from people.models.accounts import Role
from people.pages import with_current_roles
from roadmap.models import Event, Norm, Partner
from roadmap.services.plan_templates import create_roadmap
from tests.factories import make_member, make_person
from tests.people.makers_banks import make_mentor
from tests.programs.makers import mentee_of, mentor_of, working_pair
from tests.roadmap.makers import make_curator_order

pytestmark = pytest.mark.usefixtures("quick_papers")


def titles(membership, text: str) -> dict[str, list[str]]:
    found = search(with_current_roles(membership), text)
    return {section.title: [words for words, _ in section.hits] for section in found}


@pytest.fixture
def rows(school, curator, head):
    mentor, mentee = mentor_of(school, last_name="Журавлёва"), mentee_of(school, last_name="Зимина")
    working_pair(mentor, [mentee], curator, head)
    create_roadmap(template="recommended", year_start=2026, by=curator)
    Norm.objects.create(organization=school, kind="приказ", title="О журавлином наставничестве")
    Partner.objects.create(organization=school, title="Центр «Журавлик»")
    Event.objects.create(organization=school, kind="seminar", title="Журавлиный семинар", place="зал", starts_at="2026-11-20T10:00Z")  # fmt: skip
    return mentor, mentee


def test_one_word_finds_people_cards_pairs_papers_events_acts_and_partners(rows, curator):
    found = titles(curator, "журавл")
    assert list(found) == ["Сотрудники", "Банк наставников", "Пары и группы", "Документы", "События", "Нормативная база", "Партнёры"]  # fmt: skip


def test_a_teacher_finds_only_what_a_teacher_may_open(rows, school):
    teacher = make_member(school, Role.STAFF, last_name="Орлова")
    assert list(titles(teacher, "журавл")) == ["Нормативная база"]


def test_administrator_and_observer_find_no_pairs_and_no_papers_of_people(rows, school):
    for role in (Role.ADMIN, Role.OBSERVER):
        found = titles(make_member(school, role, last_name=f"Роль{role.name.title()}"), "журавл")
        assert set(found) <= {"Сотрудники"}


def test_nothing_of_the_neighbour_is_found(other_school, rows, curator, stranger):
    make_mentor(make_person(other_school, last_name="Журавкина"))
    Norm.objects.create(organization=other_school, kind="приказ", title="Журавкин приказ")
    assert not any("Журавкин" in words for hits in titles(curator, "журавк").values() for words in hits)  # fmt: skip
    assert list(titles(stranger, "журавл")) == []


def test_page_answers_and_links_the_hits(rows, curator, client_for):
    client = client_for(curator)
    text = client.get(reverse("search", args=[curator.organization.slug]), {"q": "Зимина"}).content.decode()  # fmt: skip
    assert "Зимина" in text
    assert reverse("people", args=[curator.organization.slug]) in text
    empty = client.get(reverse("search", args=[curator.organization.slug]), {"q": "ъъъъ"}).content.decode()  # fmt: skip
    assert "Ничего не найдено" in empty


@pytest.mark.parametrize("text", ["'", "%", "\\", "a & | !", "«»", "x" * 500, "1 2 3 4 5 6 7 8 9 10"])  # fmt: skip
def test_any_text_is_answered(curator, client_for, text):
    assert client_for(curator).get(reverse("search", args=[curator.organization.slug]), {"q": text}).status_code == 200  # fmt: skip


def test_search_costs_the_same_with_few_and_many_rows(rows, curator, django_assert_num_queries):
    member = with_current_roles(curator)
    expected = len(SOURCES) + 2  # a query a source; pairs prefetch members and persons
    with django_assert_num_queries(expected):
        search(member, "журавл")
    make_curator_order(curator, curators=[rows[0].person_id])
    make_curator_order(curator, curators=[rows[0].person_id])
    for number in range(4):
        make_mentor(make_person(curator.organization, last_name=f"Журавлев{'абвг'[number]}"))
    with django_assert_num_queries(expected):
        search(member, "журавл")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="word forms need PostgreSQL")
def test_postgresql_knows_word_forms(rows, curator):
    assert "Дорожная карта" in titles(curator, "анкетированием наставников")
