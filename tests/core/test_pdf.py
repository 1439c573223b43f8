"""Papers as PDF: every sample passes the checker, the signature never stands alone, nothing is loaded from outside."""

import io

import pdfplumber
import pytest

from mentoring.core import checks, pdf
from mentoring.core.paper_checks import check_pdf, render_pages, signature_faults
from mentoring.core.paper_reading import read_pdf
from tests.core.paper_samples import LONG_NAME, STAMPS, order_body, paper_html, people, samples

pytestmark = pytest.mark.papers


@pytest.mark.parametrize("name", sorted(samples()))
def test_sample_is_an_official_paper(name):
    made = pdf.render_pdf(samples()[name])
    orientation = "landscape" if name == "roadmap" else "portrait"
    assert check_pdf(made, orientation=orientation, is_order=name.startswith("order")) == []


@pytest.mark.parametrize("items", range(1, 41))
def test_signature_takes_two_lines_of_text_along(items):
    tail = "<p>" + "Ответственность за нарушение сроков несёт куратор. " * (items % 4) + "</p>"
    reading = read_pdf(pdf.render_pdf(paper_html(order_body(items) + tail)))
    assert signature_faults(reading) == []
    assert "Белозёрская" in reading.text


@pytest.mark.parametrize("rows", range(3, 40, 4))
def test_signature_after_a_table_takes_rows_along(rows):
    cells = "".join(f"<tr><td>{i}</td><td>Лугова Елена Ильинична</td></tr>" for i in range(rows))
    body = order_body(2) + f"<table><tr><th>№</th><th>Наставник</th></tr>{cells}</table>"
    assert check_pdf(pdf.render_pdf(paper_html(body)), is_order=True) == []


def test_acknowledgement_stays_whole_when_it_fits_and_repeats_its_head_when_it_does_not():
    short = read_pdf(pdf.render_pdf(paper_html(order_body(3), acknowledgement=people(4))))
    assert [
        sheet.number for sheet in short.sheets if any(part.head for part in sheet.fragments)
    ] == [len(short.sheets)]
    long = read_pdf(pdf.render_pdf(paper_html(order_body(3), acknowledgement=people(60))))
    parts = [part for sheet in long.sheets for part in sheet.fragments]
    assert len(parts) > 1
    assert {part.head for part in parts} == {"Должность Подпись И.О. Фамилия Дата"}
    assert long.tables() == 1


def test_same_html_gives_the_same_bytes():
    html = samples()["order-4"]
    assert pdf.render_pdf(html) == pdf.render_pdf(html)


def test_check_block_stands_at_the_lower_right_of_the_first_sheet_only():
    with pdfplumber.open(io.BytesIO(pdf.render_pdf(samples()["order-long"]))) as opened:
        first, *others = opened.pages
        words = first.extract_words()
        code = next(word for word in words if word["text"].startswith("7KQM"))
        text_ends = max(word["bottom"] for word in words if word["bottom"] < code["top"] - 20)
        assert code["bottom"] < first.height - 20 * 72 / 25.4
        assert text_ends < code["top"]
        assert all("7KQM" not in page.extract_text() for page in others)


def test_long_names_and_many_stamps_stay_inside_the_margins():
    html = paper_html(
        order_body(2),
        style="local_act",
        letterhead={"full_name": LONG_NAME, "short_name": "МБДОУ"},
        stamps=STAMPS * 2,
    )
    assert check_pdf(pdf.render_pdf(html)) == []


def test_foreign_address_is_refused():
    html = paper_html('<p>Герб: <img alt="герб" src="https://example.org/arms.png"></p>')
    with pytest.raises(pdf.ForeignAddress, match="чужого адреса"):
        pdf.render_pdf(html)


def test_missing_font_is_an_error_in_russian(monkeypatch):
    monkeypatch.setattr(pdf, "font_installed", lambda: False)
    monkeypatch.setattr(checks, "font_installed", lambda: False)
    with pytest.raises(pdf.PdfError, match="fonts-liberation"):
        pdf.render_pdf(samples()["order"])
    assert [fault.id for fault in checks.paper_font()] == ["core.E001"]


def test_missing_subsetting_library_is_a_warning(monkeypatch):
    monkeypatch.setattr(checks, "subsetting_installed", lambda: False)
    assert [fault.id for fault in checks.paper_subsetting()] == ["core.W001"]


def test_pages_become_numbered_pictures(tmp_path):
    made = pdf.render_pdf(samples()["order-30"])
    old = tmp_path / "curator_order-9.png"
    old.write_bytes(b"")
    pictures = render_pages(made, tmp_path, "curator_order")
    assert [path.name for path in pictures] == [
        "curator_order-1.png",
        "curator_order-2.png",
        "curator_order-3.png",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>1</td><td>" + "Длинное описание работы наставника. " * 150 + "</td></tr>",
        '<tr><td rowspan="60">1</td><td>Первое дело</td></tr>' + "<tr><td>Дело</td></tr>" * 59,
    ],
    ids=["row taller than a page", "cell over three pages"],
)
def test_cells_of_several_pages_keep_the_head_and_the_tags(table):
    body = f"<table><tr><th>№</th><th>Дело</th></tr>{table}</table>"
    made = pdf.render_pdf(paper_html(body, style="table"))
    assert check_pdf(made, orientation="landscape") == []
