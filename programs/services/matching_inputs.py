"""People of the banks as arrays for the matching; bans and wishes beside them."""

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np

from people.models import MenteeProfile, MentorProfile, Organization, Person
from people.models.banks import DeliveryMode
from people.services import catalogues
from programs.group_rules import IN_BANK, places_taken
from programs.matching.score import People, Wishes
from programs.models import ForbiddenPair, GroupMember
from programs.models.groups import OPEN_STATES, GroupState
from programs.services.preferences import Preferences

DELIVERY = {"": 0, DeliveryMode.MIXED: 0, DeliveryMode.IN_PERSON: 1, DeliveryMode.ONLINE: 2}
WORDS = re.compile(r"[,;]")


@dataclass
class Bench:
    """Cards in the order of the rows and columns; `forbidden`: bool n×m."""

    mentees: list[MenteeProfile]
    mentors: list[MentorProfile]
    must: np.ndarray
    capacity: np.ndarray
    people: tuple[People, People]
    wishes: Wishes
    forbidden: np.ndarray


def load(organization: Organization, *, on: dt.date, wishes: Preferences, form: str = "") -> Bench:
    """Approved people with a valid consent: mentees without a pair, mentors with their free places (R-402: of
    one form, if asked; who named no form fits each). Eight queries whatever the number."""
    mentees = cards(MenteeProfile, organization, on, form).prefetch_related("needs")
    busy = GroupMember.objects.of(organization).filter(ends_on=None, group__state__in=OPEN_STATES)
    mentees = list(mentees.exclude(person__in=busy.values("person")))
    mentors = list(cards(MentorProfile, organization, on, form).prefetch_related("strengths"))
    taken = places_taken([card.person_id for card in mentors], on)
    directions = [item.code for item in catalogues.all_items(organization, "direction")]
    return Bench(
        mentees=mentees,
        mentors=mentors,
        must=np.array([card.category == MenteeProfile.Category.YOUNG for card in mentees], bool),
        capacity=np.array([max(card.capacity - taken[card.person_id], 0) for card in mentors], int),
        people=arrays(mentees, mentors, directions, on),
        wishes=wishes_of(organization, mentees, mentors, wishes),
        forbidden=forbidden(organization, mentees, mentors, wishes),
    )


def cards(model, organization: Organization, on: dt.date, form: str):
    rows = model.objects.of(organization).with_consent(on=on).filter(state__in=IN_BANK)
    rows = rows.select_related("person").order_by("person_id")
    if form:
        fitting = [card.pk for card in rows if not card.forms or form in card.forms]
        rows = rows.filter(pk__in=fitting)
    return rows


def arrays(
    mentees: list, mentors: list, directions: list[str], on: dt.date
) -> tuple[People, People]:
    everybody = [*mentees, *mentors]
    subjects = numbered(card.subject.strip().lower() for card in everybody)
    forms = numbered(code for card in everybody for code in card.forms)
    kinds = numbered(code for card in everybody for code in card.kinds)
    times = numbered(word for card in everybody for word in words(card.schedule))

    def people(cards: list, themes: np.ndarray) -> People:
        return People(
            themes=themes,
            subject=np.array([subjects.get(card.subject.strip().lower(), -1) if card.subject.strip() else -1 for card in cards], int),
            years=np.array([years(card, on) for card in cards], float),
            forms=marked([card.forms for card in cards], forms),
            kinds=marked([card.kinds for card in cards], kinds),
            times=marked([words(card.schedule) for card in cards], times),
            delivery=np.array([DELIVERY[card.delivery_mode] for card in cards], int),
        )  # fmt: skip

    needs = levels([[(row.direction, row.weight) for row in card.needs.all()] for card in mentees], directions)  # fmt: skip
    strengths = levels([[(row.direction, row.level) for row in card.strengths.all()] for card in mentors], directions)  # fmt: skip
    return people(mentees, needs), people(mentors, strengths)


def numbered(values) -> dict:
    return {
        value: place for place, value in enumerate(sorted({value for value in values if value}))
    }


def words(schedule: str) -> list[str]:
    return [word.strip().lower() for word in WORDS.split(schedule) if word.strip()]


def years(card, on: dt.date) -> float:
    found = card.person.teaching_experience_on(on)
    return np.nan if found is None else found


def marked(rows: list[list[str]], places: dict[str, int]) -> np.ndarray:
    found = np.zeros((len(rows), len(places)), bool)
    for number, row in enumerate(rows):
        found[number, [places[code] for code in row if code in places]] = True
    return found


def levels(rows: list[list[tuple[str, int]]], directions: list[str]) -> np.ndarray:
    """The strongest entry of each direction."""
    places = {code: place for place, code in enumerate(directions)}
    found = np.zeros((len(rows), len(directions)), int)
    for number, row in enumerate(rows):
        for code, level in row:
            if code in places:
                found[number, places[code]] = max(found[number, places[code]], level)
    return found


def places_of(cards: list) -> dict[int, int]:
    return {card.person_id: place for place, card in enumerate(cards)}


def wishes_of(organization, mentees: list, mentors: list, wishes: Preferences) -> Wishes:
    """Wishes and former pairs as places of the arrays."""
    rows, columns = places_of(mentees), places_of(mentors)

    def placed(pairs: dict) -> dict:
        return {
            (rows[mentee], columns[mentor]): rank
            for (mentee, mentor), rank in pairs.items()
            if mentee in rows and mentor in columns
        }

    ended = GroupMember.objects.of(organization).filter(group__state=GroupState.ENDED, group__starts_on__isnull=False)  # fmt: skip
    before = dict.fromkeys(ended.values_list("person", "group__mentor"), 0)
    return Wishes(placed(wishes.of_mentees), placed(wishes.of_mentors), list(placed(before)))


def forbidden(organization, mentees: list, mentors: list, wishes: Preferences) -> np.ndarray:
    """Bans of the school, wishes not to be put together, a person with himself, a pupil above a worker."""
    rows, columns = places_of(mentees), places_of(mentors)
    adults = np.array([card.person.kind != Person.Kind.PUPIL for card in mentees], bool)
    pupils = np.array([card.person.kind == Person.Kind.PUPIL for card in mentors], bool)
    found = adults[:, None] & pupils[None, :]
    bans = ForbiddenPair.objects.of(organization).values_list("mentee", "mentor")
    same = [(pk, pk) for pk in rows.keys() & columns.keys()]
    for mentee, mentor in [*bans, *wishes.unwanted, *same]:
        if mentee in rows and mentor in columns:
            found[rows[mentee], columns[mentor]] = True
    return found
