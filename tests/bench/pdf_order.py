"""One order as PDF/UA, warm, against a bare WeasyPrint call on the same HTML and style sheet."""

import weasyprint

from mentoring.core.pdf import STYLE_SHEET, render_pdf
from tests.bench.timing import Result, compare
from tests.core.paper_samples import order_body, paper_html

GOAL = 1.1


def run() -> list[Result]:
    html = paper_html(order_body())
    sheet = weasyprint.CSS(
        filename=str(STYLE_SHEET)
    )  # parsed beforehand: the floor must not pay for reading it

    def bare() -> bytes:
        return weasyprint.HTML(string=html).write_pdf(stylesheets=[sheet])

    return [compare("pdf_order", lambda: render_pdf(html), bare, goal=GOAL, repeats=25)]
