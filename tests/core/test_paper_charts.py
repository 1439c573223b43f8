"""Charts of papers: outlines instead of letters, the same bytes each time, nothing drawn where there is no figure."""

import re

import pytest

from mentoring.core.paper_charts import LABELS, Bars, figure, svg, width_of, wrapped
from mentoring.core.pdf import render_picture
from mentoring.core.pdf_pages import page_count, page_png

BARS = Bars(
    ["Охват педагогов наставничеством", "Молодые специалисты среди наставляемых школы"],
    [("за период", [50.0, 66.7]), ("год назад", [None, 0.0])], 100, "Доли, «цифры» рядом", " %",
)  # fmt: skip


def test_a_chart_holds_no_letters_but_its_title():
    drawn = svg(BARS)
    assert re.findall(r">([^<]+)<", drawn) == ["Доли, «цифры» рядом"]
    assert drawn == svg(BARS)


def test_bars_are_as_long_as_their_numbers_and_no_data_has_none():
    lengths = re.findall(rf'<rect x="{LABELS}" y="[\d.]+" width="([\d.]+)"', svg(BARS))
    assert lengths == ["120.0", "160.1"]


def test_two_charts_of_a_paper_share_no_names():
    other = Bars(BARS.labels, BARS.series, 10, BARS.words)
    names = [set(re.findall(r' id="([^"]+)"', svg(one))) for one in (BARS, other)]
    assert names[0]
    assert names[0] & names[1] == set()


def test_long_labels_break_between_words():
    lines = wrapped(BARS.labels[1], LABELS)
    assert " ".join(lines) == BARS.labels[1]
    assert [width_of(line) <= LABELS for line in lines] == [True, True]


def test_words_for_a_screen_reader_are_escaped():
    assert 'aria-label="&lt;b&gt;&quot;"' in figure(Bars(["а"], [("б", [1.0])], 10, '<b>"'))


@pytest.mark.papers
def test_a_chart_becomes_one_picture():
    pdf = render_picture(svg(BARS))
    assert (page_count(pdf), page_png(pdf, 1)[1:4]) == (1, b"PNG")
