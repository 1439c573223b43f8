"""What an import understands and what it would do; nothing is written here."""

import datetime as dt

import pytest

from mentoring.core.spreadsheets import open_book
from people.imports import tables
from people.imports.columns import field_of, recognise
from people.imports.dates import read_birth_year, read_date
from people.imports.names import read_name
from people.imports.plan import KNOWN, Planner
from people.imports.values import read_category, read_kind, read_post, read_teaching, read_years
from tests.people.makers_imports import make_xlsx

DAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ФИО", "name"), ("Ф.И.О. педагога", "name"), ("Фамилия, имя, отчество", "name"), ("Сотрудник", "name"),
        ("Фамилия", "last_name"), ("Имя", "first_name"), ("Отчество (при наличии)", "patronymic"),
        ("Должность", "job_title"), ("Наименование должности", "job_title"), ("Преподаваемый предмет", "subject"),
        ("Группа", "subject"), ("Объединение", "subject"), ("Дата рождения", "birth"), ("Год рожд.", "birth"),
        ("Г.р.", "birth"), ("Дата приёма\nна работу", "employed_from"), ("Принят(а) на работу", "employed_from"),
        ("Работает с", "employed_from"), ("Работает по", "employed_to"), ("Дата увольнения", "employed_to"),
        ("Категория", "category"), ("Кв. категория", "category"), ("Квалификационная категория", "category"),
        ("Категория присвоена", "category_date"), ("Дата присвоения", "category_date"),
        ("Пед. стаж, лет", "teaching"), ("Общий педстаж", "teaching"), ("Стаж педагогический, лет", "teaching"),
        ("Пед. стаж с", "teaching"), ("Стаж", "teaching"), ("Общий стаж", None), ("Трудовой стаж", None),
        ("Стаж работы в данной организации", "here_years"), ("Впервые в должности с", "new_in_post_since"),
        ("Эл. почта", "email"), ("E-mail", "email"), ("Адрес электронной почты", "email"), ("Телефон", "phone"),
        ("Моб. тел.", "phone"), ("Пол", "sex"), ("Внешний совместитель", "kind"), ("Место работы", "institution"),
        ("№ п/п", None), ("СНИЛС", None), ("Паспорт серия", None), ("Образование", None), ("Возраст", None),
        ("Адрес", None), ("", None),
    ],
)  # fmt: skip
def test_headings_are_recognised(heading, field):
    assert field_of(heading) == field


def test_three_columns_or_one_make_a_name_and_a_field_is_taken_once():
    assert recognise(["Сотрудник", "Фамилия", "Имя", "Отчество"]) == {1: "last_name", 2: "first_name", 3: "patronymic"}  # fmt: skip
    assert recognise(["Фамилия", "Должность"]) == {0: "name", 1: "job_title"}
    assert recognise(["ФИО", "Телефон", "Моб. телефон"]) == {0: "name", 1: "phone"}


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Ким Алла Сергеевна", ("Ким", "Алла", "Сергеевна")),
        ("КИМ АЛЛА СЕРГЕЕВНА", ("Ким", "Алла", "Сергеевна")),
        ("Алла Сергеевна Ким", ("Ким", "Алла", "Сергеевна")),
        ("Мамедов Али Гасан оглы", ("Мамедов", "Али", "Гасан оглы")),
        ("Римская-Корсакова  Анна Ильинична", ("Римская-Корсакова", "Анна", "Ильинична")),
        ("Ветрова (Ясенева) Мария", ("Ветрова", "Мария", "")),
        ("Ван дер Берг Анна Ивановна", ("Ван дер Берг", "Анна", "Ивановна")),
    ],
)
def test_names_of_all_habits(raw, name):
    assert read_name(raw) == name


@pytest.mark.parametrize("raw", ["Ким А. С.", "Ким", "=cmd|' /C calc'!A0", "Ким 2"])
def test_what_is_no_whole_name_is_said(raw):
    with pytest.raises(ValueError, match="–"):
        read_name(raw)


@pytest.mark.parametrize(
    "raw",
    [
        dt.date(2024, 8, 26), dt.datetime(2024, 8, 26, 0, 0), "26.08.2024", "26.08.24", "26/8/2024", "2024-08-26",
        "26 августа 2024 г.", 45530, 45530.0, "45530", "26.08.2024 г.",
    ],
)  # fmt: skip
def test_dates_of_all_habits(raw):
    assert read_date(raw, DAY) == dt.date(2024, 8, 26)


