"""The report on both stages of monitoring: wording, frozen figures, charts in PDF and Word (R-707, R-708)."""

import io
import re

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.missing import missing_in
from mentoring.core.paper_checks import check_docx, check_pdf
from people.models import Answer
from programs.documents.figures import chart_of
from programs.models import ReportFigures
from programs.monitoring.influence import FEW
from programs.monitoring.scope import school_year
from programs.services import swot
from roadmap.models import Document
from roadmap.services import drafts, renditions
from roadmap.services.digests import of_kind
from roadmap.services.editions import content_hash_holds
from roadmap.services.rendering import paper_html
from roadmap.services.year import year_of
from tests.factories import make_person
from tests.people.makers_surveys import DAY
from tests.programs.test_monitoring import FULL, marks, run
from tests.roadmap.makers import approve, send
from tests.roadmap.test_regulation_rules import SCHOOLS, demo_school
from tests.roadmap.test_wording import draft, lines

TODAY = timezone.localdate()
YEAR = str(year_of(DAY))
BEFORE = {"support": [4, 5, 6, 7, 8], "comfort": [9, 9, 9, 9, 9]}
AFTER = {"support": [7, 7, 8, 8, 9], "comfort": [8, 8, 9, 9, 9]}


@pytest.fixture
def answered(curator):
    people = [make_person(curator.organization, last_name=f"Ветров{letter}") for letter in "абвгд"]
    for code, table in (("mentee_initial", BEFORE), ("mentee_final", AFTER)):
        both = zip(marks(people, "support", table["support"]), marks(people, "comfort", table["comfort"]), strict=True)  # fmt: skip
        run(curator, code, [(person, {**one, **other}) for (person, one), (_, other) in both])
    run(curator, "program_quality", [(curator.person, {"criteria": dict.fromkeys(FULL, "2") | {"resources": "1"}})])  # fmt: skip
    swot.save(school_year(DAY), by=curator, strong="поддержка руководителя", threats="отток кадров")


def a_report(curator, **values) -> Document:
    answers = {"figures": YEAR, "author": curator.person_id, **values}
    return drafts.create_draft(kind="monitoring_report", day=TODAY, by=curator, values=answers)


def cells(paper: Document) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", paper.body, re.S)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh]>(.*?)</t[dh]>", row, re.S)] for row in rows]  # fmt: skip


@pytest.mark.req("R-707", "R-708")
def test_both_stages_and_draft_conclusions_are_written(curator, head, answered):
    paper = a_report(curator)
    rows = cells(paper)
    assert ["Поддержка наставника", "6", "7,8", "+1,8", "0,8", "5"] in rows
    assert ["Комфорт", "9", "8,6", "−0,4", "0,5", "5"] in rows
    assert ["Ресурсов достаточно", "1 из 2", "50 %", "1"] in rows
    assert ["Угрозы", "Отток кадров."] in rows
    assert ["Слабые стороны", "не отмечены"] in rows
    told = paper.body.partition("Выводы")[2]
    assert "Качество программ: оптимальный уровень (25 из 26 баллов)." in told
    assert "больше всего выросла оценка «поддержка наставника» (+1,8); больше всего снизилась «комфорт» (−0,4); ответили дважды 5." in told  # fmt: skip
    assert missing_in(paper.body) == []
    assert of_kind(paper, {}).startswith("Мониторинг за 2026/2027 учебный год: ")


def test_own_conclusions_replace_the_draft(curator, head, answered):
    told = a_report(curator, conclusions="Год прошёл спокойно").body.partition("Выводы")[2]
    assert ("Год прошёл спокойно." in told, "Качество программ" in told) == (True, False)


def test_a_period_without_data_asks_for_conclusions_and_draws_nothing(curator, head):
    paper = a_report(curator, figures="y2026")
    assert missing_in(paper.body) == ["выводы"]
    assert paper.body.count("анкетирование не проводилось") == 4
    assert "<svg" not in paper_html(paper).partition('class="text"')[2]


def test_own_dates_are_asked_for_together(curator, head):
    with pytest.raises(RuleError, match="обе даты"):
        a_report(curator, figures="free", start="2026-09-01")
    paper = a_report(curator, figures="free", start="2026-09-01", end="2026-12-31")
    assert paper.title.replace("\N{NO-BREAK SPACE}", " ") == "о мониторинге реализации системы наставничества за период с 1 сентября 2026 г. по 31 декабря 2026 г."  # fmt: skip


