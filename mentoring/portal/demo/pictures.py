"""Drawn pictures for the demo: a classroom, a table, a window, a portrait without a face. Nobody real is on them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

WIDE, TALL = (1200, 800), (600, 800)
WALL, FLOOR, WOOD, PAPER, INK = "#f1ebdf", "#cdbb9c", "#a9825a", "#fffdf7", "#4b5a60"


def classroom(accent: str) -> SimpleUploadedFile:
    """Board and rows of desks."""
    image, pen = canvas(WIDE, WALL)
    pen.rectangle((0, 560, 1200, 800), fill=FLOOR)
    pen.rectangle((330, 110, 870, 370), fill=accent, outline=WOOD, width=14)
    for place, length in enumerate((320, 240, 280)):
        pen.line((390, 180 + 55 * place, 390 + length, 180 + 55 * place), fill=PAPER, width=8)
    for row in range(2):
        for place in range(4):
            left, top = 110 + 260 * place, 500 + 140 * row
            pen.rounded_rectangle((left, top, left + 200, top + 26), 8, fill=WOOD)
            pen.rectangle((left + 16, top + 26, left + 28, top + 96), fill=INK)
            pen.rectangle((left + 172, top + 26, left + 184, top + 96), fill=INK)
    return upload(image)


def round_table(accent: str) -> SimpleUploadedFile:
    """A table from above with notebooks and cups."""
    image, pen = canvas(WIDE, "#dfe6e3")
    pen.ellipse((240, 80, 960, 720), fill=WOOD)
    pen.ellipse((270, 105, 930, 695), fill="#c29a6d")
    for left, top, colour in ((350, 220, PAPER), (640, 190, accent), (660, 460, PAPER), (360, 470, accent)):  # fmt: skip
        pen.rounded_rectangle((left, top, left + 180, top + 120), 10, fill=colour, outline=INK, width=3)  # fmt: skip
        pen.line((left + 90, top, left + 90, top + 120), fill=INK, width=3)
    for left, top in ((560, 300), (590, 430)):
        pen.ellipse((left, top, left + 70, top + 70), fill=PAPER, outline=INK, width=4)
        pen.ellipse((left + 14, top + 14, left + 56, top + 56), fill="#7a4f2e")
    return upload(image)


def window(accent: str) -> SimpleUploadedFile:
    """A window, a flower, a pile of books."""
    image, pen = canvas(WIDE, WALL)
    pen.rectangle((300, 80, 900, 560), fill="#bcd9e8", outline=PAPER, width=22)
    pen.line((600, 80, 600, 560), fill=PAPER, width=18)
    pen.ellipse((700, 140, 820, 260), fill="#fbe6a2")
    pen.rectangle((220, 560, 980, 610), fill=PAPER)
    pen.polygon([(380, 470), (480, 470), (462, 560), (398, 560)], fill="#b5573a")
    for left, top in ((340, 360), (400, 310), (460, 370)):
        pen.ellipse((left, top, left + 70, top + 110), fill="#5d8f55")
    for place, colour in enumerate((accent, "#b98d3e", INK)):
        pen.rounded_rectangle((690, 522 - 38 * place, 900, 558 - 38 * place), 6, fill=colour)
    return upload(image)


def portrait(accent: str) -> SimpleUploadedFile:
    """Head and shoulders without a face: a stand-in for a photo."""
    image, pen = canvas(TALL, "#e3e8e6")
    pen.ellipse((60, 480, 540, 1060), fill=accent)
    pen.rectangle((260, 400, 340, 520), fill="#d9b79a")
    pen.ellipse((190, 170, 410, 450), fill="#e6c8ad")
    pen.pieslice((175, 140, 425, 430), 180, 360, fill="#6b4b35")
    return upload(image)


def canvas(size: tuple[int, int], colour: str):
    image = Image.new("RGB", size, colour)
    return image, ImageDraw.Draw(image)


def upload(image: Image.Image) -> SimpleUploadedFile:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return SimpleUploadedFile("снимок.jpg", out.getvalue(), "image/jpeg")