@pytest.mark.parametrize("raw", ["31.02.2024", "2015", "давно", "01.09.0201", "26.13.2024", True])
def test_what_is_no_date_is_said(raw):
    with pytest.raises(ValueError, match=r"дат|год"):
        read_date(raw, DAY)


@pytest.mark.parametrize("raw", [dt.date(1985, 5, 12), 1985, 1985.0, "1985", "12.05.1985", "12.05.85", "1985 г.р.", 31179])  # fmt: skip
def test_of_a_birth_date_only_the_year_is_kept(raw):
    assert read_birth_year(raw, DAY) == 1985


@pytest.mark.parametrize("raw", [1885, "12", "2024", "скоро"])
def test_an_impossible_birth_year_is_said(raw):
    with pytest.raises(ValueError, match="Проверьте год рождения"):
        read_birth_year(raw, DAY)


@pytest.mark.parametrize(
    ("raw", "category", "when"),
    [
        ("высшая", "высшая", None), ("Высшая кв. категория", "высшая", None), ("ВКК", "высшая", None),
        ("первая", "первая", None), ("1 кв. категория", "первая", None), ("I", "первая", None), (1.0, "первая", None),
        ("высшая, 25.12.2023", "высшая", dt.date(2023, 12, 25)), ("педагог-наставник", "педагог-наставник", None),
        ("Педагог-методист", "педагог-методист", None), ("соответствие занимаемой должности", "", None),
        ("нет", "", None), ("б/к", "", None),
    ],
)  # fmt: skip
def test_categories_of_all_habits(raw, category, when):
    assert read_category(raw, DAY) == (category, when)


@pytest.mark.parametrize("raw", ["вторая", "II", "отличник"])
def test_unknown_categories_are_said(raw):
    with pytest.raises(ValueError, match="категори"):
        read_category(raw, DAY)


def test_years_kinds_and_posts():
    assert [read_years(raw) for raw in (12, 12.0, "12", "12 лет 5 мес.", "12,5", "менее года", "5 мес", "нет")] == [12, 12, 12, 12, 12, 0, 0, 0]  # fmt: skip
    with pytest.raises(ValueError, match="столько лет"):
        read_years(120)
    with pytest.raises(ValueError, match="полных лет"):
        read_years("много")
    assert read_teaching("01.09.2008", DAY) == {"teaching_since": dt.date(2008, 9, 1)}
    assert read_teaching(12, DAY) == {"teaching_years": 12}
    assert [read_kind(raw) for raw in ("работник", "внешний совместитель", "внешний участник", "нет")] == ["employed", "employed", "external", "employed"]  # fmt: skip
    with pytest.raises(ValueError, match="Обучающиеся"):
        read_kind("обучающийся")
    assert [read_post(raw) for raw in ("Учитель химии", "ПДО", "=1+1")] == ["учитель химии", "ПДО", "'=1+1"]  # fmt: skip


def planned(rows, known=(), *, namesakes=(), **over):
    book = open_book(make_xlsx(rows, **over))
    table = tables.find(book)
    planner = Planner(table, DAY, namesakes)
    return planner.plan(planner.read(tables.lines(book.sheet(table.sheet), table)), list(known))


def known(number=1, **over):
    empty = dict.fromkeys(KNOWN)
    texts = dict.fromkeys(("patronymic", "job_title", "subject", "institution", "email", "phone", "category"), "")  # fmt: skip
    card = {"id": number, "kind": "employed", "last_name": "Ким", "first_name": "Алла", "patronymic": "Сергеевна", "sex": "f"}  # fmt: skip
    return {**empty, **texts, **card, **over}


HEAD = ["ФИО", "Должность", "Год рождения", "Дата приёма", "Пед. стаж, лет", "Категория"]
ROW = ["Ким Алла Сергеевна", "Учитель химии", 1985, "01.09.2020", 12, "первая"]


def test_a_new_row_becomes_a_card():
    (line,) = planned([HEAD, ROW]).lines
    assert (line.kind, line.row, line.errors) == ("new", 2, [])
    assert line.card == {
        "kind": "employed", "last_name": "Ким", "first_name": "Алла", "patronymic": "Сергеевна", "sex": "f",
        "job_title": "учитель химии", "birth_year": 1985, "employed_from": dt.date(2020, 9, 1),
        "teaching_years": 12, "teaching_years_on": DAY, "category": "первая",
    }  # fmt: skip


