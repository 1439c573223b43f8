"""The whole of what the public section shows at a place on a day (R-901…R-911).

Reading only, in a number of queries that does not grow with the rows (`tests/programs/test_public_content.py` says it):
each block reads its rows, one gate decides on all their people at once, then the blocks are made. Long lists go on
on their own pages, twenty rows each.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from people.models import Organization
from programs.models import PublicSection
from programs.publication import experience, news, papers, recognition, words
from programs.publication.blocks import Block, ordered
from programs.publication.gate import Gate, Place
from programs.publication.reading import PAGE, Asked, Part

# Rows of a block on the first page.
SIZES = {
    "announcements": 3, "news": 6, "photo_reports": 3, "results": 3, "practices": 6, "honours": 9, "contests": 5,
    "programs": 5, "recommendations": 5, "glossary": 5, "documents": 12, "norms": 8, "roadmap": 30,
}  # fmt: skip
# Blocks that have a page of their own.
LISTS = tuple(SIZES)


@dataclass(frozen=True)
class Shown:
    """A block with its items; `more` – there is a next page of it."""

    code: str
    title: str
    items: tuple
    more: bool = False

    @property
    def dated(self) -> bool:
        """Of the roadmap: some stage has a period."""
        return any(getattr(one, "period", "") for one in self.items)


@dataclass(frozen=True)
class Content:
    """What one output shows. `ends_on`: last day on which it is still right (None: no term); `people`: whoever is named or
    pictured in it, ids."""

    section: PublicSection
    place: Place
    on: dt.date
    blocks: tuple[Shown, ...]
    ends_on: dt.date | None
    people: frozenset[int]

    @property
    def organization(self) -> Organization:
        return self.section.organization

    def block(self, code: str) -> Shown | None:
        return next((one for one in self.blocks if one.code == code), None)


def build(section: PublicSection, place: Place, on: dt.date) -> Content:
    """The first page: blocks in the school's order, hidden and empty ones left out."""
    blocks = ordered(section)
    asked = {block.code: Asked(section, place, on, 0, SIZES.get(block.code, 1)) for block in blocks}
    return made(section, place, on, [(block, asked[block.code]) for block in blocks])


def build_list(section: PublicSection, place: Place, on: dt.date, code: str, page: int = 1) -> Content | None:  # fmt: skip
    """A page of one block; None when the block is hidden or the page is empty."""
    block = block_of(section, code)
    if block is None or code not in LISTS or page < 1:
        return None
    asked = Asked(section, place, on, (page - 1) * PAGE, PAGE)
    content = made(section, place, on, [(block, asked)])
    return content if content.blocks else None


def build_news(section: PublicSection, place: Place, on: dt.date, pk: int) -> Content | None:
    """One publication in full, under the block of its kind."""
    content = single(section, place, on, Block("news", ""), lambda asked: news.whole(asked, pk))
    if content is None:
        return None
    shown = content.blocks[0]
    block = block_of(section, news.BLOCK_OF[shown.items[0].kind])
    return replace(content, blocks=(replace(shown, code=block.code, title=block.title),))


def build_practice(section: PublicSection, place: Place, on: dt.date, pk: int) -> Content | None:
    block = block_of(section, "practices")
    words_of = experience.Words(section.organization)
    return block and single(section, place, on, block,
                            lambda asked: experience.whole_practice(asked, pk, words_of))  # fmt: skip


def block_of(section: PublicSection, code: str) -> Block | None:
    """The block with the school's title; None when it is hidden or unknown."""
    return next((one for one in ordered(section) if one.code == code), None)


def single(section, place, on, block: Block, read: Callable[[Asked], Part | None]) -> Content | None:  # fmt: skip
    asked = Asked(section, place, on)
    part = read(asked)
    if part is None:
        return None
    return finished(asked, [(block, asked, part)], part.ends)


def made(section: PublicSection, place: Place, on: dt.date, wanted: list[tuple[Block, Asked]]) -> Content:  # fmt: skip
    """Read all, open the gate once, make all."""
    whole = Asked(section, place, on)
    readers = Readers(whole, {block.code: asked for block, asked in wanted})
    parts = [(block, asked, readers.read(block.code, asked)) for block, asked in wanted]
    ends = [day for _, _, part in parts for day in part.ends]
    return finished(whole, parts, ends + news.next_on(whole))


def finished(asked: Asked, parts: list[tuple[Block, Asked, Part]], ends: list[dt.date]) -> Content:
    people = set().union(*(part.people for _, _, part in parts))
    gate = Gate(asked.section, asked.place, people, asked.on)
    blocks = []
    for block, of_block, part in parts:
        items = tuple(part.make(gate))
        if items:
            more = len(items) > of_block.size
            blocks.append(Shown(block.code, block.title, items[: of_block.size], more))
    ends = [*ends, *([gate.ends_on] if gate.ends_on else [])]
    return Content(asked.section, asked.place, asked.on, tuple(blocks), min(ends, default=None), frozenset(gate.people))  # fmt: skip


class Readers:
    """Block → how it is read; what several blocks need is read once."""

    def __init__(self, asked: Asked, wanted: dict[str, Asked]):
        self.words = experience.Words(asked.organization)
        self.papers = papers.Papers(asked)
        self.news = {
            code: news.rows_of(wanted[code], code) for code in news.KINDS if code in wanted
        }
        news.load_people([row for rows in self.news.values() for row in rows])

    def read(self, code: str, asked: Asked) -> Part:
        return getattr(self, f"read_{code}")(asked)

    def read_about(self, asked: Asked) -> Part:
        return words.about(asked)

    def read_announcements(self, asked: Asked) -> Part:
        return news.part(asked, self.news["announcements"])

    def read_news(self, asked: Asked) -> Part:
        return news.part(asked, self.news["news"])

    def read_photo_reports(self, asked: Asked) -> Part:
        return news.part(asked, self.news["photo_reports"])

    def read_results(self, asked: Asked) -> Part:
        """Stories about results first, then what stands in the cards: one list, counted through."""
        stories = self.news["results"]
        told, left = news.part(asked, stories), asked.size - len(stories)
        if left < 0:
            return told
        passed = news.number_of(asked, "results") if asked.start else 0
        kept = experience.results(replace(asked, start=max(asked.start - passed, 0), size=left))
        return Part(
            make=lambda gate: [*told.make(gate), *kept.make(gate)],
            people=told.people | kept.people, ends=told.ends,
        )  # fmt: skip

    def read_roadmap(self, asked: Asked) -> Part:
        return papers.roadmap(asked)

    def read_documents(self, asked: Asked) -> Part:
        return self.papers.documents(asked)

    def read_norms(self, asked: Asked) -> Part:
        return papers.norms(asked)

    def read_programs(self, asked: Asked) -> Part:
        return experience.running(asked, self.words)

    def read_practices(self, asked: Asked) -> Part:
        return experience.practices(asked, self.words)

    def read_honours(self, asked: Asked) -> Part:
        return recognition.honours(asked)

    def read_recommendations(self, asked: Asked) -> Part:
        return experience.recommendations(asked)

    def read_contests(self, asked: Asked) -> Part:
        return recognition.contests(asked)

    def read_join(self, asked: Asked) -> Part:
        return words.join(asked)

    def read_glossary(self, asked: Asked) -> Part:
        return self.papers.glossary(asked)

    def read_contacts(self, asked: Asked) -> Part:
        return words.contacts(asked)
