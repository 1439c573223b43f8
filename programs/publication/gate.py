"""Who may be shown in the public section, item by item and address by address (152-ФЗ, ст. 10.1; N-3).

A person is shown only where a dissemination consent in force names exactly that item at every address where the output
appears. Silence, refusal, withdrawal, an expired term, an archived address and a condition that only a human can weigh all
mean «no».
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

from people.models import Consent, DisseminationChoice, Person
from people.models.consents import ConsentKind, PublicItem
from programs.models import PublicSection


class Place(StrEnum):
    """Where an output appears."""

    PAGE = "page"  # the section in the portal, its feeds and calendar
    EMBED = "embed"  # the same inside the school's site, by frame or script
    ARCHIVE = "archive"  # files on the school's site, without people
    ARCHIVE_PEOPLE = "archive_people"


def addresses(section: PublicSection, place: Place) -> frozenset[int]:
    """Addresses that a consent must name, all of them; empty where nobody is ever shown."""
    page, site = section.page_address_id, section.site_address_id
    wanted = {
        Place.PAGE: (page,), Place.EMBED: (page, site), Place.ARCHIVE_PEOPLE: (site,), Place.ARCHIVE: (None,),
    }[place]  # fmt: skip
    return frozenset() if None in wanted else frozenset(wanted)


class Gate:
    """Answers for one output of one day; one query for all its people.

    `ends_on`: the last day on which everybody who was let through may stay (None: no term); `people`: who was let through
    with anything.
    """

    def __init__(
        self, section: PublicSection, place: Place, people: Iterable[Person | int], on: dt.date
    ):
        self.wanted = addresses(section, place)
        self.ends_on: dt.date | None = None
        self.people: set[int] = set()
        self.allowed: dict[int, dict[str, dt.date | None]] = {}
        ids = {one if isinstance(one, int) else one.pk for one in people}
        if self.wanted and ids:
            self.allowed = read(self.wanted, ids, on)

    def may(self, person: Person | int, item: PublicItem) -> bool:
        """Remembers the term of every yes: the output must be made anew after it."""
        pk = person if isinstance(person, int) else person.pk
        terms = self.allowed.get(pk, {})
        if item not in terms:
            return False
        self.people.add(pk)
        if terms[item] and (self.ends_on is None or terms[item] < self.ends_on):
            self.ends_on = terms[item]
        return True

    def name(self, person: Person, instead: str) -> str:
        return person.full_name if self.may(person, PublicItem.NAME) else instead


def read(
    wanted: frozenset[int], ids: set[int], on: dt.date
) -> dict[int, dict[str, dt.date | None]]:
    """person → item → last day of the consent that allows it at every wanted address."""
    valid = Consent.objects.valid_on(on).filter(person__in=ids, kind=ConsentKind.DISSEMINATION)
    choices = DisseminationChoice.objects.filter(
        consent__in=valid, allowed=True, condition="", address__in=wanted, address__archived=False
    )
    places: dict[tuple[int, str], set[int]] = defaultdict(set)
    terms: dict[tuple[int, str], list[dt.date]] = defaultdict(list)
    rows = choices.values_list("consent__person", "item", "address", "consent__valid_until")
    for person, item, address, until in rows:
        places[person, item].add(address)
        if until:
            terms[person, item].append(until)
    found: dict[int, dict[str, dt.date | None]] = defaultdict(dict)
    for (person, item), named in places.items():
        if named == wanted:
            found[person][item] = min(terms[person, item], default=None)
    return found
