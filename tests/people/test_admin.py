"""«Записи куратора»: open by today's role, and never beyond the own schools."""

import datetime as dt
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from people.models import JournalEntry, Letter, Membership, Organization, Person, RoleGrant
from people.models.accounts import Role
from roadmap.models import (
    Document,
    KindSetting,
    Responsible,
    Roadmap,
    RoadmapActivity,
    RoadmapBlock,
    RoadmapStage,
    Stamp,
)
from tests.factories import make_member, make_person

LISTS = [
    "people_organization", "people_person", "people_membership", "people_rolegrant",
    "people_journalentry", "roadmap_roadmap", "roadmap_roadmapstage", "roadmap_roadmapblock",
    "roadmap_roadmapactivity", "roadmap_document", "roadmap_edition", "roadmap_approval",
    "roadmap_stamp", "roadmap_basis", "roadmap_kindsetting",
]  # fmt: skip
TECHNICAL = {name for name in LISTS if name.startswith("people_")}


def make_plan(member, title="План"):
    """A roadmap with a stage, a block and an activity; a draft with a stamp."""
    school = member.organization
    roadmap = Roadmap.objects.create(organization=school, title=f"{title}: карта", year_start=2026)
    stage = RoadmapStage.objects.create(
        organization=school, roadmap=roadmap, title=f"{title}: этап"
    )
    block = RoadmapBlock.objects.create(organization=school, stage=stage, title=f"{title}: блок")
    activity = RoadmapActivity.objects.create(
        organization=school, stage=stage, block=block, title=f"{title}: мероприятие"
    )
    document = Document.objects.create(
        organization=school, kind="regulation", title=f"{title}: положение", register="core",
        check_code=f"CODE{school.pk}", created_by=member,
    )  # fmt: skip
    stamp = Stamp.objects.create(
        organization=school, document=document, word="adopted", body_name=f"{title}: орган"
    )
    setting = KindSetting.objects.create(organization=school, kind="regulation")
    return {
        "roadmap": roadmap, "roadmapstage": stage, "roadmapblock": block,
        "roadmapactivity": activity, "document": document, "stamp": stamp, "kindsetting": setting,
    }  # fmt: skip


def list_of(client, name, **query):
    page = client.get(reverse(f"admin:{name}_changelist"), query)
    return list(page.context["cl"].queryset)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_by_role_and_holds_own_rows_only(
    name, school, head, curator, teacher, portal_admin, stranger, client_for
):
    make_plan(curator, "Свой")
    make_plan(stranger, "Чужой")
    url = reverse(f"admin:{name}_changelist")
    assert Client().get(url).status_code == 302
    for closed in (teacher, head):
        answer = client_for(closed).get(url, follow=True)
        assert answer.status_code == 403
        assert "Записи ведут куратор и администратор портала." in answer.content.decode()
    technical = client_for(portal_admin).get(url)
    assert technical.status_code == (200 if name in TECHNICAL else 403)
    rows = list_of(client_for(curator), name)
    owners = {row.pk if name == "people_organization" else row.organization_id for row in rows}
    assert owners <= {school.pk}
    if name not in ("roadmap_edition", "roadmap_approval", "roadmap_basis", "people_journalentry"):
        assert owners == {school.pk}
    assert "Чужой" not in client_for(curator).get(url).content.decode()


def test_index_names_only_what_the_role_may_see(curator, portal_admin, client_for):
    page = client_for(curator).get(reverse("admin:index"))
    assert "Записи куратора" in page.content.decode()
    models = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert models == {
        "Organization", "Person", "Membership", "RoleGrant", "JournalEntry", "Roadmap",
        "RoadmapStage", "RoadmapBlock", "RoadmapActivity", "Document", "Edition", "Approval",
        "Stamp", "Basis", "KindSetting", "Letter", "Publication", "HonourEntry",
    }  # fmt: skip
    page = client_for(portal_admin).get(reverse("admin:index"))
    models = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert models == {
        "Organization", "Person", "Membership", "RoleGrant", "JournalEntry", "Letter",
    }  # fmt: skip


