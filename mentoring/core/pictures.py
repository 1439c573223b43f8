"""Photos that are shown outside: looked into, turned upright, made small, stripped of metadata, written anew.

What comes out was drawn by us pixel by pixel: no place, camera, name or script of the original is left in it.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from mentoring.core.errors import RuleError

FORMATS = ("JPEG", "PNG", "WEBP")  # SVG runs scripts, HEIC is not read everywhere
MAX_PIXELS = 40_000_000  # 160 MB once unpacked
SIDE = 1600
QUALITY = 82
UNREADABLE = "Это не фотография JPEG, PNG или WebP, или файл повреждён. Сохраните снимок в одном из этих видов и приложите снова."
# The header says how many pixels there are before one of them is unpacked; Pillow's own limits may speak first.
BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


@dataclass(frozen=True)
class Picture:
    """JPEG bytes and size in pixels."""

    content: bytes
    width: int
    height: int


def cleaned(content: bytes, field: str = "file") -> Picture:
    """The same picture, at most SIDE pixels a side; RuleError with the next step when it cannot be one."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            check_size(image.width, image.height, field)
            return redrawn(image)
    except BOMBS:
        raise RuleError(too_big("слишком много"), field) from None
    except BROKEN:
        raise RuleError(UNREADABLE, field) from None


def check_size(width: int, height: int, field: str) -> None:
    if width * height > MAX_PIXELS:
        raise RuleError(too_big(f"{round(width * height / 1_000_000)} млн"), field)


def too_big(number: str) -> str:
    return f"На снимке {number} точек, а портал берёт до {MAX_PIXELS // 1_000_000} млн. Уменьшите его в любой программе для фотографий и приложите снова."


def redrawn(image: Image.Image) -> Picture:
    image.draft("RGB", (SIDE, SIDE))  # a JPEG is unpacked small at once
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    flat = on_white(upright)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(out.getvalue(), flat.width, flat.height)


def on_white(image: Image.Image) -> Image.Image:
    """A fresh canvas: transparency becomes white and nothing but pixels is carried over."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        canvas = Image.new("RGB", image.size, "white")
        canvas.paste(image, mask=image.getchannel("A"))
        return canvas
    canvas = Image.new("RGB", image.size)
    canvas.paste(image.convert("RGB"))
    return canvas