def test_what_the_card_says_already_is_unchanged_whatever_its_form():
    card = known(
        job_title="учитель химии", birth_year=1985, employed_from=dt.date(2020, 9, 1), category="первая",
        teaching_years=10, teaching_years_on=dt.date(2024, 11, 1), last_name="Ким", email="Kim@school.example",
    )  # fmt: skip
    head = [*HEAD, "Почта"]
    row = ["КИМ Алла Сергеевна", "Учитель Химии", dt.date(1985, 5, 1), dt.date(2020, 9, 1), "12 лет", "1 кв. категория", "kim@school.example"]  # fmt: skip
    assert planned([head, row], [card]).counts == {"new": 0, "changed": 0, "unchanged": 1, "errors": 0}  # fmt: skip


def test_an_empty_cell_erases_nothing_and_only_differences_count():
    card = known(job_title="учитель химии", birth_year=1985, subject="химия", phone="1")
    head = [*HEAD, "Предмет", "Телефон"]
    (line,) = planned([head, ["Ким Алла Сергеевна", "учитель химии", 1985, "", "", "высшая", "", "-"]], [card]).lines  # fmt: skip
    assert (line.kind, line.person) == ("changed", 1)
    assert (line.before, line.after) == ({"category": ""}, {"category": "высшая"})


def test_a_person_is_known_by_name_and_year_or_name_and_post():
    def kinds(row, *cards):
        (line,) = planned([HEAD, [*row, "", "", ""]], cards).lines
        return line.kind, line.person, line.doubt[:7], [text[:22] for _, text in line.errors]

    by_year = known(birth_year=1985, job_title="методист")
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], by_year) == ("changed", 1, "", [])
    by_post = known(job_title="учитель")
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], by_post) == ("changed", 1, "", [])
    other = known(birth_year=1960, job_title="методист")
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], other) == ("new", None, "", [])
    only_name = known(job_title="методист")
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], only_name) == ("changed", 1, "Совпали", [])  # fmt: skip
    contradicting = known(job_title="учитель", birth_year=1960)
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], contradicting) == ("wrong", None, "", ["В портале есть человек"])  # fmt: skip
    twins = [known(1, birth_year=1985), known(2, birth_year=1985)]
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], *twins) == ("wrong", None, "", ["В портале несколько та"])  # fmt: skip
    unknown = [known(1), known(2)]
    assert kinds(["Ким Алла Сергеевна", "учитель", 1985], *unknown) == ("wrong", None, "", ["В портале несколько че"])  # fmt: skip
    nameless = known(patronymic="", birth_year=1985)
    (line,) = planned([HEAD, [*ROW[:3], "", "", ""]], [nameless]).lines
    assert line.after == {"patronymic": "Сергеевна", "job_title": "учитель химии"}


def test_the_user_may_say_it_is_somebody_else():
    card = known(job_title="методист")
    assert planned([HEAD, ROW], [card], namesakes=[2]).counts["new"] == 1


def test_rows_about_the_same_person_are_found_inside_the_list():
    plan = planned([HEAD, ROW, ["Ким Алла Сергеевна", "методист", "", "", "", ""], ["Ким Алла Сергеевна", "учитель", 1999, "", "", ""]])  # fmt: skip
    assert [line.kind for line in plan.lines] == ["new", "wrong", "new"]
    assert plan.errors[0]["row"] == 3
    assert plan.errors[0]["text"].startswith("Повторяет строку 2.")


def test_mistakes_name_the_row_the_column_and_the_reason():
    plan = planned([HEAD, ["Ким А. С.", "учитель", "скоро", "31.02.2020", "много", "вторая"], ["", "учитель", 1985, "", "", ""]])  # fmt: skip
    assert [(error["row"], error["column"]) for error in plan.errors] == [
        (2, "ФИО"), (2, "Год рождения"), (2, "Дата приёма"), (2, "Пед. стаж, лет"), (2, "Категория"), (3, "ФИО"),
    ]  # fmt: skip
    assert plan.errors[2]["text"] == "«31.02.2020» – такой даты нет. Напишите дату так: 01.09.2024."
    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 0, "errors": 2}


def test_the_models_own_checks_run_on_every_value():
    plan = planned([["ФИО", "Почта", "Должность"], ["Ким Алла Сергеевна", "не адрес", "у" * 201]])
    assert [error["column"] for error in plan.errors] == ["Почта", "Должность"]
    assert "правильный адрес" in plan.errors[0]["text"]
    assert "200" in plan.errors[1]["text"]