def test_foreign_records_are_not_there(curator, stranger, client_for):
    client, theirs = client_for(curator), make_plan(stranger)
    urls = [reverse(f"admin:roadmap_{name}_change", args=[row.pk]) for name, row in theirs.items()]
    urls += [
        reverse("admin:people_person_change", args=[stranger.person.pk]),
        reverse("admin:people_organization_change", args=[stranger.organization_id]),
        reverse("admin:people_rolegrant_change", args=[stranger.grants.first().pk]),
    ]
    for url in urls:
        for action in ("change", "delete", "history"):
            answer = client.get(url.replace("/change/", f"/{action}/"))
            assert (answer.status_code, getattr(answer, "url", "")) in [(302, "/admin/"), (403, "")]
        assert client.post(url, {"title": "Взлом", "last_name": "Взлом"}).status_code in (302, 403)
    assert not Person.objects.filter(last_name="Взлом").exists()
    assert not Roadmap.objects.filter(title="Взлом").exists()


def test_autocomplete_and_search_stay_inside(curator, stranger, client_for):
    own = make_person(curator.organization, last_name="Рябинина")
    make_person(stranger.organization, last_name="Рябинин")
    query = {
        "app_label": "people",
        "model_name": "rolegrant",
        "field_name": "membership",
        "term": "рябин",
    }
    answer = client_for(curator).get(reverse("admin:autocomplete"), query)
    assert [row["id"] for row in answer.json()["results"]] == [str(own.membership.pk)]
    assert list_of(client_for(curator), "people_person", q="рябин") == [own]


def test_foreign_id_in_a_link_is_refused(curator, stranger, client_for):
    mine, theirs = make_plan(curator), make_plan(stranger)
    client = client_for(curator)
    page = client.post(reverse("admin:people_rolegrant_add"), {
        "membership": stranger.pk, "role": "curator", "starts_on": "01.09.2026",
    })  # fmt: skip
    assert list(page.context["adminform"].form.errors) == ["membership"]
    page = client.post(reverse("admin:roadmap_roadmapactivity_add"), {
        "title": "Строка", "stage": theirs["roadmapstage"].pk, "period_kind": "",
        "responsible_people": [stranger.person.pk],
    })  # fmt: skip
    assert set(page.context["adminform"].form.errors) == {"stage", "responsible_people"}
    page = client.post(reverse("admin:roadmap_stamp_add"), {
        "document": theirs["document"].pk, "word": "agreed", "body_name": "Совет",
        "organization": stranger.organization_id,
    })  # fmt: skip
    assert list(page.context["adminform"].form.errors) == ["document"]
    assert RoadmapActivity.objects.filter(title="Строка").count() == 0
    assert mine["roadmapstage"].activities.count() == 1


def test_bulk_delete_of_foreign_ids_does_nothing(curator, stranger, client_for):
    mine, theirs = make_plan(curator), make_plan(stranger)
    url = reverse("admin:roadmap_roadmapactivity_changelist")
    data = {
        "action": "delete_selected", "post": "yes",
        "_selected_action": [theirs["roadmapactivity"].pk, mine["roadmapactivity"].pk],
    }  # fmt: skip
    assert client_for(curator).post(url, data).status_code == 302
    assert list(RoadmapActivity.objects.all()) == [theirs["roadmapactivity"]]
    data["_selected_action"] = [theirs["roadmapactivity"].pk]
    client_for(curator).post(url, data)
    assert RoadmapActivity.objects.count() == 1


def test_person_is_added_changed_and_removed_by_the_services(school, curator, client_for):
    client = client_for(curator)
    data = {
        "kind": "employed",
        "last_name": "Ясенева",
        "first_name": "Ольга",
        "sex": "f",
        "category": "",
    }
    assert client.post(reverse("admin:people_person_add"), data).status_code == 302
    person = Person.objects.get(last_name="Ясенева")
    assert (person.organization, person.membership.user) == (school, None)
    url = reverse("admin:people_person_change", args=[person.pk])
    assert client.post(url, {**data, "job_title": "учитель"}).status_code == 302
    person.refresh_from_db()
    assert person.job_title == "учитель"
    events = JournalEntry.objects.of(school).filter(
        object_id=person.pk, object_type="people.person"
    )
    assert sorted(events.values_list("event", flat=True)) == ["person.created", "person.updated"]
    assert LogEntry.objects.count() == 0
    history = client.get(reverse("admin:people_person_history", args=[person.pk])).content.decode()
    assert "Карточка изменена" in history
    card = client.get(url).content.decode()
    assert reverse("person", args=[school.slug, person.pk]) in card
    client.post(reverse("admin:people_person_delete", args=[person.pk]), {"post": "yes"})
    assert not Person.objects.filter(last_name="Ясенева").exists()


