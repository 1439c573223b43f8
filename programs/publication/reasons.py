"""Why an item of a person is shown at an address or is not, and what to do about it; for the cabinet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from people import consent_rules
from people.models import Consent, DisseminationChoice, Person, PublicAddress
from people.models.consents import ConsentKind, PublicItem
from programs.models import PublicSection

ITEMS = (PublicItem.NAME, PublicItem.POST, PublicItem.PHOTO)
SHORT = {PublicItem.NAME: "имя", PublicItem.POST: "должность", PublicItem.PHOTO: "фотография"}


@dataclass(frozen=True)
class Answer:
    """One item at one address; `why` is empty when shown."""

    item: PublicItem
    shown: bool
    why: str = ""

    @property
    def label(self) -> str:
        return SHORT[self.item]


@dataclass(frozen=True)
class AtAddress:
    address: PublicAddress
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class PersonStanding:
    """`why` and `consent`: of the whole consent when none is in force; `until`: last day of the one in force."""

    places: tuple[AtAddress, ...]
    why: str
    consent: Consent | None
    until: dt.date | None

    @property
    def complete(self) -> bool:
        """Nothing is left to ask for."""
        return all(answer.shown for place in self.places for answer in place.answers)


def addresses_of(section: PublicSection) -> list[PublicAddress]:
    """Where the section appears: its page in the portal and, if named, the page of the school's site."""
    return [one for one in (section.page_address, section.site_address) if one]


def standings(section: PublicSection, people: Iterable[Person], on: dt.date) -> dict[int, PersonStanding]:  # fmt: skip
    """Every person with every item at every address; two queries whatever their number."""
    ids = {person.pk for person in people}
    found = consent_rules.standing(ids, ConsentKind.DISSEMINATION, on)
    valid = [one.consent.pk for one in found.values() if one.valid]
    rows = DisseminationChoice.objects.of(section.organization).filter(consent__in=valid)
    choices = {(row.consent_id, row.item, row.address_id): row for row in rows}
    places = addresses_of(section)
    return {pk: of_person(found[pk], places, choices) for pk in ids}


def of_person(standing, places: list[PublicAddress], choices: dict) -> PersonStanding:
    consent = standing.consent
    told = tuple(
        AtAddress(place, tuple(answer(standing, place, item, choices) for item in ITEMS)) for place in places
    )  # fmt: skip
    until = consent.valid_until if standing.valid and consent else None
    return PersonStanding(told, standing.why, consent, until)


def answer(standing, place: PublicAddress, item: PublicItem, choices: dict) -> Answer:
    """The same answer as the gate's, in words."""
    if not standing.valid:
        return Answer(item, False, "согласия нет")
    if place.archived:
        return Answer(item, False, "адрес больше не используется")
    choice = choices.get((standing.consent.pk, item, place.pk))
    if choice is None:
        return Answer(item, False, "в согласии не названо")
    if not choice.allowed:
        return Answer(item, False, "человек не разрешил")
    if choice.condition:
        return Answer(item, False, f"с условием «{choice.condition}»")
    return Answer(item, True)


def hidden_at(photo, told: dict[int, PersonStanding]) -> list[tuple[PublicAddress, list[str]]]:
    """Addresses where the photo is not shown, with the people who did not agree to it there."""
    found: dict[PublicAddress, list[str]] = {}
    for person in photo.people.all():
        for place in told[person.pk].places:
            if not all(one.shown for one in place.answers if one.item == PublicItem.PHOTO):
                found.setdefault(place.address, []).append(person.short_name)
    return list(found.items())
