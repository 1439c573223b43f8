"""The Положение read back from its PDF, as the curator downloads it."""

import re

import pytest

from roadmap.services import drafts
from tests.roadmap.doors import pdf_text, url
from tests.roadmap.makers import DAY

PRINCIPLES = [
    "научность",
    "системность и стратегическая целостность",
    "легитимность",
    "обеспечение суверенных прав личности",
    "добровольность, свобода выбора и учёт многих факторов",
    "аксиологичность",
    "личная ответственность",
    "индивидуализация и персонализация",
    "равенство",
]


@pytest.fixture
def printed(client_for, head, curator) -> str:
    """Text of the regulation's PDF as the curator's browser gets it."""
    paper = drafts.create_draft(kind="regulation", day=DAY, by=curator)
    return pdf_text(client_for(curator).get(url("document_pdf", paper, paper.kind)))


def between(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end, text.index(start))]


@pytest.mark.req("R-123")
def test_the_regulation_prints_nine_numbered_principles(printed):
    clause = between(printed, "1.3. ", " 1.4. ")
    assert re.findall(r"(\d)\) (.+?) – ", clause) == [
        (str(number), name) for number, name in enumerate(PRINCIPLES, start=1)
    ]


@pytest.mark.req("R-124")
def test_the_regulation_prints_the_goal_and_nine_tasks(printed):
    goal = between(printed, "2.1. ", " 2.2. ")
    assert goal.startswith("2.1. Цель наставничества – создать в Организации среду")
    tasks = between(printed, "2.2. ", " 2.3. ")
    assert len(re.findall(r" – [а-я]", tasks)) == 9


@pytest.mark.req("R-107")
def test_the_regulation_has_nine_sections_and_its_annex(printed):
    headings = re.findall(r"(?<=\s)([1-9])\. ([А-Я].+?) \1\.1\. ", printed)
    assert [number for number, _ in headings] == list("123456789")
    assert "Приложение 1" in printed
