"""Papers as Word files: the words of the PDF, tables, headings, margins, and what LibreOffice prints."""

import io

import docx
import pytest

from mentoring.core.paper_checks import check_docx
from mentoring.core.pdf import render_pdf
from mentoring.core.word import render_docx
from tests.core.paper_samples import STAMPS, order_body, paper_html, samples

pytestmark = pytest.mark.papers


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One LibreOffice profile for all files of this module."""
    return tmp_path_factory.mktemp("office")


@pytest.mark.parametrize("name", sorted(samples()))
def test_word_says_what_the_pdf_says(name, office):
    html = samples()[name]
    made = render_docx(html, landscape=name == "roadmap")
    assert check_docx(made, render_pdf(html), profile=office) == []


def test_same_html_gives_the_same_file():
    html = samples()["regulation"]
    assert render_docx(html) == render_docx(html)


def test_stamps_and_signature_are_borderless_tables():
    html = paper_html(order_body(2), stamps=STAMPS)
    document = docx.Document(io.BytesIO(render_docx(html)))
    stamps, signature = document.tables
    assert {table.style.name for table in document.tables} == {"Layout"}
    assert [cell.paragraphs[0].text for cell in stamps.rows[0].cells] == [
        "ПРИНЯТО",
        "УЧТЕНО МНЕНИЕ",
        "УТВЕРЖДЕНО",
    ]
    assert [cell.text for cell in signature.rows[0].cells] == [
        "Заведующий",
        "О.В.\N{NO-BREAK SPACE}Белозёрская",
    ]


def test_paragraphs_before_the_signature_go_with_it():
    document = docx.Document(io.BytesIO(render_docx(samples()["order"])))
    *_, last_but_one, last = document.paragraphs
    assert [last_but_one.paragraph_format.keep_with_next, last.paragraph_format.keep_with_next] == [
        True,
        True,
    ]


def test_title_and_language_are_in_the_properties():
    document = docx.Document(io.BytesIO(render_docx(samples()["order"], title="Приказ о кураторе")))
    assert (document.core_properties.title, document.core_properties.language) == (
        "Приказ о кураторе",
        "ru-RU",
    )


def test_row_spans_reach_word_and_annex_starts_a_page():
    document = docx.Document(io.BytesIO(render_docx(samples()["roadmap"], landscape=True)))
    stage = document.tables[0].columns[1].cells
    assert stage[1]._tc is stage[2]._tc
    regulation = docx.Document(io.BytesIO(render_docx(samples()["regulation"])))
    annex = next(p for p in regulation.paragraphs if p.text.startswith("Приложение 1."))
    assert (annex.style.name, annex.paragraph_format.page_break_before) == ("Heading 2", True)