def test_person_with_records_is_kept_and_the_reason_is_russian(school, curator, client_for):
    plan = make_plan(curator)
    busy = make_person(school, last_name="Дубова")
    Responsible.objects.create(organization=school, stage=plan["roadmapstage"], person=busy)
    url = reverse("admin:people_person_delete", args=[busy.pk])
    page = client_for(curator).post(url, {"post": "yes"}, follow=True).content.decode()
    assert "на карточку ссылаются записи (ответственный). Запишите увольнение" in page
    assert Membership.objects.filter(person=busy).exists()
    url = reverse("admin:people_person_delete", args=[curator.person.pk])
    page = client_for(curator).post(url, {"post": "yes"}, follow=True).content.decode()
    assert "есть вход в портал" in page


def test_roles_are_given_and_ended(school, curator, client_for):
    person = make_person(school, last_name="Дубова", job_title="")
    client, url = client_for(curator), reverse("admin:people_rolegrant_add")
    data = {"membership": person.membership.pk, "role": "head", "starts_on": "01.09.2026"}
    assert list(client.post(url, data).context["adminform"].form.errors) == ["role"]
    assert client.post(url, {**data, "role": "coordinator"}).status_code == 302
    grant = RoleGrant.objects.get(membership=person.membership)
    change = reverse("admin:people_rolegrant_change", args=[grant.pk])
    assert list(client.post(change, {"ends_on": ""}).context["adminform"].form.errors) == [
        "ends_on"
    ]
    assert client.post(change, {"ends_on": "30.11.2026", "role": "head"}).status_code == 302
    grant.refresh_from_db()
    assert (grant.role, grant.ends_on) == ("coordinator", dt.date(2026, 11, 30))
    refused = client.post(change, {"ends_on": "01.01.2020"}, follow=True)
    assert (
        "раньше, чем началась" in refused.content.decode()
        or "Дата раньше" in refused.content.decode()
    )


@pytest.mark.req("R-109", "R-212")
def test_curator_adds_renames_and_removes_rows_of_the_plan(school, curator, client_for):
    """The plan is kept in the admin too: stages inline, activities with roles (R-109, R-212)."""
    plan, client = make_plan(curator), client_for(curator)
    roadmap, stage = plan["roadmap"], plan["roadmapstage"]
    url = reverse("admin:roadmap_roadmap_change", args=[roadmap.pk])
    data = {
        "title": "Новое название", "year_start": 2026, "numbering": "stage", "stamp": "none",
        "stages-TOTAL_FORMS": 2, "stages-INITIAL_FORMS": 1,
        "stages-0-id": stage.pk, "stages-0-title": "Подготовка",
        "stages-1-id": "", "stages-1-title": "Отбор",
    }  # fmt: skip
    assert client.post(url, data).status_code == 302
    roadmap.refresh_from_db()
    assert (roadmap.title, roadmap.stamp) == ("Новое название", "none")
    assert [row.title for row in roadmap.stages.all()] == ["Подготовка", "Отбор"]
    assert {row.organization_id for row in roadmap.stages.all()} == {school.pk}
    activity = {
        "stage": stage.pk, "title": "Разработать Положение", "period_kind": "months",
        "month_from": 9, "month_to": 10, "document_kind": "regulation",
        "responsible_roles": ["curator"], "responsible_people": [curator.person.pk],
    }  # fmt: skip
    assert client.post(reverse("admin:roadmap_roadmapactivity_add"), activity).status_code == 302
    made = RoadmapActivity.objects.get(title="Разработать Положение")
    assert [(one.role, one.person_id) for one in made.responsible.all()] == [
        ("curator", None), ("", curator.person.pk),
    ]  # fmt: skip
    change = reverse("admin:roadmap_roadmapactivity_change", args=[made.pk])
    assert client.post(change, {**activity, "title": "Принять Положение"}).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.responsible.count()) == ("Принять Положение", 2)
    assert reverse("roadmap", args=[school.slug, roadmap.pk]) in client.get(change).content.decode()
    data |= {"stages-INITIAL_FORMS": 1, "stages-TOTAL_FORMS": 1, "stages-0-DELETE": "on"}
    assert client.post(url, data).status_code == 302
    assert [row.title for row in roadmap.stages.all()] == ["Отбор"]
    new = {"title": "Ещё карта", "year_start": 2027, "numbering": "stage", "stamp": "none"}
    assert client.post(reverse("admin:roadmap_roadmap_add"), new).status_code == 302
    assert Roadmap.objects.get(title="Ещё карта").organization == school


