"""Photos for the public section are drawn anew (R-911)."""

import io

import pytest
from PIL import Image

from mentoring.core import pictures
from mentoring.core.errors import RuleError

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"


def drawn(kind="JPEG", size=(60, 40), mode="RGB", colour="red", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def opened(picture: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_jpeg_of_the_same_size(kind):
    picture = pictures.cleaned(drawn(kind))
    assert (opened(picture).format, picture.width, picture.height) == ("JPEG", 60, 40)


def test_a_large_photo_is_made_small():
    picture = pictures.cleaned(drawn(size=(4000, 3000)))
    assert (picture.width, picture.height) == (1600, 1200)


def test_a_photo_is_turned_upright_and_loses_its_metadata():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera of Vetrova"
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 20.0)
    content = drawn(exif=exif, comment=b"Vetrova")
    assert b"Vetrova" in content
    picture = pictures.cleaned(content)
    assert (picture.width, picture.height) == (40, 60)
    assert dict(opened(picture).getexif()) == {}
    assert b"Vetrova" not in picture.content


def test_bytes_behind_the_picture_do_not_come_along():
    picture = pictures.cleaned(drawn() + HTML)
    assert b"script" not in picture.content


def test_transparency_becomes_white():
    picture = pictures.cleaned(drawn("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(picture).getpixel((5, 5)) == (255, 255, 255)


def test_fifty_megapixels_are_refused_before_they_are_unpacked():
    content = drawn("PNG", size=(10000, 5000), mode="1", colour=0)
    assert len(content) < 50_000
    with pytest.raises(RuleError, match="На снимке 50 млн точек, а портал берёт до 40 млн"):
        pictures.cleaned(content)


@pytest.mark.parametrize("side", [11_000, 20_000])
def test_a_bomb_is_refused_with_the_same_sentence(side):
    with pytest.raises(RuleError, match="точек, а портал берёт до 40 млн"):
        pictures.cleaned(drawn("PNG", size=(side, side), mode="1", colour=0))


@pytest.mark.parametrize("content", [
    SVG, HTML, b"", b"\xff\xd8\xff\xe0 not a photo", drawn()[:300], drawn("GIF"), drawn("BMP"), b"%PDF-1.7\n%%EOF",
])  # fmt: skip
def test_what_is_no_photo_is_refused_with_the_next_step(content):
    with pytest.raises(RuleError, match="Это не фотография"):
        pictures.cleaned(content)
