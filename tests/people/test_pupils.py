"""Pupils and representatives: an option of the school; off means nothing about pupils anywhere."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Consent, LegalRepresentative, Person
from people.services import accounts, consents, pupils
from tests.people.prints import text_of_pdf

TODAY = timezone.localdate()


def url(name, school, *args) -> str:
    return reverse(name, args=[school.slug, *args])


def birthday(years: int, days: int = 0) -> dt.date:
    """Born so that today is `days` after that birthday."""
    return TODAY.replace(year=TODAY.year - years) - dt.timedelta(days=days)


@pytest.fixture
def pupils_school(school):
    school.works_with_pupils = True
    school.save()
    return school


def values(**over) -> dict:
    return {
        "last_name": "Соколов", "first_name": "Илья", "patronymic": "Олегович", "sex": "m",
        "school_class": "8 Б", "birth_date": birthday(13), **over,
    }  # fmt: skip


PARENT = {
    "last_name": "Соколова", "first_name": "Ирина", "patronymic": "Львовна", "sex": "f", "kind": "parent",
    "basis": "свидетельство о рождении", "phone": "", "email": "",
}  # fmt: skip


@pytest.fixture
def pupil(pupils_school, curator) -> Person:
    curator.organization.refresh_from_db()
    return pupils.create_pupil(by=curator, **values())


@pytest.fixture
def parent(pupil, curator) -> LegalRepresentative:
    return pupils.add_representative(pupil, by=curator, **PARENT)


@pytest.mark.req("R-307")
def test_pupil_representative_link_and_blank(pupils_school, curator, client_for, client):
    desk = client_for(curator)
    desk.post(url("pupil_new", pupils_school), {**values(), "birth_date": f"{birthday(13)}"})
    pupil = Person.objects.get(kind="pupil")
    desk.post(url("representative_new", pupils_school, pupil.pk), PARENT)
    parent = LegalRepresentative.objects.get()
    consents.ask([Person.objects.get(pk=pupil.pk)], "representative", on=TODAY, by=curator)
    page = desk.post(url("representative_link", pupils_school, parent.pk))
    link = page.context["link"]
    path = "/" + link.split("/", 3)[3]
    text = client.get(path).content.decode()
    assert ("Соколов Илья Олегович" in text, 'type="password"' in text) == (True, False)
    blank = text_of_pdf(client.get(path + "blank.pdf").content)
    assert "Я, Соколова Ирина Львовна," in blank
    assert "законный представитель (родитель; основание: свидетельство о рождении)" in " ".join(blank.split())  # fmt: skip


def test_a_replaced_or_foreign_link_opens_nothing(pupil, parent, curator, client):
    first = pupils.issue_link(parent, by=curator, on=TODAY)
    second = pupils.issue_link(parent, by=curator, on=TODAY)
    codes = [
        client.get(reverse("representative", args=[token])).status_code
        for token in (first, second, "нет")
    ]
    assert codes == [404, 200, 404]
    assert pupils.find_by_link(second, TODAY + dt.timedelta(days=31)) is None
    pupils.archive_representative(parent, by=curator)
    assert pupils.find_by_link(second, TODAY) is None


@pytest.mark.parametrize(
    ("years", "kinds"),
    [(13, ["representative"]), (14, ["representative", "data"]), (17, ["representative", "data"]), (18, ["data"])],
)  # fmt: skip
def test_age_says_which_consents_are_needed(pupils_school, curator, years, kinds):
    curator.organization.refresh_from_db()
    pupil = pupils.create_pupil(by=curator, **values(birth_date=birthday(years)))
    assert pupils.needed_consents(pupil, TODAY) == kinds


def test_a_representatives_consent_needs_a_representative(pupil, curator):
    with pytest.raises(RuleError, match="сначала запишите законного представителя"):
        consents.ask([pupil], "representative", on=TODAY, by=curator)
    assert Consent.objects.count() == 0


def test_pupils_have_no_account_unless_the_school_says_so(pupil, curator):
    with pytest.raises(RuleError, match="Обучающиеся в портал не входят"):
        accounts.invite(pupil.membership, by=curator)


def test_off_means_no_page_no_field_no_word(school, curator, client_for):
    client = client_for(curator)
    assert client.get(url("pupils", school)).status_code == 403
    assert client.post(url("pupil_new", school), values()).status_code == 403
    for name in ("people", "person_new", "consent_register", "consent_ask", "home"):
        page = client.get(url(name, school)).content.decode().lower()
        assert [word for word in ("обучающ", "законного представителя") if word in page] == []


def test_who_may_see_the_list(
    pupils_school, pupil, head, teacher, portal_admin, stranger, client_for
):
    codes = {
        name: client_for(member).get(url("pupils", pupils_school)).status_code
        for name, member in {"head": head, "teacher": teacher, "admin": portal_admin, "stranger": stranger}.items()
    }  # fmt: skip
    assert codes == {"head": 200, "teacher": 403, "admin": 200, "stranger": 404}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(
    pupils_school, curator, client_for, django_assert_num_queries, number
):
    curator.organization.refresh_from_db()
    for letter in "абв"[:number]:
        made = pupils.create_pupil(by=curator, **values(last_name=f"Соколов{letter}"))
        pupils.add_representative(made, by=curator, **PARENT)
    client = client_for(curator)
    client.get(url("pupils", pupils_school))
    with django_assert_num_queries(10):
        client.get(url("pupils", pupils_school))
