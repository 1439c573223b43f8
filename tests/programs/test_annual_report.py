"""The annual analytic report of the curator (R-221)."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Person
from programs.monitoring.values import Value
from programs.services import report_figures
from roadmap.models import Document
from roadmap.services import drafts, evidence
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.year import year_of
from tests.factories import make_person
from tests.programs.test_indicators import pair
from tests.roadmap.doors import pdf_text
from tests.roadmap.makers import approve, send

TODAY = timezone.localdate()
YEAR = str(year_of(TODAY))


def two_in_a_pair(school) -> None:
    mentor, mentee = (make_person(school, last_name=name) for name in ("Орлова", "Зимина"))
    pair(mentor, mentee, starts=dt.date(int(YEAR), 9, 10))


def a_report(curator, **values) -> Document:
    answers = {"figures": YEAR, "author": curator.person_id, **values}
    return drafts.create_draft(kind="annual_report", day=TODAY, by=curator, values=answers)


@pytest.mark.req("R-221")
@pytest.mark.papers
def test_report_prints_figures_and_draft_conclusions(curator, head, client_for):
    two_in_a_pair(curator.organization)
    paper = a_report(curator, plans="Привлечь методистов")
    workers = Person.objects.of(curator.organization).filter(kind="employed").count()
    text = pdf_text(client_for(curator).get(reverse("document_pdf", args=[curator.organization.slug, paper.pk, "annual_report"])))  # fmt: skip
    assert f"2 из {workers}" in text
    assert "нет данных" in text
    assert "Охват педагогов наставничеством:" in text
    assert "Привлечь методистов." in text
    assert "УТВЕРЖД" in text.replace(" ", "")


def test_own_conclusions_replace_the_draft_and_stay(curator, head):
    paper = a_report(curator, conclusions="Год прошёл спокойно")
    assert "Год прошёл спокойно." in paper.body
    assert "Охват педагогов наставничеством: " not in paper.body.partition("Выводы")[2]


@pytest.mark.usefixtures("quick_papers")
def test_published_figures_stay_and_can_be_counted_anew(curator, head):
    two_in_a_pair(curator.organization)
    paper = approve(send(a_report(curator), curator), head, number="1")
    frozen = paper.editions.get().body
    make_person(curator.organization, last_name="Гусева")
    paper.refresh_from_db()
    assert paper.body == frozen
    again = a_report(curator)
    assert again.body != frozen


@pytest.mark.usefixtures("quick_papers")
def test_line_of_the_roadmap_closes_when_the_report_is_in_force(curator, head):
    roadmap = create_roadmap(template="recommended", year_start=int(YEAR), by=curator)
    line = roadmap.stages.filter(activities__code="curator_report").get().activities.get(code="curator_report")  # fmt: skip
    approve(send(a_report(curator), curator), head, number="1")
    evidence.settle(curator.organization, on=TODAY)
    line.refresh_from_db()
    assert line.progress == "done"


def test_a_year_that_nobody_offered_is_refused(curator, head):
    with pytest.raises(RuleError, match="период"):
        a_report(curator, figures="весна")


def test_conclusions_say_nothing_where_there_is_nothing():
    nothing = {code: Value(0, 0) for code in ("I-01", "I-05", "I-06", "I-07", "I-09", "I-17", "I-18")}  # fmt: skip
    nothing |= {"I-13": Value(0, None, 0.0), "I-14": Value(0)}
    assert report_figures.conclusions(nothing, nothing) == []


def test_button_on_the_page_of_figures_begins_the_report(curator, head, client_for):
    client, slug = client_for(curator), curator.organization.slug
    assert "kind=annual_report" in client.get(reverse("indicators", args=[slug])).content.decode()
    data = {"figures": YEAR, "author": curator.person_id, "day": TODAY.isoformat()}
    client.post(reverse("document_new", args=[slug]) + "?kind=annual_report", data)
    assert Document.objects.get(kind="annual_report").title.startswith("куратора о реализации системы наставничества за")  # fmt: skip


def test_head_reads_period_and_first_figures_before_opening(curator, head):
    two_in_a_pair(curator.organization)
    told = report_figures.digest(a_report(curator))
    assert f"01.09.{YEAR}" in told
    assert "наставники – 1, наставляемые – 1, пары и группы – 1" in told


def test_a_draft_without_a_period_says_what_is_missing(curator, head):
    paper = drafts.create_draft(kind="annual_report", day=TODAY, by=curator, values={"author": curator.person_id}, complete=False)  # fmt: skip
    assert "[[" in paper.body
    assert "Пороги" not in paper.body


def test_thresholds_end_with_a_full_stop_and_no_space_before_it(curator, head):
    assert re.search(r"дольше 30 дней\.\s*</p>", a_report(curator).body)
