"""The plan through the pages, as named roles."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models.accounts import Role
from roadmap.models import Document, Edition, Roadmap, RoadmapActivity, RoadmapStage
from roadmap.services import plan_edit
from roadmap.services.plan import load_plan
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.snapshots import snapshot
from tests.factories import make_member

DAY = dt.date(2026, 9, 1)


@pytest.fixture
def plan_row(curator):
    """A roadmap with a stage, a block and three lines."""
    roadmap = create_roadmap(template="", title="План работ", year_start=2026, by=curator)
    stage = plan_edit.add_stage(roadmap, by=curator, title="Подготовка условий")
    block = plan_edit.add_block(roadmap, stage=stage.pk, by=curator, title="Нормативная база")
    place = {"stage": stage.pk, "by": curator}
    plan_edit.add_activity(roadmap, **place, block=block.pk, title="Изучить письмо")
    plan_edit.add_activity(roadmap, **place, title="Провести совещание", roles=["head"])
    plan_edit.add_activity(roadmap, **place, title="Издать приказ", document_kind="curator_order")
    return roadmap


def url(name: str, roadmap, *args) -> str:
    return reverse(name, args=[roadmap.organization.slug, roadmap.pk, *args])


def line_of(roadmap, title: str) -> RoadmapActivity:
    return RoadmapActivity.objects.get(stage__roadmap=roadmap, title=title)


def approve(roadmap, head, *, state="in_force") -> Document:
    """A paper of the roadmap in force, frozen as it stands now."""
    document = Document.objects.create(
        organization=roadmap.organization, kind="roadmap", title=roadmap.title, roadmap=roadmap,
        register="core", state=state, dated_on=DAY, signatory=head.person, check_code=f"code{roadmap.pk}",
        created_by=head,
    )  # fmt: skip
    Edition.objects.create(
        organization=roadmap.organization, document=document, no=1, title=roadmap.title, body="",
        data={"full": snapshot(roadmap), "public": snapshot(roadmap, public=True)},
        content_hash="0" * 64, created_by=head,
    )  # fmt: skip
    return document


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- creating -----------------------------------------------------------------------------------


@pytest.mark.req("R-109", "R-112", "R-212")
def test_curator_starts_from_a_template(client_for, school, curator):
    client = client_for(curator)
    assert "Рекомендуемая" in page(client, reverse("roadmap_new", args=[school.slug]))
    form = {"template": "licey-45", "year_start": "2026", "year_end": "", "title": ""}
    answer = client.post(reverse("roadmap_new", args=[school.slug]), form, follow=True)
    roadmap = Roadmap.objects.get()
    assert answer.redirect_chain == [(roadmap.get_absolute_url(), 302)]
    html = answer.content.decode()
    assert html.count('class="plan-stage"') == 7
    assert html.count('class="plan-line"') == RoadmapActivity.objects.count() >= 53


@pytest.mark.req("R-110")
def test_years_the_wrong_way_round_are_said_beside_the_field_and_kept(client_for, school, curator):
    form = {"template": "empty", "year_start": "2027", "year_end": "2026", "title": "Мой план"}
    answer = client_for(curator).post(reverse("roadmap_new", args=[school.slug]), form)
    assert answer.context["form"].errors == {
        "year_end": ["Последний учебный год раньше первого. Исправьте один из них."]
    }
    assert "Мой план" in answer.content.decode()
    assert not Roadmap.objects.exists()


@pytest.mark.req("R-110")
def test_roadmap_without_a_year_and_copy_to_the_next_year(client_for, school, curator, plan_row):
    client = client_for(curator)
    form = {"template": "ddt", "year_start": "", "year_end": "", "title": ""}
    client.post(reverse("roadmap_new", args=[school.slug]), form)
    assert "Без учебного года" in page(client, reverse("roadmaps", args=[school.slug]))
    assert "теми же строками: 3" in page(client, url("roadmap_copy", plan_row))
    client.post(url("roadmap_copy", plan_row))
    copy = Roadmap.objects.get(copied_from=plan_row)
    assert (copy.year_start, load_plan(copy).total) == (2027, 3)


# ---- the working page ---------------------------------------------------------------------------


@pytest.mark.req("R-109", "R-115")
def test_working_page_shows_stage_block_line_and_responsible(client_for, curator, plan_row):
    html = page(client_for(curator), plan_row.get_absolute_url())
    for words in ("1. Подготовка условий", "Нормативная база", "Изучить письмо", "Руководитель"):
        assert words in html
    assert f"?kind=curator_order&amp;roadmap={plan_row.pk}" in html
    assert "0 из 3 мероприятий" in html


@pytest.mark.req("R-113")
def test_table_shows_the_schools_own_columns(client_for, curator):
    roadmap = create_roadmap(template="school-21", year_start=2026, by=curator)
    html = page(client_for(curator), roadmap.get_absolute_url() + "?view=table")
    assert html.count('<th scope="col">') == 5
    assert "Содержание деятельности и план мероприятий" in html
    assert "Направление" not in html


@pytest.mark.parametrize("view", ["", "?view=table", "?part=changes"])
@pytest.mark.parametrize("template", ["", "licey-45"])
def test_working_page_costs_the_same_with_one_and_many_rows(
    client_for, curator, head, template, view, django_assert_num_queries
):
    roadmap = create_roadmap(template=template, title="План", year_start=2026, by=curator)
    if not template:
        plan_edit.add_stage(roadmap, by=curator, title="Этап")
    approve(roadmap, head)
    client = client_for(curator)
    client.get(roadmap.get_absolute_url() + view)  # the facts are read once a change
    with django_assert_num_queries(11 if "part" in view else 12):
        client.get(roadmap.get_absolute_url() + view)


@pytest.mark.parametrize("rows", [1, 4])
def test_list_costs_the_same_with_one_and_many_roadmaps(
    client_for, school, curator, rows, django_assert_num_queries
):
    for _ in range(rows):
        create_roadmap(template="ddt", year_start=None, by=curator)
    client = client_for(curator)
    with django_assert_num_queries(5):
        assert page(client, reverse("roadmaps", args=[school.slug])).count("card-quiet") == rows


def test_list_is_searched_by_title(client_for, school, curator, plan_row):
    client, address = client_for(curator), reverse("roadmaps", args=[school.slug])
    assert "План работ" in page(client, address + "?q=план")
    assert "Ничего не найдено" in page(client, address + "?q=отчёт")


def test_an_empty_list_says_what_to_do(client_for, school, curator, teacher, head):
    address = reverse("roadmaps", args=[school.slug])
    assert "Выбрать образец" in page(client_for(curator), address)
    assert "Её составит куратор" in page(client_for(head), address)
    assert "Карта ещё не утверждена" in page(client_for(teacher), address)


def test_a_script_in_a_title_is_only_text(client_for, curator, plan_row):
    evil = "<script>alert(1)</script>"
    stage = plan_edit.add_stage(plan_row, by=curator, title=evil)
    plan_edit.add_activity(plan_row, stage=stage.pk, by=curator, title=evil)
    client = client_for(curator)
    for view in ("", "?view=table"):
        html = page(client, plan_row.get_absolute_url() + view)
        assert evil not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# ---- rows ---------------------------------------------------------------------------------------


@pytest.mark.req("R-109", "R-112")
def test_curator_adds_a_stage_a_block_and_a_line(client_for, curator, plan_row):
    client = client_for(curator)
    assert "Новый этап" in page(client, url("stage_add", plan_row))
    client.post(url("stage_add", plan_row), {"title": "Итоги"})
    stage = RoadmapStage.objects.get(title="Итоги")
    client.post(url("block_add", plan_row, stage.pk), {"title": "Отчёт"})
    block = stage.blocks.get()
    address = url("activity_add", plan_row, stage.pk)
    assert "Новое мероприятие в этапе 2." in page(client, address)
    answer = client.post(f"{address}?block={block.pk}", {"title": "Собрать анкеты"})
    line = line_of(plan_row, "Собрать анкеты")
    assert (line.stage, line.block) == (stage, block)
    assert answer.url == plan_row.get_absolute_url() + f"#activity-{line.pk}"


@pytest.mark.req("R-114", "R-115")
def test_curator_sets_period_and_several_responsible(client_for, curator, plan_row):
    line, client = line_of(plan_row, "Изучить письмо"), client_for(curator)
    address = url("node_edit", plan_row, "activity", line.pk)
    assert "Изучить письмо" in page(client, address)
    form = {
        "title": "Изучить письмо", "period_kind": "months", "month_from": "9", "month_to": "10",
        "roles": ["curator", "all_staff"], "persons": [curator.person.pk], "document_kind": "",
    }  # fmt: skip
    answer = client.post(address, form, follow=True)
    html = answer.content.decode()
    assert "сентябрь–октябрь" in html
    assert "Куратор, весь коллектив, Ким\N{NO-BREAK SPACE}А.С." in html


@pytest.mark.req("R-114")
def test_end_before_start_is_said_beside_the_field_and_nothing_is_lost(
    client_for, curator, plan_row
):
    line = line_of(plan_row, "Изучить письмо")
    form = {
        "title": "Новое имя", "period_kind": "dates", "date_from": "30.09.2026", "date_to": "01.09.2026",
    }  # fmt: skip
    answer = client_for(curator).post(url("node_edit", plan_row, "activity", line.pk), form)
    assert answer.context["form"].errors == {
        "date_to": ["Окончание раньше начала. Исправьте одну из дат."]
    }
    assert "Новое имя" in answer.content.decode()
    line.refresh_from_db()
    assert (line.title, line.period_kind) == ("Изучить письмо", "")


def test_a_foreign_schools_person_in_the_form_is_refused_in_russian(
    client_for, curator, stranger, plan_row
):
    line = line_of(plan_row, "Изучить письмо")
    form = {"title": "Изучить письмо", "persons": [stranger.person.pk]}
    answer = client_for(curator).post(url("node_edit", plan_row, "activity", line.pk), form)
    assert answer.context["form"].errors == {
        "persons": ["Такого человека нет в списке сотрудников. Выберите из списка."]
    }


def test_editing_in_place_answers_with_the_row_alone(client_for, curator, plan_row):
    line, client = line_of(plan_row, "Изучить письмо"), client_for(curator)
    address, htmx = url("node_edit", plan_row, "activity", line.pk), {"HX-Request": "true"}
    form = client.get(address, headers=htmx).content.decode()
    assert form.startswith(f'<li class="plan-editing" id="activity-{line.pk}"')
    answer = client.post(address, {"title": "Обсудить письмо"}, headers=htmx)
    assert answer.headers["HX-Trigger"] == "plan-changed"
    assert answer.content.decode().startswith('<li class="plan-line"')
    cancelled = client.get(plan_row.get_absolute_url() + f"?part=activity-{line.pk}")
    assert "Обсудить письмо" in cancelled.content.decode()
    for level, pk in (("stage", line.stage_id), ("block", line.block_id)):
        node = url("node_edit", plan_row, level, pk)
        assert f'id="{level}-{pk}"' in client.get(node, headers=htmx).content.decode()
        changed = client.post(node, {"title": "Новый заголовок"}, headers=htmx)
        assert "Новый заголовок" in changed.content.decode()


@pytest.mark.req("R-112")
def test_lines_are_reordered_by_buttons_and_moved_elsewhere(client_for, curator, plan_row):
    line, client = line_of(plan_row, "Издать приказ"), client_for(curator)
    client.post(url("node_move", plan_row, "activity", line.pk), {"step": "-1"})
    lines = load_plan(plan_row).stages[0].activities
    assert [one.node.title for one in lines] == ["Издать приказ", "Провести совещание"]
    edge = client.post(url("node_move", plan_row, "activity", line.pk), {"step": "-1"}, follow=True)
    assert "Дальше двигать некуда" in edge.content.decode()
    place = url("node_place", plan_row, "activity", line.pk)
    block = load_plan(plan_row).stages[0].blocks[0].node
    assert "Блок: Нормативная база" in page(client, place)
    client.post(place, {"target": f"{line.stage_id}:{block.pk}"})
    line.refresh_from_db()
    assert line.block == block
    first = line_of(plan_row, "Изучить письмо")
    dragged = {"stage": line.stage_id, "block": block.pk, "before": first.pk}
    client.post(place, dragged)
    lines = load_plan(plan_row).stages[0].blocks[0].activities
    assert [one.node.title for one in lines] == ["Издать приказ", "Изучить письмо"]


@pytest.mark.req("R-112")
def test_removing_says_the_numbers_first(client_for, curator, plan_row):
    stage, client = plan_row.stages.get(), client_for(curator)
    address = url("node_remove", plan_row, "stage", stage.pk)
    assert "Будет удалено: 1 этап, 1 блок, 3 мероприятия." in page(client, address)
    answer = client.post(address, follow=True)
    assert "Удалено: 1 этап, 1 блок, 3 мероприятия." in answer.content.decode()
    assert not RoadmapActivity.objects.exists()


def test_a_row_removed_by_another_editor_is_a_calm_page(client_for, curator, stranger, plan_row):
    foreign = create_roadmap(template="ddt", year_start=None, by=stranger)
    theirs = RoadmapActivity.objects.filter(stage__roadmap=foreign).first()
    client = client_for(curator)
    for pk in (999_999, theirs.pk):
        for name in ("node_edit", "node_remove", "node_place"):
            answer = client.get(url(name, plan_row, "activity", pk))
            assert answer.status_code == 404
            assert "Строка уже удалена. Обновите страницу." in answer.content.decode()
        answer = client.post(url("node_move", plan_row, "activity", pk), {"step": "1"})
        assert answer.status_code == 404
        answer = client.post(url("activity_progress", plan_row, pk), {"progress": "done"})
        assert answer.status_code == 404
    assert client.get(url("block_add", plan_row, theirs.stage_id)).status_code == 404
    assert client.get(url("activity_add", plan_row, theirs.stage_id)).status_code == 404
    place = url("node_place", plan_row, "activity", line_of(plan_row, "Издать приказ").pk)
    wrong = client.post(place, {"target": f"{theirs.stage_id}:"})
    assert "Такого места в карте нет" in wrong.content.decode()


# ---- progress, settings -------------------------------------------------------------------------


@pytest.mark.req("R-109")
def test_curator_marks_progress_and_the_paper_does_not_notice(client_for, curator, head, plan_row):
    approve(plan_row, head)
    line, client = line_of(plan_row, "Провести совещание"), client_for(curator)
    address = url("activity_progress", plan_row, line.pk)
    assert "Чем подтверждено" in page(client, address)
    form = {"progress": "done", "progress_on": "2026-09-02", "progress_note": "протокол № 1"}
    html = client.post(address, form, follow=True).content.decode()
    assert "1 из 3 мероприятий" in html
    assert "протокол № 1" in html
    assert "Изменений нет" in html
    refused = client.post(address, {"progress": "not_needed", "progress_note": ""})
    assert refused.context["form"].errors == {
        "progress_note": ["Напишите, почему мероприятие не требуется."]
    }


@pytest.mark.req("R-113")
def test_columns_are_hidden_renamed_and_added_on_the_settings_page(client_for, curator, plan_row):
    client, address = client_for(curator), url("roadmap_settings", plan_row)
    assert "Графы таблицы" in page(client, address)
    form = {
        "title": "План", "year_start": "2026", "numbering": "two_level", "stamp": "none", "footnote": "¹ Сноска",
        "columns-TOTAL_FORMS": "7", "columns-INITIAL_FORMS": "6",
        "columns-6-heading": "Результат", "columns-6-shown": "on", "columns-6-ORDER": "3",
    }  # fmt: skip
    for at, column in enumerate(plan_row.columns):
        form |= {f"columns-{at}-code": column["code"], f"columns-{at}-heading": column["heading"]}
        form[f"columns-{at}-ORDER"] = str(at + 1)
    form |= {"columns-1-shown": "on", "columns-3-shown": "on", "columns-3-heading": "Что делаем"}
    answer = client.post(address, form)
    assert answer.status_code == 302
    plan_row.refresh_from_db()
    assert [one["heading"] for one in plan_row.shown_columns] == [
        "Наименование этапа",
        "Результат",
        "Что делаем",
    ]
    line = line_of(plan_row, "Издать приказ")
    client.post(
        url("node_edit", plan_row, "activity", line.pk),
        {"title": "Издать приказ", "extra:own1": "Приказ издан"},
    )
    html = page(client, plan_row.get_absolute_url() + "?view=table")
    assert ("Приказ издан" in html, "¹ Сноска" in html) == (True, True)
    hidden = client.post(address, {**form, "columns-3-shown": "", "title": "Другое имя"})
    assert "скрыть нельзя" in hidden.content.decode()
    assert "Другое имя" in hidden.content.decode()


# ---- approved edition, rights -------------------------------------------------------------------


@pytest.mark.req("R-109", "R-203")
def test_changes_since_the_approved_edition_are_listed(client_for, curator, head, plan_row):
    approve(plan_row, head)
    client, line = client_for(curator), line_of(plan_row, "Изучить письмо")
    assert "Изменений нет" in page(client, plan_row.get_absolute_url())
    plan_edit.edit_node(plan_row, "activity", line.pk, by=curator, title="Изучить приказ")
    plan_edit.add_stage(plan_row, by=curator, title="Итоги")
    html = page(client, plan_row.get_absolute_url())
    assert "Есть неутверждённые изменения (2)" in html
    assert "Этап 1: изменено название мероприятия «Изучить приказ»." in html
    assert "Добавлен этап 2 «Итоги»." in html
    assert f"?kind=roadmap&amp;roadmap={plan_row.pk}" in html


@pytest.mark.req("R-203")
def test_staff_read_only_the_edition_in_force(client_for, teacher, curator, head, plan_row):
    client, address = client_for(teacher), plan_row.get_absolute_url()
    before = client.get(address)
    assert before.status_code == 404
    assert "Карта ещё не утверждена" in before.content.decode()
    approve(plan_row, head)
    line = line_of(plan_row, "Изучить письмо")
    plan_edit.edit_node(plan_row, "activity", line.pk, by=curator, title="Новое, не утверждено")
    for shown in (address, url("roadmap_print", plan_row)):
        html = page(client, shown)
        assert "Изучить письмо" in html
        assert "Новое, не утверждено" not in html
    assert "План работ" in page(client, reverse("roadmaps", args=[plan_row.organization.slug]))


def test_print_page_is_the_working_table(client_for, head, plan_row):
    html = page(client_for(head), url("roadmap_print", plan_row))
    assert html.count("<table") == 1
    assert "Провести совещание" in html


def changing_pages(roadmap) -> list[str]:
    line = line_of(roadmap, "Издать приказ")
    pages = [url(name, roadmap) for name in ("roadmap_settings", "roadmap_copy", "stage_add")]
    pages += [url(name, roadmap, line.stage_id) for name in ("block_add", "activity_add")]
    node = ("activity", line.pk)
    pages += [url(name, roadmap, *node) for name in ("node_edit", "node_place", "node_remove")]
    return [*pages, url("activity_progress", roadmap, line.pk)]


@pytest.mark.req("R-212")
def test_teacher_and_head_cannot_change_the_plan_and_learn_why(client_for, teacher, head, plan_row):
    for member in (teacher, head):
        client = client_for(member)
        for address in changing_pages(plan_row):
            answer = client.post(address, {"title": "Взлом"})
            assert answer.status_code == 403
            assert "куратор" in answer.content.decode()
    assert load_plan(plan_row).total == 3


def test_neighbours_learn_nothing(client_for, stranger, plan_row):
    client = client_for(stranger)
    own = reverse("roadmap", args=[stranger.organization.slug, plan_row.pk])
    for address in [plan_row.get_absolute_url(), own, *changing_pages(plan_row)]:
        assert client.get(address).status_code == 404


def test_council_and_psychologist_read_the_working_plan_the_administrator_does_not(
    client_for, school, portal_admin, plan_row
):
    for role in (Role.COUNCIL, Role.PSYCHOLOGIST):
        html = page(client_for(make_member(school, role)), plan_row.get_absolute_url())
        assert "Изменить" not in html
    answer = client_for(portal_admin).get(plan_row.get_absolute_url())
    assert answer.status_code == 403
    assert "видят сотрудники школы" in answer.content.decode()
