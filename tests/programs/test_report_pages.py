"""The page «Отчёты», the table of frozen figures, the recount beside them (R-221, R-222)."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from people.models.accounts import Role
from programs.models import ReportFigures
from programs.monitoring.values import Value
from programs.services import indicators, report_recount
from programs.services.report_kinds import REPORT_KINDS
from programs.services.report_recount import Line
from roadmap.models import Document
from roadmap.services import drafts
from tests.factories import make_head, make_member, make_person
from tests.programs.makers_participation import a_return, program, taking_part
from tests.programs.test_indicators import pair

TODAY = timezone.localdate()
OCTOBER = dt.date(2026, 10, 5)
QUERIES_OF_LIST = 6
QUERIES_OF_RECOUNT = 9


@pytest.fixture
def counted(school):
    return taking_part(school)


def url(name: str, paper: Document) -> str:
    return reverse(name, args=[paper.organization.slug, paper.pk])


def annual(curator) -> Document:
    values = {"figures": "2026", "author": curator.person_id}
    return drafts.create_draft(kind="annual_report", day=TODAY, by=curator, values=values)


def table(client, paper: Document) -> dict[str, list]:
    """Rows of the sheet by code; the period by its words."""
    answer = client.get(url("report_figures", paper))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    return {row[0] or row[1]: row for row in rows.to_python()}


@pytest.mark.req("R-222")
def test_frozen_figures_come_as_a_table_whatever_happened_since(counted, curator, head, client_for):
    program(counted["first"], OCTOBER, forms=["teacher_teacher"])
    paper = a_return(curator)
    pair(*(make_person(curator.organization, last_name=name) for name in ("Котов", "Лисов")))
    rows = table(client_for(curator), paper)
    assert rows["Код"] == report_recount.HEADINGS
    assert rows["Период с"][3] == dt.date(2026, 9, 1)
    assert rows["P-01"] == ["P-01", "Наставники", "человек", 3, 3, ""]
    assert rows["P-01.2"][1] == "– внешние участники"
    assert rows["P-11.teacher_teacher"][1:4] == ["Форма: педагог – педагог", "единица", 1]


@pytest.mark.req("R-221")
def test_table_of_the_annual_report_has_shares_with_both_numbers(
    counted, curator, head, client_for
):
    paper = annual(curator)
    kept = paper.figures.values["I-01"]
    rows = table(client_for(head), paper)
    assert rows["I-01"] == ["I-01", "Охват педагогов наставничеством", "%", kept[2], kept[0], kept[1]]  # fmt: skip
    assert "P-01" not in rows


@pytest.mark.req("R-221", "R-222")
def test_recount_says_in_words_what_changed_and_changes_nothing(counted, curator, head, client_for):
    program(counted["first"], OCTOBER, forms=["teacher_teacher"])
    paper = a_return(curator)
    kept, body = ReportFigures.objects.get(document=paper), paper.body
    program(counted["group"], OCTOBER, forms=["head_teacher"])
    counted["first"].programs.update(forms=[])
    found = {one.code: (one.frozen.value, one.now.value, one.words) for one in report_recount.recount(kept)}  # fmt: skip
    assert found["P-01"] == (3, 3, "")
    assert found["P-04"] == (1, 2, "больше на 1")
    assert found["P-11.head_teacher"] == (0, 1, "больше на 1")
    assert found["P-11.teacher_teacher"] == (1, 0, "меньше на 1")
    page = client_for(curator).get(url("report_recount", paper)).content.decode()
    assert "больше на 1" in page
    paper.refresh_from_db()
    again = ReportFigures.objects.get(document=paper)
    assert (again.values, again.counted_at, paper.body) == (kept.values, kept.counted_at, body)


def test_recount_uses_the_thresholds_and_the_key_date_of_the_report(counted, curator, head):
    make_person(curator.organization, last_name="Младов", birth_year=1990)
    paper = annual(curator)
    indicators.set_definitions(by=curator, young_age=45)
    lines = report_recount.recount(paper.figures)
    assert [one.code for one in lines if one.differs] == []
    ReportFigures.objects.filter(pk=paper.figures.pk).update(young_age=45)
    paper.figures.refresh_from_db()
    assert [one.code for one in report_recount.recount(paper.figures) if one.differs] == ["I-03"]


@pytest.mark.parametrize(
    ("frozen", "now", "unit", "words"),
    [
        (Value(1, 2, 50.0), Value(2, 3, 66.7), "%", "больше на 16,7 п. п."),
        (Value(1, 2, 50.0), Value(2, 4, 50.0), "%", "значение то же, посчитано из других чисел"),
        (Value(0, 0, None), Value(1, 2, 50.0), "%", "появились данные"),
        (Value(1, 2, 50.0), Value(0, 0, None), "%", "данных больше нет"),
        (Value(5, None, 5.0), Value(3, None, 3.0), "единица", "меньше на 2"),
        (Value(5, None, 5.0), Value(5, None, 5.0), "единица", ""),
        (Value(5, None, 5.0), None, "единица", ""),
    ],
)
def test_words_of_a_difference(frozen, now, unit, words):
    assert Line("I-01", "Охват", unit, frozen, now).words == words


def test_figures_are_for_head_and_curator_of_the_school(
    counted, curator, head, other_school, client_for, client
):
    paper = a_return(curator)
    teacher = make_member(curator.organization, Role.STAFF, last_name="Гусева")
    for name in ("report_figures", "report_recount"):
        assert client.get(url(name, paper)).status_code == 302
        assert client_for(make_head(other_school)).get(url(name, paper)).status_code == 404
        assert client_for(teacher).get(url(name, paper)).status_code == 403
        assert client_for(head).get(url(name, paper)).status_code == 200


def test_a_paper_without_figures_has_no_table(curator, head, client_for):
    paper = drafts.create_draft(kind="statistical_return", day=TODAY, by=curator, values={}, complete=False)  # fmt: skip
    assert client_for(curator).get(url("report_figures", paper)).status_code == 404
    page = client_for(curator).get(reverse("reports", args=[curator.organization.slug]))
    assert "появятся с периодом" in page.content.decode()


def test_page_offers_every_kind_and_narrows_the_list(curator, head, client_for):
    first, second = annual(curator), a_return(curator)
    address = reverse("reports", args=[curator.organization.slug])
    client = client_for(curator)
    page = client.get(address)
    text = page.content.decode()
    assert all(f"?kind={code}" in text for code in REPORT_KINDS)
    assert list(page.context["page"]) == [second, first]
    assert list(client.get(address, {"kind": "annual_report"}).context["page"]) == [first]
    assert list(client.get(address, {"kind": "annual_report", "state": "in_force"}).context["page"]) == []  # fmt: skip
    assert "?kind=annual_report" not in client_for(head).get(address).content.decode()


def test_document_of_a_report_leads_to_its_figures(curator, head, client_for):
    paper = a_return(curator)
    text = client_for(curator).get(paper.get_absolute_url()).content.decode()
    assert all(url(name, paper) in text for name in ("report_figures", "report_recount"))


def test_pages_cost_the_same_with_few_and_many_rows(
    counted, curator, head, client_for, django_assert_num_queries
):
    client, paper = client_for(curator), a_return(curator)
    for address, number in ((reverse("reports", args=[curator.organization.slug]), QUERIES_OF_LIST), (url("report_recount", paper), QUERIES_OF_RECOUNT)):  # fmt: skip
        client.get(address)
        with django_assert_num_queries(number):
            client.get(address)
    for letter in "аб":
        pair(*(make_person(curator.organization, last_name=f"{name}{letter}") for name in ("Котов", "Лисов")))  # fmt: skip
        program(counted["first"], OCTOBER, forms=["teacher_teacher", "head_teacher"])
        a_return(curator)
    for address, number in ((reverse("reports", args=[curator.organization.slug]), QUERIES_OF_LIST), (url("report_recount", paper), QUERIES_OF_RECOUNT)):  # fmt: skip
        with django_assert_num_queries(number):
            client.get(address)
