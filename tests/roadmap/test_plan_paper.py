"""The roadmap read back from its PDF: the school's columns, repeated heads, nothing cut."""

import datetime as dt
import io

import pdfplumber
import pytest
from django.urls import reverse

from roadmap.services import drafts, plan_edit
from roadmap.services.plan_templates import create_roadmap
from tests.roadmap.test_plan_pages import approve

pytestmark = pytest.mark.papers
DAY = dt.date(2026, 9, 1)
MM = 72 / 25.4


def paper_pages(client, roadmap, curator) -> list:
    """Pages of the draft's PDF as the curator downloads it."""
    draft = drafts.create_draft(kind="roadmap", day=DAY, by=curator, roadmap=roadmap)
    answer = client.get(
        reverse("document_pdf", args=[roadmap.organization.slug, draft.pk, "roadmap"])
    )
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    return pdfplumber.open(io.BytesIO(content)).pages


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.req("R-109", "R-113")
@pytest.mark.parametrize("template", ["licey-45", "school-21", "solnyshko", "ds-127"])
def test_paper_prints_the_schools_columns_and_every_line(client_for, head, curator, template):
    roadmap = create_roadmap(template=template, year_start=2026, by=curator)
    pages = paper_pages(client_for(curator), roadmap, curator)
    printed = {
        squeezed(cell) for page in pages for row in page.extract_table() for cell in row if cell
    }
    headings = [squeezed(one["heading"]) for one in roadmap.shown_columns]
    for page in pages:
        assert page.width > page.height
        assert [squeezed(cell) for cell in page.extract_table()[0]] == headings
        assert max(word["bottom"] for word in page.extract_words()) <= page.height - 20 * MM + 1
    titles = [line.title for stage in roadmap.stages.all() for line in stage.activities.all()]
    assert [title for title in titles if squeezed(title) not in printed] == []


@pytest.mark.req("R-114", "R-115")
def test_paper_prints_periods_and_responsible(client_for, head, curator):
    roadmap = create_roadmap(template="", title="План", year_start=2026, by=curator)
    stage = plan_edit.add_stage(
        roadmap, by=curator, title="Этап", period_kind="months", month_from=9, month_to=10
    )
    line = {"stage": stage.pk, "by": curator, "persons": [curator.person], "roles": ["all_staff"]}
    plan_edit.add_activity(roadmap, title="Собрать анкеты", **line)
    [page] = paper_pages(client_for(curator), roadmap, curator)
    rows = [[" ".join((cell or "").split()) for cell in row] for row in page.extract_table()]
    assert rows[1] == [
        "1.", "Этап", "", "Собрать анкеты", "Сентябрь–октябрь", "Весь коллектив, Ким А.С.",
    ]  # fmt: skip


def test_a_hidden_column_is_not_printed(client_for, head, curator):
    roadmap = create_roadmap(template="ddt", year_start=None, by=curator)
    pages = paper_pages(client_for(curator), roadmap, curator)
    assert all(len(page.extract_table()[0]) == 3 for page in pages)


@pytest.mark.req("R-109")
def test_a_draft_follows_the_working_rows_and_an_edition_does_not(client_for, head, curator):
    roadmap = create_roadmap(template="", title="План", year_start=2026, by=curator)
    stage = plan_edit.add_stage(roadmap, by=curator, title="Прежнее имя")
    approve(roadmap, head)
    plan_edit.edit_node(roadmap, "stage", stage.pk, by=curator, title="Новое имя")
    [page] = paper_pages(client_for(curator), roadmap, curator)
    assert "Новое имя" in page.extract_text()
    shown = client_for(head).get(roadmap.get_absolute_url()).content.decode()
    assert "изменено название" in shown