def test_rules_of_a_whole_card_are_kept():
    head = ["ФИО", "Кто", "Место работы", "Пол", "Дата приёма"]
    plan = planned([
        head, ["Ким Алла", "внешний участник", "", "ж", ""], ["Ли Саша", "", "", "", ""],
        ["Ян Анна Ильинична", "", "", "", "01.09.2026"],
    ], [known(last_name="Ян", first_name="Анна", patronymic="Ильинична", employed_to=dt.date(2020, 5, 1))])  # fmt: skip
    assert [(error["row"], error["column"]) for error in plan.errors] == [
        (2, "Место работы"), (3, "Пол"), (4, "Дата приёма"),
    ]  # fmt: skip
    assert plan.errors[2]["text"].startswith("В карточке записано увольнение 01.05.2020.")


def test_leaving_is_never_written_by_a_list():
    head = ["ФИО", "Дата увольнения"]
    (line,) = planned([head, ["Ким Алла Сергеевна", "01.05.2026"]], [known()]).lines
    assert line.errors == [("Дата увольнения", "Увольнение записывают в карточке: оно закрывает и роли. Очистите клетку.")]  # fmt: skip


def test_years_against_a_known_beginning_are_compared_only():
    card = known(teaching_since=dt.date(2014, 9, 1))
    head = ["ФИО", "Стаж"]
    assert planned([head, ["Ким Алла Сергеевна", 11]], [card]).counts["unchanged"] == 1
    (line,) = planned([head, ["Ким Алла Сергеевна", 3]], [card]).lines
    assert line.errors[0][1].startswith("В карточке стаж с 01.09.2014, это 12, в списке 3.")


def test_the_list_is_found_among_titles_groups_numbers_and_totals():
    rows = [
        ["Список работников"], ["на 1 сентября"], [],
        ["№", "ФИО", "Должность", "Стаж", ""], ["", "", "", "общий", "педагогический"], [1, 2, 3, 4, 5],
        ["Учителя"], [1, "Ким Алла Сергеевна", "учитель", 20, 12], ["№", "ФИО", "Должность", "общий", "педагогический"],
        [], [2, "Ли Анна Ильинична", "", 3, 2], ["Итого: 2"],
    ]  # fmt: skip
    merges = [(0, 0, 0, 4), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (6, 0, 6, 4)]
    plan = planned(rows, merges=merges)
    assert [(line.row, line.name, line.card.get("teaching_years")) for line in plan.lines] == [
        (8, "Ким Алла Сергеевна", 12), (11, "Ли Анна Ильинична", 2),
    ]  # fmt: skip


def test_a_cell_merged_downwards_counts_in_each_line():
    rows = [["Отдел", "ФИО", "Должность"], ["", "Ким Алла Сергеевна", "учитель"], ["", "Ли Анна Ильинична", ""]]  # fmt: skip
    plan = planned(rows, merges=[(1, 2, 2, 2)])
    assert [line.card["job_title"] for line in plan.lines] == ["учитель", "учитель"]


def test_full_names_under_an_empty_heading_are_recognised_and_said():
    rows = [["", "Должность"], ["Ким Алла Сергеевна", "учитель"], ["Ли Анна Ильинична", "учитель"]]
    table = tables.find(open_book(make_xlsx(rows)))
    assert table.columns == {0: "name", 1: "job_title"}
    assert table.notes == ["Без заголовка: A. Проверьте, нужны ли эти столбцы."]
    assert planned(rows).counts["new"] == 2


def test_of_several_sheets_the_list_is_taken_and_the_others_named():
    rows = [HEAD, ROW]
    more = {"Приказы": [["Номер", "Дата"]], "Совместители": [["ФИО"], ["Ли Анна Ильинична"]]}
    table = tables.find(open_book(make_xlsx(rows, sheet="Штат", more=more)))
    assert table.sheet == "Штат"
    assert table.notes == [
        "Листы в файле: «Штат», «Приказы», «Совместители». Взят лист «Штат».",
        "Похоже на список и здесь: «Совместители». Загрузите эти листы отдельно.",
    ]


def test_no_headings_at_all_are_said():
    table = tables.find(open_book(make_xlsx([["1", "учитель"], ["2", "методист"]])))
    assert (table.header_row, table.columns) == (0, {})
    assert table.notes[0].startswith("Не нашли строку заголовков.")
