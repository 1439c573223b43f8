"""The plan as services: templates, words, rows, snapshots, progress."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mentoring.core.errors import RuleError
from people.models import JournalEntry
from roadmap.models import Responsible, Roadmap, RoadmapActivity, RoadmapStage
from roadmap.services import plan_edit, plan_moves, plan_settings
from roadmap.services.plan import load_plan
from roadmap.services.plan_table import table_rows
from roadmap.services.plan_templates import create_roadmap, list_templates
from roadmap.services.plan_words import period_end, period_words, years_words
from roadmap.services.progress import mark_progress
from roadmap.services.snapshots import differences, snapshot, unapproved_changes
from tests.factories import make_person

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def plan_row(curator):
    """An empty roadmap of 2026/2027 with the usual columns."""
    return create_roadmap(template="", title="План", year_start=2026, by=curator)


def fill(roadmap, by, *titles):
    stage = plan_edit.add_stage(roadmap, by=by, title="Подготовка")
    return stage, [
        plan_edit.add_activity(roadmap, stage=stage.pk, by=by, title=title) for title in titles
    ]


def titles(roadmap) -> list[str]:
    return [line.node.title for stage in load_plan(roadmap).stages for line in stage.all_activities]


# ---- templates ----------------------------------------------------------------------------------


@pytest.mark.parametrize("template", [one["code"] for one in list_templates()])
def test_every_template_becomes_rows_with_its_columns(curator, template):
    roadmap = create_roadmap(template=template, year_start=2026, by=curator)
    source = next(one for one in list_templates() if one["code"] == template)
    plan = load_plan(roadmap)
    assert len(plan.stages) == len(source["stages"])
    assert [column["heading"] for column in roadmap.shown_columns] == [
        column["heading"] for column in source["columns"]
    ]
    assert plan.total == sum(
        len(stage["activities"]) + sum(len(block["activities"]) for block in stage["blocks"])
        for stage in source["stages"]
    )
    assert "{" not in str(snapshot(roadmap)["title"])


def test_title_takes_the_school_and_the_years(school, curator):
    one = create_roadmap(template="school-21", year_start=2026, by=curator)
    several = create_roadmap(template="school-21", year_start=2026, year_end=2028, by=curator)
    undated = create_roadmap(template="school-21", year_start=None, by=curator)
    assert one.title.endswith(f"{school.short_name} на 2026/2027 учебный год")
    assert several.title.endswith("на 2026/2027–2028/2029 учебные годы")
    assert undated.title.endswith(school.short_name)


def test_a_roadmap_is_created_in_few_queries(curator, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        create_roadmap(template="licey-45", year_start=2026, by=curator)


def test_person_keys_are_filled_only_from_the_given_people(school, curator):
    mentor = make_person(school, last_name="Озерова")
    bare = create_roadmap(template="school-21", year_start=2026, by=curator)
    named = create_roadmap(
        template="school-21", year_start=2026, by=curator, people={"mentor_1": mentor}
    )
    rows = Responsible.objects.of(school).exclude(person=None)
    assert not rows.filter(stage__roadmap=bare).exists()
    assert {row.person for row in rows.filter(stage__roadmap=named)} == {mentor}


def test_a_neighbours_person_is_refused(curator, stranger):
    with pytest.raises(RuleError, match="Такого человека нет"):
        create_roadmap(
            template="school-21", year_start=2026, by=curator, people={"mentor_1": stranger.person}
        )
    assert not Roadmap.objects.exists()


def test_last_year_before_the_first_is_refused(curator):
    with pytest.raises(RuleError) as caught:
        create_roadmap(template="", year_start=2026, year_end=2025, by=curator)
    assert caught.value.field == "year_end"


def test_staff_and_head_do_not_write_the_plan(teacher, head):
    for member in (teacher, head):
        with pytest.raises(PermissionDenied, match="составляет куратор"):
            create_roadmap(template="", year_start=2026, by=member)


# ---- words and numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words", "end"),
    [
        ({}, "", None),
        (
            {"period_kind": "dates", "date_from": dt.date(2026, 9, 1), "date_to": dt.date(2026, 9, 30)},
            "01.09.2026 – 30.09.2026",
            dt.date(2026, 9, 30),
        ),
        ({"period_kind": "dates", "date_to": DAY}, "до 20.11.2026", DAY),
        ({"period_kind": "months", "month_from": 9, "month_to": 10}, "сентябрь–октябрь", dt.date(2026, 10, 31)),
        ({"period_kind": "months", "month_from": 11, "month_to": 5}, "ноябрь–май", dt.date(2027, 5, 31)),
        ({"period_kind": "months", "month_from": 12}, "декабрь", dt.date(2026, 12, 31)),
        ({"period_kind": "months", "month_from": 8, "month_to": 9}, "август–сентябрь", dt.date(2026, 9, 30)),
        ({"period_kind": "yearly", "month_from": 5}, "ежегодно, май", None),
        ({"period_kind": "yearly"}, "ежегодно", None),
        ({"period_kind": "text", "period_text": "в течение всего периода"}, "в течение всего периода", None),
    ],
)  # fmt: skip
def test_period_in_words_and_its_last_day(values, words, end):
    node = RoadmapActivity(**values)
    assert period_words(node) == words
    assert period_end(node, Roadmap(year_start=2026)) == end


def test_months_without_a_year_are_never_overdue():
    node = RoadmapActivity(period_kind="months", month_from=9)
    assert period_end(node, Roadmap()) is None


def test_years_in_words():
    assert years_words(None, None) == ""
    assert years_words(2026, 2026) == "2026/2027"
    assert years_words(2026, 2027) == "2026/2027–2027/2028"


def test_plan_is_read_in_four_queries_whatever_the_rows(
    curator, plan_row, django_assert_num_queries
):
    with django_assert_num_queries(4):
        load_plan(plan_row)
    full = create_roadmap(template="licey-45", year_start=2026, by=curator)
    with django_assert_num_queries(4):
        assert all(stage.who == "" for stage in load_plan(full).stages)


def test_two_level_numbers_run_through_the_stage(curator, plan_row):
    fill(plan_row, curator, "А", "Б")
    fill(plan_row, curator, "В")
    plan_row = plan_settings.update_roadmap(plan_row, numbering="two_level", by=curator)
    plan = load_plan(plan_row)
    assert [stage.number for stage in plan.stages] == ["1.", "2."]
    assert [line.number for stage in plan.stages for line in stage.all_activities] == [
        "1.1",
        "1.2",
        "2.1",
    ]


def test_a_line_is_overdue_after_its_own_or_inherited_period(curator, plan_row):
    stage = plan_edit.add_stage(
        plan_row, by=curator, title="Начало", period_kind="months", month_from=9, month_to=10
    )
    plan_edit.add_activity(plan_row, stage=stage.pk, by=curator, title="А")
    plan_edit.add_activity(
        plan_row, stage=stage.pk, by=curator, title="Б", period_kind="text", period_text="весь год"
    )
    late, open_ended = load_plan(plan_row).stages[0].activities
    assert [late.overdue_on(dt.date(2026, 10, 31)), late.overdue_on(dt.date(2026, 11, 1))] == [
        False,
        True,
    ]
    assert open_ended.overdue_on(dt.date(2030, 1, 1)) is False
    mark_progress(late.node, progress="done", progress_note="протокол", day=DAY, by=curator)
    assert load_plan(plan_row).stages[0].activities[0].overdue_on(DAY) is False


# ---- rows ---------------------------------------------------------------------------------------


def test_rows_are_added_at_the_end_with_people_and_period(school, curator, plan_row):
    stage, _ = fill(plan_row, curator, "А")
    line = plan_edit.add_activity(
        plan_row, stage=stage.pk, by=curator, title="Б", roles=["curator", "all_staff"],
        persons=[curator.person], period_kind="months", month_from=9, month_to=10,
    )  # fmt: skip
    view = load_plan(plan_row).find("activity", line.pk)
    assert titles(plan_row) == ["А", "Б"]
    assert (view.who, view.period) == (
        "Куратор, весь коллектив, Ким\N{NO-BREAK SPACE}А.С.",
        "сентябрь–октябрь",
    )
    assert JournalEntry.objects.of(school).filter(event="roadmap.node_added").count() == 3


def test_changing_the_period_clears_what_it_does_not_use(curator, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    dates = {"period_kind": "dates", "date_from": DAY, "date_to": DAY}
    plan_edit.edit_node(plan_row, "activity", line.pk, by=curator, title="А", **dates)
    plan_edit.edit_node(
        plan_row, "activity", line.pk, by=curator, title="А", **{**dates, "period_kind": "text"},
        period_text="весь год",
    )  # fmt: skip
    line.refresh_from_db()
    assert (line.period_text, line.date_from, line.date_to) == ("весь год", None, None)


def test_end_before_start_names_the_field(curator, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    with pytest.raises(ValidationError) as caught:
        plan_edit.edit_node(
            plan_row, "activity", line.pk, by=curator, title="А", period_kind="dates",
            date_from=dt.date(2026, 9, 30), date_to=dt.date(2026, 9, 1),
        )  # fmt: skip
    assert caught.value.message_dict == {
        "date_to": ["Окончание раньше начала. Исправьте одну из дат."]
    }


def test_foreign_person_and_foreign_row_are_refused(curator, stranger, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    foreign = create_roadmap(template="", title="Чужая", year_start=2026, by=stranger)
    foreign_stage, _ = fill(foreign, stranger, "Чужое")
    with pytest.raises(RuleError, match="Такого человека нет") as caught:
        plan_edit.edit_node(
            plan_row, "activity", line.pk, by=curator, title="А", persons=[stranger.person.pk]
        )
    assert caught.value.field == "persons"
    with pytest.raises(RuleError, match="Строка уже удалена"):
        plan_edit.add_activity(plan_row, stage=foreign_stage.pk, by=curator, title="Б")
    with pytest.raises(RuleError, match="Строка уже удалена"):
        plan_moves.place_node(plan_row, "activity", line.pk, stage=foreign_stage.pk, by=curator)


def test_two_editors_the_second_learns_that_the_row_is_gone(curator, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    plan_edit.remove_node(plan_row, "activity", line.pk, by=curator)
    with pytest.raises(RuleError, match=r"^Строка уже удалена. Обновите страницу\.$"):
        plan_edit.edit_node(plan_row, "activity", line.pk, by=curator, title="Б")


def test_lines_move_up_and_down_and_stop_at_the_edge(curator, plan_row):
    _, [first, _, last] = fill(plan_row, curator, "А", "Б", "В")
    plan_moves.move_node(plan_row, "activity", last.pk, step=-1, by=curator)
    assert titles(plan_row) == ["А", "В", "Б"]
    plan_moves.move_node(plan_row, "activity", first.pk, step=1, by=curator)
    assert titles(plan_row) == ["В", "А", "Б"]
    with pytest.raises(RuleError, match="с краю"):
        plan_moves.move_node(plan_row, "activity", last.pk, step=-1, by=curator)


def test_a_line_moves_into_a_block_of_another_stage_and_a_block_takes_its_lines(curator, plan_row):
    first, [line] = fill(plan_row, curator, "А")
    second, _ = fill(plan_row, curator, "Б")
    block = plan_edit.add_block(plan_row, stage=second.pk, by=curator, title="Блок")
    plan_moves.place_node(
        plan_row, "activity", line.pk, stage=second.pk, block=block.pk, by=curator
    )
    assert [titles(plan_row), load_plan(plan_row).stages[0].total] == [["А", "Б"], 0]
    plan_moves.place_node(plan_row, "block", block.pk, stage=first.pk, by=curator)
    plan = load_plan(plan_row)
    assert [one.node.title for one in plan.stages[0].blocks[0].activities] == ["А"]


def test_a_block_of_another_stage_is_refused(curator, plan_row):
    first, [line] = fill(plan_row, curator, "А")
    second, _ = fill(plan_row, curator)
    block = plan_edit.add_block(plan_row, stage=second.pk, by=curator, title="Блок")
    with pytest.raises(ValidationError) as caught:
        plan_moves.place_node(
            plan_row, "activity", line.pk, stage=first.pk, block=block.pk, by=curator
        )
    assert "другому этапу" in str(caught.value)


def test_removing_a_stage_counts_what_goes_with_it(curator, plan_row):
    stage, _ = fill(plan_row, curator, "А", "Б")
    block = plan_edit.add_block(plan_row, stage=stage.pk, by=curator, title="Блок")
    plan_edit.add_activity(plan_row, stage=stage.pk, block=block.pk, by=curator, title="В")
    assert plan_edit.remove_node(plan_row, "stage", stage.pk, by=curator) == {
        "blocks": 1,
        "activities": 3,
    }
    assert not RoadmapActivity.objects.exists()


# ---- settings and copy --------------------------------------------------------------------------


def test_columns_are_renamed_hidden_and_added(curator, plan_row):
    columns = [
        {"code": "activity", "heading": " Что  делаем ", "shown": True},
        {"code": "extra:own1", "heading": "Результат", "shown": True},
        {"code": "period", "heading": "Сроки", "shown": False},
    ]
    roadmap = plan_settings.update_roadmap(plan_row, columns=columns, by=curator)
    assert [one["heading"] for one in roadmap.shown_columns] == ["Что делаем", "Результат"]
    assert {one["code"] for one in roadmap.columns} >= {"number", "stage", "block", "responsible"}
    assert plan_settings.new_column_code(roadmap.columns) == "extra:own2"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ([{"code": "activity", "heading": "Что", "shown": False}], "скрыть нельзя"),
        ([{"code": "activity", "heading": " ", "shown": True}], "должен быть заголовок"),
        ([{"code": "evil", "heading": "Что", "shown": True}], "заданы неверно"),
    ],
)
def test_wrong_columns_are_refused(curator, plan_row, columns, words):
    with pytest.raises(RuleError, match=words):
        plan_settings.update_roadmap(plan_row, columns=columns, by=curator)


def test_copy_shifts_dates_and_forgets_progress_and_leavers(school, curator, plan_row):
    left = make_person(school, last_name="Озерова", employed_to=DAY)
    _, [line] = fill(plan_row, curator, "А")
    plan_edit.edit_node(
        plan_row, "activity", line.pk, by=curator, title="А", roles=["head"], persons=[left, curator.person],
        period_kind="dates", date_from=dt.date(2028, 2, 29), date_to=dt.date(2028, 3, 1),
    )  # fmt: skip
    mark_progress(line, progress="done", progress_note="протокол", day=DAY, by=curator)
    plan_row = plan_settings.update_roadmap(plan_row, title="План на 2026/2027 год", by=curator)
    copy = plan_settings.copy_to_next_year(plan_row, by=curator)
    twin = load_plan(copy).stages[0].activities[0]
    assert (copy.title, copy.year_start, copy.copied_from) == (
        "План на 2027/2028 год",
        2027,
        plan_row,
    )
    assert twin.period == "28.02.2029 – 01.03.2029"
    assert twin.node.progress == "planned"
    assert twin.who == "Руководитель, Ким\N{NO-BREAK SPACE}А.С."
    with pytest.raises(RuleError, match="уже создана"):
        plan_settings.copy_to_next_year(plan_row, by=curator)


# ---- snapshot and differences -------------------------------------------------------------------


def test_snapshot_has_no_progress_and_the_public_one_no_surname(curator, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    plan_edit.edit_node(
        plan_row, "activity", line.pk, by=curator, title="А", persons=[curator.person]
    )
    before = snapshot(plan_row)
    mark_progress(line, progress="done", day=DAY, progress_note="протокол", by=curator)
    assert snapshot(plan_row) == before
    assert "Ким" in str(before)
    public = snapshot(plan_row, public=True)
    assert "Ким" not in str(public)
    assert public["stages"][0]["activities"][0]["responsible"] == "Заместитель директора по УВР"


def test_hidden_columns_are_no_part_of_the_paper(curator):
    roadmap = create_roadmap(template="ddt", year_start=None, by=curator)
    stage = RoadmapStage.objects.filter(roadmap=roadmap).first()
    before = snapshot(roadmap)
    plan_edit.edit_node(roadmap, "stage", stage.pk, by=curator, title=stage.title, roles=["head"])
    assert snapshot(roadmap) == before


def test_differences_say_what_changed(curator, plan_row):
    stage, [first, second] = fill(plan_row, curator, "Первое", "Второе")
    old = snapshot(plan_row)
    assert differences(old, old) == []
    plan_edit.edit_node(
        plan_row,
        "activity",
        first.pk,
        by=curator,
        title="Первое",
        period_kind="months",
        month_from=9,
    )
    plan_moves.move_node(plan_row, "activity", second.pk, step=-1, by=curator)
    plan_edit.add_activity(plan_row, stage=stage.pk, by=curator, title="Третье")
    assert differences(old, snapshot(plan_row)) == [
        "Этап 1: изменён срок мероприятия «Первое».",
        "Этап 1: добавлено мероприятие «Третье».",
        "Этап 1: изменён порядок строк.",
    ]
    plan_edit.remove_node(plan_row, "stage", stage.pk, by=curator)
    assert differences(old, snapshot(plan_row)) == ["Удалён этап «Подготовка», строк в нём: 2."]


def test_without_an_edition_in_force_nothing_is_unapproved(curator, plan_row):
    fill(plan_row, curator, "А")
    assert unapproved_changes(plan_row) == []


# ---- the table ----------------------------------------------------------------------------------


def test_values_of_a_stage_or_block_span_its_lines(curator, plan_row):
    stage = plan_edit.add_stage(plan_row, by=curator, title="Этап", roles=["curator"])
    block = plan_edit.add_block(
        plan_row, stage=stage.pk, by=curator, title="Блок", period_kind="months", month_from=9
    )
    for title in ("А", "Б"):
        plan_edit.add_activity(plan_row, stage=stage.pk, block=block.pk, by=curator, title=title)
    plan_edit.add_activity(plan_row, stage=stage.pk, by=curator, title="В")
    rows = [[(cell.text, cell.rowspan) for cell in row] for row in table_rows(snapshot(plan_row))]
    assert rows == [
        [("1.", 3), ("Этап", 3), ("Блок", 2), ("А", 1), ("Сентябрь", 2), ("Куратор", 3)],
        [("Б", 1)],
        [("", 1), ("В", 1), ("", 1)],
    ]


def test_every_row_of_a_table_fills_all_columns(curator):
    for template in ("licey-45", "recommended", "solnyshko"):
        data = snapshot(create_roadmap(template=template, year_start=2026, by=curator))
        open_cells: list[int] = []
        for row in table_rows(data):
            assert len(row) + len(open_cells) == len(data["columns"])
            open_cells = [left - 1 for left in open_cells] + [cell.rowspan - 1 for cell in row]
            open_cells = [left for left in open_cells if left]
        assert open_cells == []


# ---- progress -----------------------------------------------------------------------------------


def test_marks_of_progress_follow_their_rules(curator, teacher, plan_row):
    _, [line] = fill(plan_row, curator, "А")
    done = mark_progress(line, progress="done", progress_note="протокол", day=DAY, by=curator)
    assert (done.progress, done.progress_on) == ("done", DAY)
    planned = mark_progress(line, progress="planned", day=DAY, by=curator)
    assert planned.progress_on is None
    with pytest.raises(RuleError, match="почему"):
        mark_progress(line, progress="not_needed", day=DAY, by=curator)
    with pytest.raises(RuleError, match="не наступила"):
        mark_progress(
            line,
            progress="done",
            progress_note="протокол",
            day=DAY,
            progress_on=dt.date(2026, 11, 21),
            by=curator,
        )
    with pytest.raises(PermissionDenied, match="ставит куратор"):
        mark_progress(line, progress="done", day=DAY, by=teacher)
