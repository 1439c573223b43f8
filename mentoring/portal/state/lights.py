"""One line of «Состояние»: a traffic light that is also said in words."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Colour(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


# Colour → (class of the pill, its sign, its word); worst first.
WORDS = {
    Colour.RED: ("late", "!", "требует действий"),
    Colour.YELLOW: ("wait", "◷", "обратите внимание"),
    Colour.GREEN: ("done", "✓", "в порядке"),
}
WORST_FIRST = list(WORDS)


@dataclass(frozen=True)
class Light:
    """`meaning`: what the line is about; `step`: what to do next, empty where nothing is to be done."""

    code: str
    title: str
    colour: Colour
    value: str
    meaning: str
    step: str = ""

    @property
    def pill(self) -> tuple[str, str, str]:
        return WORDS[self.colour]

    def as_data(self) -> dict:
        return {**asdict(self), "colour": str(self.colour)}


def worst(*colours: Colour) -> Colour:
    return min(colours, key=WORST_FIRST.index, default=Colour.GREEN)


def above(value, yellow, red) -> Colour:
    """Red above the one bound, yellow above the other."""
    return Colour.RED if value > red else Colour.YELLOW if value > yellow else Colour.GREEN


def size(number: float) -> str:
    """«1,5 ГБ»"""
    units = ["Б", "КБ", "МБ", "ГБ", "ТБ"]
    while number >= 1024 and len(units) > 1:
        number /= 1024
        units.pop(0)
    return f"{number:.1f}".replace(".", ",").removesuffix(",0") + f" {units[0]}"


def span(seconds: float) -> str:
    """«3 мин», «5 ч», «2 дн.»"""
    for length, unit in ((86400, "дн."), (3600, "ч"), (60, "мин")):
        if seconds >= length:
            return f"{int(seconds // length)}\N{NO-BREAK SPACE}{unit}"
    return f"{max(int(seconds), 0)}\N{NO-BREAK SPACE}с"
