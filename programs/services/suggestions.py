"""For each mentee without a pair the three best mentors and why: the plain list of a small school (R-401)."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from people.models import Membership, MenteeProfile, Person
from programs.matching import contributions, score
from programs.matching.score import parts
from programs.models import MatchingChoice
from programs.permissions import can_match
from programs.services.matching_inputs import load
from programs.services.preferences import preferences
from programs.services.runs import USUAL_WEIGHTS, in_words

BEST = 3


@dataclass(frozen=True)
class Suggestion:
    """`words`: what fits and what does not."""

    mentor: Person
    score: float
    words: dict[str, list[str]]
    free: int


def suggest(membership: Membership, *, on: dt.date) -> list[tuple[MenteeProfile, list[Suggestion]]]:
    """In the order of names; a full mentor is shown last with no place."""
    can_match(membership).require()
    bench = load(membership.organization, on=on, wishes=preferences(membership.organization, by=membership))  # fmt: skip
    tables = parts(*bench.people, bench.wishes)
    points = np.where(bench.forbidden, -1, score(tables, USUAL_WEIGHTS))
    points = np.where(bench.capacity > 0, points, -1) if len(bench.mentors) else points
    found = []
    for row, card in enumerate(bench.mentees):
        best = [int(column) for column in np.argsort(-points[row], kind="stable")[:BEST] if points[row, column] >= 0]  # fmt: skip
        found.append((card, [suggestion(bench, tables, points, row, column) for column in best]))
    return sorted(found, key=lambda item: item[0].person.full_name)


def suggestion(bench, tables, points, row: int, column: int) -> Suggestion:
    given = contributions(tables, USUAL_WEIGHTS, [row], [column])
    choice = MatchingChoice(parts={name: float(values[0]) for name, values in given.items()})
    card = bench.mentors[column]
    return Suggestion(card.person, float(points[row, column]), in_words(choice, USUAL_WEIGHTS), int(bench.capacity[column]))  # fmt: skip