def test_papers_are_read_only_and_a_stamp_follows_its_draft(curator, client_for):
    plan, client = make_plan(curator), client_for(curator)
    document = plan["document"]
    url = reverse("admin:roadmap_document_change", args=[document.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"title": "Иное"}).status_code == 403
    assert client.get(reverse("admin:roadmap_document_add")).status_code == 403
    assert client.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    stamp = reverse("admin:roadmap_stamp_change", args=[plan["stamp"].pk])
    data = {"word": "agreed", "body_name": "Педагогический совет", "minutes_number": "3"}
    assert client.post(stamp, data).status_code == 302
    plan["stamp"].refresh_from_db()
    assert plan["stamp"].body_name == "Педагогический совет"
    assert (
        client.post(
            reverse("admin:roadmap_stamp_add"), {**data, "document": document.pk}
        ).status_code
        == 302
    )
    assert document.stamps.count() == 2
    Document.objects.filter(pk=document.pk).update(state="review")
    assert client.post(stamp, {**data, "body_name": "Иное"}).status_code == 403
    assert client.post(stamp.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_school_may_tighten_but_not_loosen_a_kind(curator, client_for):
    client, url = client_for(curator), reverse("admin:roadmap_kindsetting_add")
    data = {
        "kind": "curator_order",
        "register": "",
        "chain": ["staff_council"],
        "records": ["simple"],
    }
    assert list(client.post(url, data).context["adminform"].form.errors) == ["records"]
    assert client.post(url, {**data, "records": ["paper"]}).status_code == 302
    setting = KindSetting.objects.get(kind="curator_order")
    assert (setting.chain, setting.records) == (["staff_council"], ["paper"])
    again = client.post(url, {**data, "records": ["paper"]})
    assert "уже существует" in str(again.context["adminform"].form.errors)


def test_member_of_two_schools_chooses_among_own(school, other_school, curator, client_for):
    second = make_person(other_school).membership
    second.user = curator.user
    second.save()
    RoleGrant.objects.create(
        organization=other_school,
        membership=second,
        role=Role.COORDINATOR,
        starts_on=dt.date(2020, 1, 1),
    )
    client = client_for(curator)
    assert {row.organization_id for row in list_of(client, "people_person")} == {
        school.pk,
        other_school.pk,
    }
    data = {
        "kind": "employed",
        "last_name": "Ясенева",
        "first_name": "Ольга",
        "sex": "f",
        "category": "",
    }
    client.post(reverse("admin:people_person_add"), {**data, "organization": other_school.pk})
    assert Person.objects.get(last_name="Ясенева").organization == other_school
    mixed = {
        "organization": other_school.pk,
        "membership": curator.pk,
        "role": "staff",
        "starts_on": "01.09.2026",
    }
    page = client.post(reverse("admin:people_rolegrant_add"), mixed)
    assert list(page.context["adminform"].form.errors) == ["membership"]


def test_superuser_reads_all_schools_and_writes_where_a_member(
    school, other_school, curator, stranger, client_for
):
    curator.user.is_superuser = curator.user.is_staff = True
    curator.user.save()
    client = client_for(curator)
    assert {row.pk for row in list_of(client, "people_organization")} == {
        school.pk,
        other_school.pk,
    }
    url = reverse("admin:people_person_change", args=[stranger.person.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"last_name": "Взлом"}).status_code == 403


def test_role_of_yesterday_opens_nothing(curator, client_for):
    curator.grants.update(ends_on=dt.date(2026, 1, 1))
    assert client_for(curator).get(reverse("admin:index"), follow=True).status_code == 403


def test_staff_flag_alone_opens_nothing(teacher, client_for):
    teacher.user.is_staff = True
    teacher.user.save()
    assert client_for(teacher).get(reverse("admin:index"), follow=True).status_code == 403


def test_shortcut_to_any_record_is_closed(curator, stranger, client_for):
    from django.contrib.contenttypes.models import ContentType

    roadmap = make_plan(stranger)["roadmap"]
    kind = ContentType.objects.get_for_model(Roadmap)
    assert client_for(curator).get(f"/admin/r/{kind.pk}/{roadmap.pk}/").status_code == 404


def test_export_holds_own_people_with_russian_headings(school, curator, stranger, client_for):
    make_person(stranger.organization, last_name="Чужая")
    make_person(school, last_name="Дубова", employed_to=dt.date(2020, 1, 1))
    answer = client_for(curator).get(reverse("admin:people_person_export"), {"working": "now"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:6] == ("Фамилия", "Имя", "Отчество", "Пол", "Кто", "Должность")
    assert [row[:5] for row in rows[1:]] == [("Ким", "Алла", "Сергеевна", "женский", "работник")]
    assert client_for(stranger).get(reverse("admin:people_person_export")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_admin_lists_cost_the_same(rows, school, curator, client_for):
    for number in range(rows):
        make_member(school, Role.STAFF, last_name=f"Ольхова{number}")
    stage = make_plan(curator)["roadmapstage"]
    for number in range(rows):
        RoadmapActivity.objects.create(organization=school, stage=stage, title=f"Строка {number}")
    client, numbers = client_for(curator), {}
    for name in (
        "people_person",
        "people_membership",
        "people_rolegrant",
        "roadmap_roadmapactivity",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
        numbers[name] = len(queries)
    assert max(numbers.values()) <= 12
    assert numbers == {
        "people_person": 9, "people_membership": 10, "people_rolegrant": 9, "roadmap_roadmapactivity": 10,
    }  # fmt: skip


def test_organization_is_changed_by_its_service(school, curator, client_for):
    url = reverse("admin:people_organization_change", args=[school.pk])
    client = client_for(curator)
    form = client.get(url).context["adminform"].form
    data = {
        name: form[name].value() for name in form.fields if form[name].value() not in (None, False)
    }
    assert client.post(url, {**data, "phone": "+7 (999) 000-00-99"}).status_code == 302
    assert Organization.objects.get(pk=school.pk).phone == "+7 (999) 000-00-99"
    assert JournalEntry.objects.of(school).filter(event="organization.updated").count() == 1
    assert client.get(reverse("admin:people_organization_add")).status_code == 403


def test_failed_letters_go_again_from_the_admin_of_their_school(school, curator, client_for):
    letter = Letter.objects.create(
        organization=school, address="vetrova@school.example", subject="Тема", text="Личное",
        state="failed", attempts=5, error="Почтовый сервер не принял письмо.",
    )  # fmt: skip
    client = client_for(curator)
    url = reverse("admin:people_letter_changelist")
    page = client.get(url).content.decode()
    assert ("Тема" in page, "Личное" in page) == (True, False)
    client.post(url, {"action": "send_again", "_selected_action": [letter.pk]})
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("waiting", 0)


@pytest.mark.parametrize(
    "ticked", ["26.02.339", "\0", "-1", "9" * 400, "99999999999999999999", "x"]
)
def test_a_tick_that_is_no_row_is_nobody(ticked, curator, client_for):
    """Django's own actions and pickers break on such values."""
    make_plan(curator)
    client = client_for(curator)
    data = {"action": "delete_selected", "_selected_action": [ticked], "post": "yes"}
    answer = client.post(reverse("admin:roadmap_roadmap_changelist"), data)
    assert (answer.status_code, Roadmap.objects.count()) == (200, 1)
    added = client.post(reverse("admin:people_rolegrant_add"), {"membership": ticked})
    assert "membership" in added.context["adminform"].form.errors
    seen = client.get(reverse("admin:people_person_changelist"), {"school": ticked.strip("\0")})
    assert seen.status_code == 200
