"""The checker finds each planted fault: a checker that is never red proves nothing."""

import io

import docx
import pytest

from mentoring.core import pdf
from mentoring.core.paper_checks import check_docx, check_pdf
from mentoring.core.word import render_docx
from tests.core.paper_samples import order_body, paper_html, regulation_body, roadmap_body, samples

pytestmark = pytest.mark.papers


def faults(html: str, css: str = "", **options) -> str:
    """Faults of a paper drawn with the portal's style sheet and a planted rule after it."""
    planted = html.replace("</head>", f"<style>{css}</style></head>")
    return "\n".join(check_pdf(pdf.render_pdf(planted), **options))


LONG = samples()["order-long"]


@pytest.mark.parametrize(
    ("css", "fault"),
    [
        ("@page { margin-left: 20mm !important }", "заходит на поле"),
        ("@page { margin-right: 5mm !important }", "заходит на поле"),
        ("@page { margin-bottom: 12mm !important }", "заходит на поле"),
        (".text p { font-size: 11pt }", "кеглем 11.0"),
        (".title { font-size: 18pt !important }", "кеглем 18.0"),
        (
            "@page :first { @top-center { content: counter(page) !important } }",
            "на первой странице есть номер",
        ),
        ("@page { @top-center { content: none !important } }", "нет номера страницы"),
        ("@page { @top-center { content: '7' !important } }", "нет номера страницы"),
        ("@page { @top-center { width: 100%; text-align: right } }", "не по центру"),
        (
            "@page { @top-center { vertical-align: top !important; padding-top: 4mm } }",
            "ближе 10 мм",
        ),
        ("html { font-family: 'DejaVu Sans' }", "чужой шрифт"),
        ("@page { size: A4 landscape !important }", "расположен не так"),
    ],
)
def test_layout_faults_are_found(css, fault):
    assert fault in faults(LONG, css, is_order=True)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("ПРИКАЗЫВАЮ:", "РЕШИЛ:", "ПРИКАЗЫВАЮ"),
        (">ПРИКАЗ<", ">РАСПОРЯЖЕНИЕ<", "слово «ПРИКАЗ»"),
        ("80/8</span>", "</span>", "дата и номер"),
        (">Об утверждении", ">Утвердить", "заголовок"),
        ("работников</h1>", "работников.</h1>", "с точкой"),
        ("О.В.&nbsp;Белозёрская", "", "подпись"),
        ("Назначить", "[[куратор]]", "незаполненное место: [[куратор]]"),
        ("Назначить", "С 1 сентября 2026 г.. Назначить", "две точки подряд: «г..»"),
        ("Назначить", "Assign", "латинские буквы"),
        ("Назначить", "Hазначить", "латинские буквы"),
        ('lang="ru"', "", "PDF/UA-1"),
    ],
)
def test_faults_of_the_text_are_found(old, new, fault):
    html = LONG.replace("\N{NO-BREAK SPACE}", "&nbsp;")
    assert old in html
    assert fault in faults(html.replace(old, new), is_order=True)


def test_requisites_in_a_wrong_order_are_found():
    place = '<div class="place" custom-style="Place"><p>г.\N{NO-BREAK SPACE}Заречный</p></div>'
    assert place in LONG
    html = LONG.replace(place, "")
    assert "место составления" not in faults(LONG, is_order=True)
    assert "заголовок" in faults(html, is_order=True)


def test_addresses_roman_numerals_and_hashes_are_no_foreign_words():
    body = order_body(3).replace(
        "Контроль",
        "На сайте https://sad.example.ru/info в XX веке (sad@mail.example.ru), этап IV, контроль",
    )
    assert faults(paper_html(body), is_order=True) == ""


def test_head_that_is_not_repeated_is_found():
    html = paper_html(roadmap_body(), style="table")
    assert "не повторена шапка" in faults(
        html, "thead { display: table-row-group !important }", orientation="landscape"
    )


def test_lonely_signature_is_found():
    css = ".signature { break-before: page !important }"
    assert "вместе с подписью только 0" in faults(LONG, css, is_order=True)


def word_faults(change, html: str = samples()["order"]) -> str:
    """Faults of a Word file after `change(document)`."""
    document = docx.Document(io.BytesIO(render_docx(html)))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return "\n".join(check_docx(saved.getvalue(), pdf.render_pdf(html)))


def drop_word(document):
    document.paragraphs[-1].runs[-1].text = "Контроль"


def drop_heading(document):
    next(p for p in document.paragraphs if p.style.name == "Heading 1").style = "Body Text"


def widen(document):
    document.sections[0].left_margin = 0


def turn(document):
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width


def unnumber(document):
    document.sections[0].different_first_page_header_footer = False


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (drop_word, "слова Word и PDF расходятся"),
        (drop_heading, "заголовки Word и PDF расходятся"),
        (widen, "поля в Word"),
        (turn, "ориентация листа"),
        (unnumber, "нет номеров страниц"),
    ],
)
def test_faults_of_a_word_file_are_found(change, fault):
    assert fault in word_faults(change)


def test_lost_table_is_found():
    def drop(document):
        table = next(t for t in document.tables if t.style.name == "Table")
        table._tbl.getparent().remove(table._tbl)

    found = word_faults(drop, samples()["order-table"])
    assert "таблиц в Word 0, в PDF 1" in found


def test_broken_file_is_found():
    assert "не открывается" in check_docx(b"PK not a file", pdf.render_pdf(samples()["order"]))[0]


def test_regulation_of_many_pages_reads_back_in_order():
    from mentoring.core.paper_reading import read_pdf

    reading = read_pdf(pdf.render_pdf(paper_html(regulation_body(3, 5), style="local_act")))
    assert [
        reading.text.index(f" {number} Наставник") for number in ("1.1.", "2.3.", "3.5.")
    ] == sorted(reading.text.index(f" {number} Наставник") for number in ("1.1.", "2.3.", "3.5."))
