"""Registry of «Мои данные»: what the portal keeps about a person, topic by topic.

A topic registers `function(person) -> Section | None` in `AppConfig.ready()`; None leaves the topic out.
The page, the PDF (`person_extract`) and the JSON are made of the same sections. Texts of third parties
do not belong here: say that a record exists, its kind and date.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from people.models import Person


@dataclass(frozen=True)
class Section:
    """One topic. `rows`: tuples of Russian words under `columns`; without columns, pairs (label, value).

    `data`: the same for the JSON (built of the rows when not given); `links`: pairs (words, address) of
    the pages where the person may do something about it; `why`: the ground on which it is kept.
    """

    title: str
    rows: list[tuple] = field(default_factory=list)
    data: object = None
    columns: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    why: str = ""
    empty: str = "Ничего нет."

    @property
    def labelled(self) -> list[list[tuple[str, object]]]:
        """Rows as pairs (column, value), for the cards on a phone."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def as_data(self) -> object:
        """What goes into the JSON: `data`, else dicts by column, else label → value."""
        if self.data is not None:
            return self.data
        if self.columns:
            return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {str(label): value for label, value in self.rows}


Collect = Callable[[Person], Section | None]
_topics: dict[str, tuple[int, Collect]] = {}


def register(code: str, collect: Collect, *, place: int = 500) -> None:
    """Add a topic, or replace the one of that code; a smaller place comes first, the floor below takes 100…400."""
    _topics[code] = (place, collect)


def sections(person: Person) -> dict[str, Section]:
    """Every topic about the person by code."""
    topics = sorted(_topics.items(), key=lambda item: item[1][0])
    found = {code: collect(person) for code, (_, collect) in topics}
    return {code: section for code, section in found.items() if section is not None}