@pytest.mark.parametrize("slug", SCHOOLS)
def test_wording_is_clean_for_every_demo_school_and_names_its_gaps(slug, curator, head, answered):
    from programs.services import report_monitoring

    school = demo_school(slug)
    figures = report_monitoring.read(a_report(curator), YEAR, "figures")
    heading, body = draft("monitoring_report", school, figures=figures, author=curator.person)
    assert missing_in(body) == []
    for line in filter(None, [heading, *lines(body)]):
        assert not re.search(r" {2}|\s[,.;:)]|\(\s|\.\.|\(а\)\w|г\. \.|None|[A-Za-z]", line), line
    _, empty = draft("monitoring_report", school)
    assert missing_in(empty) == ["период", "выводы", "кто составил"]


# ---- charts ------------------------------------------------------------------------------------------------------------
def test_a_chart_is_drawn_from_the_frozen_text_and_is_no_part_of_the_hash(curator, head, answered):
    paper = approve(send(a_report(curator), curator), head, number="1")
    edition = paper.editions.get()
    assert ("<svg" in edition.body, content_hash_holds(edition)) == (False, True)
    kept = renditions.kept_file(paper).html
    assert kept.count('<figure class="chart"') == 1
    Answer.objects.filter(question="support").update(value=1)
    paper.refresh_from_db()
    assert paper_html(paper, edition=edition) == kept
    assert ReportFigures.objects.get(document=paper).values["I-05"] == [5, 5, 100.0]


def test_only_tables_with_enough_figures_have_a_chart():
    head = ["Наставники", "До", "После", "Изменение", "Разброс", "Человек"]
    rows = [["Комфорт", "4", "5", "+1", FEW, "4"], ["Теория", "–", "–", "–", "не показано", "3"], ["Практика", "6", "7,8", "+1,8", "0,8", "5"]]  # fmt: skip
    assert chart_of(head, rows) is None
    found = chart_of(head, [*rows, ["Поддержка", "6,5", "6", "−0,5", "1", "5"]])
    assert (found.labels, found.series, found.greatest) == (["Практика", "Поддержка"], [("до", [6.0, 6.5]), ("после", [7.8, 6.0])], 10)  # fmt: skip
    assert chart_of(["Критерий", "Баллы"], [["Цели", "2 из 2"]]) is None
    shares = [["Охват: среди всех", "50 %", "5 из 10", "нет данных"], ["Пары: за год", "8", "", "7"], ["Планы: среди", "0 %", "0 из 3", "12,5 %"]]  # fmt: skip
    found = chart_of(["Участники", "Значение", "Сколько из скольких", "Год назад"], shares)
    assert (found.labels, found.series, found.unit) == (["Охват", "Планы"], [("за период", [50.0, 0.0]), ("год назад", [None, 12.5])], " %")  # fmt: skip


@pytest.mark.papers
@pytest.mark.req("R-708")
def test_pdf_and_word_pass_the_checks_and_both_have_the_picture(curator, head, answered, client_for):  # fmt: skip
    paper = a_report(curator)
    answer = client_for(curator).get(reverse("document_pdf", args=[paper.organization.slug, paper.pk, "monitoring_report"]))  # fmt: skip
    pdf = b"".join(answer.streaming_content) if answer.streaming else answer.content
    word = renditions.current_docx(paper)
    assert check_pdf(pdf) == []
    assert check_docx(word, pdf) == []
    pictures = docx.Document(io.BytesIO(word)).inline_shapes
    assert [one._inline.docPr.get("descr") for one in pictures] == ["Столбики, наставляемые: среднее до и после. Те же цифры – в таблице выше."]  # fmt: skip
    assert word == renditions.current_docx(paper)


def test_page_of_monitoring_begins_the_report(curator, head, client_for):
    client, slug = client_for(curator), curator.organization.slug
    assert "kind=monitoring_report" in client.get(reverse("monitoring", args=[slug])).content.decode()  # fmt: skip
    data = {"figures": YEAR, "author": curator.person_id, "day": TODAY.isoformat()}
    client.post(reverse("document_new", args=[slug]) + "?kind=monitoring_report", data)
    assert Document.objects.get(kind="monitoring_report").title == "о мониторинге реализации системы наставничества за 2026/2027 учебный год"  # fmt: skip
