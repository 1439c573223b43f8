"""Clause numbers, missing values, no-break spaces and table layout of papers."""

import lxml.html
import pytest

from mentoring.core.clauses import clause_index, number_clauses
from mentoring.core.missing import mark_missing, missing_in
from mentoring.core.typography import glue
from tests.core.paper_samples import order_body, regulation_body


def lines(html: str) -> list[str]:
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    return [" ".join(block.text_content().split()) for block in root]


def test_order_items_and_sub_items_are_numbered_with_dots():
    body = "<p>В целях порядка</p><ol><li><p>Первое:</p><ol><li><p>а</p></li><li><p>б</p></li></ol></li><li><p>Второе</p></li></ol>"
    assert lines(number_clauses(body, "order")) == [
        "В целях порядка",
        "1. Первое:",
        "1.1. а",
        "1.2. б",
        "2. Второе",
    ]


def test_numbers_of_an_order_go_on_after_a_table():
    body = "<ol><li><p>Пары:</p></li></ol><table><tr><th>№</th></tr><tr><td>1</td></tr></table><ol><li><p>Контроль</p></li></ol>"
    assert lines(number_clauses(body, "order"))[-1] == "2. Контроль"


def test_local_act_numbers_sections_clauses_sub_clauses_and_dashes():
    body = (
        "<h2>Общие</h2><ol><li><p>Раз</p><ul><li><p>тире</p></li></ul></li></ol><p>Абзац</p><ol><li><p>Два</p>"
        "<ol><li><p>под</p><ol><li><p>буква</p></li></ol></li></ol></li></ol><h2>Цели</h2><ol><li><p>Цель</p></li></ol>"
    )
    assert lines(number_clauses(body, "local_act")) == [
        "1. Общие",
        "1.1. Раз",
        "– тире",
        "Абзац",
        "1.2. Два",
        "1) под",
        "а) буква",
        "2. Цели",
        "2.1. Цель",
    ]


def test_annex_is_no_section_and_counts_anew():
    body = "<h2>Общие</h2><ol><li><p>Раз</p></li></ol><h2>Приложение 1. Программа</h2><ol><li><p>План</p></li></ol>"
    html = number_clauses(body, "local_act")
    assert lines(html) == ["1. Общие", "1.1. Раз", "Приложение 1. Программа", "1. План"]
    assert 'class="annex"' in html


def test_index_names_every_clause_for_remarks():
    body = "<h2>Общие</h2><ol><li><p>Раз</p><ul><li><p>тире</p></li></ul><ol><li><p>под</p></li></ol></li></ol><h2>Приложение № 1. Программа</h2><ol><li><p>План</p></li></ol>"
    assert clause_index(body, "local_act") == [
        ("1", "Общие"), ("1.1", "Раз"), ("1.1 1)", "под"),
        ("Приложение 1", "Приложение № 1. Программа"), ("Приложение 1, п. 1", "План"),
    ]  # fmt: skip
    assert [number for number, _ in clause_index(order_body(4), "order")] == [
        "1",
        "2",
        "2.1",
        "2.2",
        "3",
        "4",
    ]


def test_plain_list_items_and_loose_text_become_paragraphs():
    assert lines(
        number_clauses("Текст <em>важный</em><ol><li>Раз <strong>два</strong></li></ol>", "order")
    ) == ["Текст важный", "1. Раз два"]


@pytest.mark.parametrize("empty", ["", "<p></p>", "   "])
def test_empty_body_gives_nothing(empty):
    assert number_clauses(empty, "order") == ""


def test_index_and_numbering_agree_on_a_long_act():
    numbers = [number for number, _ in clause_index(regulation_body(), "local_act")]
    assert numbers.count("9.9") == 1
    assert len(numbers) == len(set(numbers))


def test_table_gets_head_scopes_and_widths_that_sum_up_to_hundred():
    html = number_clauses(
        "<table><tbody><tr><th>№</th><th>Мероприятие</th></tr><tr><td>1</td><td>Круглый стол наставников</td></tr></tbody></table>",
        "table",
    )
    table = lxml.html.fragment_fromstring(html)
    assert [cell.get("scope") for cell in table.find("thead").iter("th")] == ["col", "col"]
    shares = [int(col.get("class")[1:]) for col in table.iter("col")]
    assert sum(shares) == 100
    assert shares[0] < shares[1]


def test_row_over_the_whole_width_is_kept_with_the_next():
    html = number_clauses(
        '<table><thead><tr><th>№</th><th>Дело</th></tr></thead><tbody><tr><td colspan="2">Этап</td></tr><tr><td>1</td><td>а</td></tr></tbody></table>',
        "table",
    )
    assert 'class="whole-width"' in html


def test_missing_values_are_named_once_even_inside_tags():
    html = "<p>[[учредитель]] и [[<em>адрес</em> школы]], снова [[учредитель]]</p>"
    assert missing_in(html) == ["учредитель", "адрес школы"]
    assert missing_in("<p>Всё [есть]</p>") == []


def test_missing_values_turn_red_but_not_in_the_title_or_attributes():
    html = '<title>[[а]]</title><p title="[[б]]">[[в]]</p>'
    assert (
        mark_missing(html)
        == '<title>[[а]]</title><p title="[[б]]"><span class="missing">[[в]]</span></p>'
    )


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("от 29 декабря 2012 г. № 273-ФЗ", "от 29~декабря 2012~г. №~273-ФЗ"),
        ("Ким А.С. и А.С. Ким", "Ким~А.С. и А.С.~Ким"),
        ("ст. 351.8 ТК, п. 5", "ст.~351.8 ТК, п.~5"),
        ("наставник – педагог", "наставник~– педагог"),
        ("Сад № 12 «Ромашка»", "Сад №~12~«Ромашка»"),
    ],
)
def test_lines_do_not_end_inside_numbers_dates_and_initials(text, glued):
    assert glue(text) == glued.replace("~", "\N{NO-BREAK SPACE}")
