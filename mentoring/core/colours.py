"""Contrast of a school's colour (WCAG 2.2, 1.4.3 and 1.4.11): what may be read on white and on dark, and the nearest that may.

Colours are «#rrggbb»; luminance and contrast as WCAG defines them.
"""

import colorsys

from mentoring.core.errors import RuleError

WHITE = "#ffffff"
TEXT = "#1b1f23"  # ordinary text of the public pages; dark backgrounds of the special version are as dark
ON_WHITE = 4.5
# A link as dark as its text is no longer seen as a colour; navy (1.4) still is.
BESIDE_TEXT = 1.3
STEPS = 200


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """1 (the same) … 21 (black on white)."""
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_light(colour: str) -> bool:
    return contrast(colour, WHITE) < ON_WHITE


def too_dark(colour: str) -> bool:
    return luminance(colour) < luminance(TEXT) or contrast(colour, TEXT) < BESIDE_TEXT


def nearest(colour: str) -> str:
    """The same hue, darkened or lightened just enough to be allowed."""
    step = -1 if too_light(colour) else 1
    return shifted(colour, step, lambda one: too_light(one) or too_dark(one))


def on_dark(colour: str, dark: str = TEXT) -> str:
    """The same hue, light enough for text on a dark background."""
    return shifted(colour, 1, lambda one: contrast(one, dark) < ON_WHITE)


def shifted(colour: str, step: int, refused) -> str:
    """Move the lightness by 1/200 until the colour is no longer refused."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    for number in range(STEPS + 1):
        level = min(max(lightness + step * number / STEPS, 0), 1)
        parts = colorsys.hls_to_rgb(hue, level, saturation)
        found = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
        if not refused(found):
            return found
    raise ValueError(f"No shade of {colour} is allowed")


def check_accent(colour: str, field: str = "accent") -> None:
    """Refuse what cannot be read and say which shade can."""
    if too_light(colour):
        ratio = f"{contrast(colour, WHITE):.1f}".replace(".", ",")
        raise RuleError(f"Цвет {colour} слишком светлый: текст такого цвета на белом не прочесть (контраст {ratio} из нужных 4,5). Ближайший подходящий – {nearest(colour)}.", field)  # fmt: skip
    if too_dark(colour):
        raise RuleError(f"Цвет {colour} почти чёрный: его не отличить от обычного текста. Ближайший подходящий – {nearest(colour)}.", field)  # fmt: skip
