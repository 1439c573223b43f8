"""Staff list, cards, settings and own data, entered by HTTP as a named role."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import JournalEntry, Organization, Person, RoleGrant
from people.models.accounts import Role
from people.services.persons import update_person
from tests.factories import make_member, make_person

PAGES = ["people", "person_new", "person", "person_edit", "person_forms", "person_left",
         "person_role_add", "invite_create", "settings", "me"]  # fmt: skip
OF_PERSON = {
    "person",
    "person_edit",
    "person_forms",
    "person_left",
    "person_role_add",
    "invite_create",
}
HEAD_READS = {"people", "person", "settings", "me"}


def address(name, school, person=None):
    return reverse(name, args=[school.slug, *([person.pk] if name in OF_PERSON else [])])


def person_data(**over):
    values = {
        "kind": "employed", "last_name": "Ясенева", "first_name": "Ольга", "patronymic": "Петровна",
        "sex": "f", "job_title": "учитель химии", "category": "",
    }  # fmt: skip
    return {**values, **over}


@pytest.mark.parametrize("name", PAGES)
def test_ladder_of_rights(name, school, head, curator, teacher, portal_admin, stranger, client_for):
    url = address(name, school, make_person(school))
    anonymous = Client().get(url)
    assert anonymous.status_code == 302
    assert anonymous.url == f"{reverse('account_login')}?next={url}"
    assert client_for(stranger).get(url).status_code == 404
    refused = client_for(teacher).get(url)
    assert refused.status_code == (200 if name == "me" else 403)
    if name != "me":
        assert "куратор" in refused.content.decode().split("note-wait")[1].split("</p>")[0]
    assert client_for(head).get(url).status_code == (200 if name in HEAD_READS else 403)
    assert client_for(curator).get(url).status_code == 200
    assert client_for(portal_admin).get(url).status_code == 200


def test_own_card_is_open_to_a_teacher(school, teacher, client_for):
    page = client_for(teacher).get(address("person", school, teacher.person))
    assert page.status_code == 200
    assert "Изменить карточку" not in page.content.decode()


def test_neighbours_person_is_not_found(school, curator, stranger, client_for):
    for name in OF_PERSON:
        assert client_for(curator).get(address(name, school, stranger.person)).status_code == 404
        assert client_for(curator).post(address(name, school, stranger.person)).status_code == 404
    role = stranger.grants.first()
    assert (
        client_for(curator).post(reverse("role_end", args=[school.slug, role.pk])).status_code
        == 404
    )


def test_list_searches_any_letter_case_and_filters(school, curator, client_for):
    make_person(school, last_name="Рябинина", job_title="воспитатель")
    make_person(school, last_name="Дубов", employed_to=dt.date(2020, 5, 1))
    make_person(school, last_name="Клёнов", kind="external", institution="МБОУ «Лицей»")
    client, url = client_for(curator), reverse("people", args=[school.slug])

    def shown(**query):
        return [person.last_name for person in client.get(url, query).context["page"]]

    assert shown() == ["Ким", "Клёнов", "Рябинина"]
    assert shown(q="рябин") == ["Рябинина"]
    assert shown(q="РЯБИНИНА воспит") == ["Рябинина"]
    assert shown(kind="external") == ["Клёнов"]
    assert shown(role="curator") == ["Ким"]
    assert shown(status="left") == ["Дубов"]
    assert shown(status="all", sort="job_title")[0] == "Рябинина"
    assert "Никого не нашли" in client.get(url, {"q": "нет такого"}).content.decode()


@pytest.mark.parametrize(
    ("rows", "pages"), [(1, ("people", "person", "me")), (3, ("people", "person", "me"))]
)
def test_queries_do_not_grow(rows, pages, school, curator, client_for):
    for number in range(rows):
        member = make_member(school, Role.STAFF, last_name=f"Липова{number}")
        RoleGrant.objects.create(
            organization=school,
            membership=curator,
            role=Role.PSYCHOLOGIST,
            starts_on=dt.date(2020, 1, number + 1),
        )
    client, numbers = client_for(curator), {}
    for name in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name, school, curator.person)).status_code == 200
        numbers[name] = len(queries)
    assert member
    assert numbers == {"people": 9, "person": 9, "me": 53}


def test_curator_adds_a_person_and_the_school_never_comes_from_the_form(
    school, other_school, curator, client_for
):
    data = person_data(organization=other_school.pk, employed_from="01.09.2020")
    answer = client_for(curator).post(reverse("person_new", args=[school.slug]), data)
    person = Person.objects.get(last_name="Ясенева")
    assert answer.url == reverse("person", args=[school.slug, person.pk])
    assert person.organization == school
    assert person.membership.user is None
    assert (
        JournalEntry.objects.of(school).filter(event="person.created", object_id=person.pk).count()
        == 1
    )
    page = client_for(curator).get(answer.url).content.decode()
    assert "Ясеневой Ольге Петровне" in page
    assert "учителю химии" in page


def test_mistakes_stand_beside_the_field_and_keep_what_was_typed(school, curator, client_for):
    data = person_data(last_name="", first_name="Ольга", kind="external")
    page = client_for(curator).post(reverse("person_new", args=[school.slug]), data)
    assert page.status_code == 200
    assert page.context["form"].errors["last_name"] == ["Обязательное поле."]
    assert 'value="Ольга"' in page.content.decode()
    data = person_data(kind="external", institution="")
    page = client_for(curator).post(reverse("person_new", args=[school.slug]), data)
    assert page.context["form"].errors == {
        "institution": ["Укажите, где работает внешний участник."]
    }
    data = person_data(teaching_years="5")
    page = client_for(curator).post(reverse("person_new", args=[school.slug]), data)
    assert list(page.context["form"].errors.values()) == [["Укажите, на какую дату посчитан стаж."]]
    assert not Person.objects.filter(last_name="Ясенева").exists()


def test_own_forms_of_the_name_are_kept_until_the_name_changes(school, curator, client_for):
    person = make_person(school, last_name="Ветрова")
    url = reverse("person_forms", args=[school.slug, person.pk])
    client_for(curator).post(
        url, {"name_datv": "Ветровой Марии Ильиничне", "name_ablt": "Ветровою Марией Ильиничной"}
    )
    person.refresh_from_db()
    assert person.name_forms == {"ablt": "Ветровою Марией Ильиничной"}
    card = (
        client_for(curator).get(reverse("person", args=[school.slug, person.pk])).content.decode()
    )
    assert "Ветровою Марией Ильиничной" in card
    client_for(curator).post(
        reverse("person_edit", args=[school.slug, person.pk]), person_data(last_name="Ясная")
    )
    person.refresh_from_db()
    assert (person.last_name, person.name_forms) == ("Ясная", {})


def test_leaving_says_what_will_happen_and_ends_roles(school, curator, client_for):
    member = make_member(school, Role.STAFF, Role.PSYCHOLOGIST, last_name="Соснова")
    url = reverse("person_left", args=[school.slug, member.person.pk])
    page = client_for(curator).get(url).content.decode()
    assert "Закончатся роли: 2 (сотрудник, педагог-психолог)." in page
    client_for(curator).post(url, {"on": "2020-05-29"})
    member.person.refresh_from_db()
    assert member.person.employed_to == dt.date(2020, 5, 29)
    assert set(member.grants.values_list("ends_on", flat=True)) == {dt.date(2020, 5, 29)}
    assert client_for(member).get(reverse("me", args=[school.slug])).status_code == 404
    again = client_for(curator).post(url, {"on": "2020-05-29"})
    assert again.context["form"].errors == {"on": ["Увольнение уже записано. Обновите страницу."]}


@pytest.mark.req("R-210")
def test_several_curators_and_a_coordinator_and_one_person_in_several_roles(
    school, head, curator, teacher, client_for
):
    """The coordinator stands apart from the curators; the head may be a curator too (R-210)."""
    client = client_for(curator)
    for person, role in [
        (teacher.person, "coordinator"), (teacher.person, "psychologist"),
        (make_person(school, last_name="Берёзова"), "curator"), (head.person, "curator"),
    ]:  # fmt: skip
        url = reverse("person_role_add", args=[school.slug, person.pk])
        assert client.post(url, {"role": role, "on": "2020-09-01"}).status_code == 302
    page = client.get(reverse("people", args=[school.slug]), {"role": "curator"})
    assert [person.last_name for person in page.context["page"]] == [
        "Берёзова",
        "Ким",
        "Ключевская",
    ]
    page = client.get(reverse("people", args=[school.slug]), {"role": "coordinator"})
    assert [person.roles_today for person in page.context["page"]] == [
        ["сотрудник", "координатор", "педагог-психолог"]
    ]
    assert client_for(teacher).get(reverse("person_new", args=[school.slug])).status_code == 200
    assert client_for(head).get(reverse("person_new", args=[school.slug])).status_code == 200


def test_role_ends_by_the_page_and_never_leaves_the_school_without_a_head(
    school, head, curator, client_for
):
    client = client_for(curator)
    grant = head.grants.get(role=Role.HEAD)
    refused = client.post(reverse("role_end", args=[school.slug, grant.pk]), {"on": "2026-01-10"})
    assert refused.context["form"].errors == {
        "on": ["Школа осталась бы без руководителя. Сначала назначьте нового."]
    }
    staff = head.grants.get(role=Role.STAFF)
    assert (
        client.post(
            reverse("role_end", args=[school.slug, staff.pk]), {"on": "2026-01-10"}
        ).status_code
        == 302
    )
    staff.refresh_from_db()
    assert staff.ends_on == dt.date(2026, 1, 10)


@pytest.mark.req("R-914")
def test_curator_saves_the_requisites(school, curator, head, client_for):
    """Requisites live in one place and are read by all papers (R-914)."""
    url = reverse("settings", args=[school.slug])
    client = client_for(curator)
    form = client.get(url).context["form"]
    data = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    data |= {"founder": "Комитет образования города Нижнеозёрска", "head_title": "заведующий"}
    data |= {"full_name_gent": "муниципального учреждения «Родник»"}
    assert client.post(url, data).status_code == 302
    stored = Organization.objects.get(pk=school.pk)
    assert (stored.founder, stored.head_title) == (
        "Комитет образования города Нижнеозёрска",
        "заведующий",
    )
    assert stored.name_forms == {"gent": "муниципального учреждения «Родник»"}
    assert "Комитет образования города Нижнеозёрска" in client_for(head).get(url).content.decode()
    assert client_for(head).post(url, data).status_code == 403
    refused = client.post(url, {**data, "program_min_months": 9, "program_max_months": 3})
    assert "Наибольший срок программы меньше наименьшего." in refused.content.decode()
    assert Organization.objects.get(pk=school.pk).program_min_months == 3


def test_own_data_show_schools_of_the_same_account(school, other_school, teacher, client_for):
    second = make_person(other_school).membership
    second.user = teacher.user
    second.save()
    RoleGrant.objects.create(
        organization=other_school, membership=second, role=Role.STAFF, starts_on=dt.date(2020, 1, 1)
    )
    page = client_for(teacher).get(reverse("me", args=[school.slug])).content.decode()
    assert reverse("home", args=["neighbour"]) in page
    assert reverse("mfa_index") in page


def test_service_asks_for_the_right(teacher):
    with pytest.raises(PermissionDenied):
        update_person(teacher.person, by=teacher, last_name="Другая")
