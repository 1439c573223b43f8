"""Links on a card of the bank to what upper floors know of the person.

`FINDERS`: functions (membership, card) → [(words, address)]; what the member may not open is not offered.
"""

from collections.abc import Callable

from people.models import Membership
from people.models.banks import BankCard

Link = tuple[str, str]
Finder = Callable[[Membership, BankCard], list[Link]]
FINDERS: list[Finder] = []


def register(find: Finder) -> None:
    FINDERS.append(find)


def links(membership: Membership, card: BankCard) -> list[Link]:
    return [link for find in FINDERS for link in find(membership, card)]
