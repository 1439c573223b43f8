"""Pages of an upper floor about a paper, shown in the column beside it."""

from collections.abc import Callable

from people.models import Membership
from roadmap.models import Document

# Code of a kind → function (document, member who looks): pairs (words, name of an address that takes the id of the paper).
LINKS: dict[str, Callable[[Document, Membership], list[tuple[str, str]]]] = {}


def links_of(document: Document, by: Membership) -> list[tuple[str, str]]:
    found = LINKS.get(document.kind)
    return found(document, by) if found else []
