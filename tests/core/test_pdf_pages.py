"""Pictures of pages: greys where nothing is coloured, colours where something is."""

import pytest
from PIL import Image

from mentoring.core.pdf_pages import with_few_colours


@pytest.mark.parametrize("shade", [0, 17, 136, 255])
def test_a_grey_page_keeps_its_greys_in_sixteen(shade):
    found = with_few_colours(Image.new("RGB", (4, 4), (shade,) * 3))
    assert (found.mode, found.convert("RGB").getpixel((0, 0))) == ("P", (shade,) * 3)
    assert found.getextrema()[1] < 16


def test_one_coloured_spot_keeps_its_colour():
    page = Image.new("RGB", (40, 40), "white")
    page.paste((200, 30, 30), (0, 0, 20, 20))
    red, green, blue = with_few_colours(page).convert("RGB").getpixel((5, 5))
    assert red > 150
    assert max(green, blue) < 80
