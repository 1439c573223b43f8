"""Restricted notes and granted parts of a file: who reads, and that each reading is written down."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import DataGrant, RestrictedRead
from people.models.accounts import Role
from people.services import grants, notes
from tests.factories import make_member, make_person
from tests.people.makers_banks import make_mentee, make_mentor

TODAY = timezone.localdate()


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


@pytest.fixture
def psychologist(school):
    return make_member(school, Role.PSYCHOLOGIST, Role.STAFF, last_name="Тихонова")


@pytest.fixture
def person(school):
    return make_person(school, last_name="Орлова")


def add(person, by, kind="third_party", text="Трудно говорить с родителями"):
    return notes.add_note(person, kind=kind, author_role="methodist", text=text, on=TODAY, by=by)


def reads() -> list:
    return list(RestrictedRead.objects.order_by("pk").values_list("reader", "what"))


@pytest.mark.req("R-305")
def test_third_party_notes_are_read_by_right_and_logged(
    school, curator, head, teacher, psychologist, person, client_for
):
    note = add(person, curator)
    path = url("note", school, note.pk)
    codes = [
        client_for(one).get(path).status_code for one in (curator, head, teacher, psychologist)
    ]
    assert codes == [200, 200, 403, 403]
    assert reads() == [(curator.pk, "third_party"), (head.pk, "third_party")]
    notes.open_case(person, psychologist=psychologist, on=TODAY, by=curator)
    assert client_for(psychologist).get(path).status_code == 200
    assert len(reads()) == 3


def test_the_list_of_notes_holds_no_text_and_logs_nothing(school, curator, person, client_for):
    add(person, curator)
    page = client_for(curator).get(url("person_notes", school, person.pk)).content.decode()
    assert "Трудно говорить" not in page
    assert reads() == []


def test_psychologists_notes_are_for_the_own_psychologist_alone(
    school, curator, head, psychologist, person, client_for
):
    other = make_member(school, Role.PSYCHOLOGIST, Role.STAFF, last_name="Другая")
    with pytest.raises(PermissionDenied):
        add(person, psychologist, kind="psychologist")
    case = notes.open_case(person, psychologist=psychologist, on=TODAY, by=curator)
    note = add(person, psychologist, kind="psychologist")
    path = url("note", school, note.pk)
    codes = [client_for(one).get(path).status_code for one in (psychologist, curator, head, other)]
    assert codes == [200, 403, 403, 403]
    notes.close_case(case, on=TODAY - dt.timedelta(days=0), by=curator)
    assert client_for(psychologist).get(path).status_code == 200  # the last day is still open


def test_a_case_needs_a_psychologist(curator, teacher, person):
    with pytest.raises(RuleError, match="нет роли психолога"):
        notes.open_case(person, psychologist=teacher, on=TODAY, by=curator)


@pytest.fixture
def mentor(teacher):
    make_mentor(teacher.person, state="active")
    return teacher


@pytest.mark.req("R-224")
def test_a_mentor_asks_the_curator_grants_and_the_mentee_sees_the_reading(
    school, curator, mentor, client_for
):
    mentee = make_member(school, Role.STAFF, last_name="Орлова", job_title="учитель физики")
    make_mentee(mentee.person)
    client_for(mentor).post(
        url("grant_ask", school), {"mentee": mentee.person.full_name.upper(), "parts": ["card", "needs"], "reason": "подготовка программы"},
    )  # fmt: skip
    grant = DataGrant.objects.get()
    assert client_for(mentor).get(url("grant", school, grant.pk)).status_code == 403
    until = TODAY + dt.timedelta(days=14)
    client_for(curator).post(url("grant_decide", school, grant.pk), {"granted": "yes", "until": f"{until}"})  # fmt: skip
    page = client_for(mentor).get(url("grant", school, grant.pk)).content.decode()
    assert ("учитель физики" in page, "разговор с родителями" in page) == (True, True)
    assert ("Категория" in page, str(mentee.person.birth_year)) == (False, "None")
    assert reads() == [(mentor.pk, "grant_card"), (mentor.pk, "grant_needs")]
    assert set(RestrictedRead.objects.values_list("person", flat=True)) == {mentee.person_id}
    client_for(curator).post(url("grant_decide", school, grant.pk), {"granted": "no"})
    assert client_for(mentor).get(url("grant", school, grant.pk)).status_code == 403


def test_a_grant_ends_with_its_term(curator, mentor, person):
    make_mentee(person)
    grant = grants.ask(person, parts=["card"], reason="зачем", on=TODAY, by=mentor)
    grants.decide(grant, granted=True, until=TODAY, on=TODAY, by=curator)
    assert grants.read(grant, on=TODAY, by=mentor)[0][0] == "Карточка сотрудника"
    with pytest.raises(RuleError, match="Доступ закрыт"):
        grants.read(grant, on=TODAY + dt.timedelta(days=1), by=mentor)


@pytest.mark.parametrize("until", [None, TODAY - dt.timedelta(days=1)])
def test_a_grant_without_a_term_is_refused(curator, mentor, person, until):
    make_mentee(person)
    grant = grants.ask(person, parts=["card"], reason="зачем", on=TODAY, by=mentor)
    with pytest.raises(RuleError, match="Укажите день"):
        grants.decide(grant, granted=True, until=until, on=TODAY, by=curator)


def test_only_mentors_ask_and_only_the_mentor_opens(curator, head, mentor, person):
    make_mentee(person)
    with pytest.raises(PermissionDenied):
        grants.ask(person, parts=["card"], reason="зачем", on=TODAY, by=head)
    grant = grants.ask(person, parts=["card"], reason="зачем", on=TODAY, by=mentor)
    grants.decide(grant, granted=True, until=TODAY, on=TODAY, by=curator)
    with pytest.raises(RuleError):
        grants.read(grant, on=TODAY, by=curator)
