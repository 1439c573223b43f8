"""Tables of the prints stay on the sheet."""

import io

import pypdfium2
import pytest

from programs.prints.programs import print_development_plan, print_program
from tests.programs.makers import DAY
from tests.programs.makers_programs import fresh

MM = 72 / 25.4
RIGHT_MARGIN = 15 * MM


@pytest.mark.papers
def test_no_line_of_a_table_leaves_the_sheet(pair, program):
    for pdf in (print_program(fresh(program)), print_development_plan(fresh(program), pair.mentee.person, on=DAY)):  # fmt: skip
        for page in pypdfium2.PdfDocument(io.BytesIO(pdf)):
            edge = page.get_width() - RIGHT_MARGIN + 1
            rights = [shape.get_bounds()[2] for shape in page.get_objects()]
            assert max(rights, default=0) <= edge
