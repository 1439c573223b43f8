"""What the optimum does not see in a computed distribution: lone groups, mirrored pairs, who would rather be elsewhere."""

from dataclasses import dataclass

import numpy as np

from people.models import MentorProfile, Person
from programs.matching import PARTS
from programs.models import GroupMember, MatchingChoice, MatchingRun
from programs.models.groups import OPEN_STATES

GROUP_KIND = "group"  # code of the catalogue
LEAST_GROUP = 2
MOST_BLOCKING = 10


@dataclass(frozen=True)
class Warning:
    """`choice`: the pair that taking out of the run mends it."""

    words: str
    choice: MatchingChoice


def warnings(run: MatchingRun, pairs: list[MatchingChoice]) -> list[Warning]:
    """`pairs`: choices of the run with a mentor, people loaded."""
    return [*lone_groups(run, pairs), *mirrored(pairs), *mirrors_of_working(run, pairs)]


def lone_groups(run: MatchingRun, pairs: list[MatchingChoice]) -> list[Warning]:
    """Mentors who offer group work only and got less than a group; one query."""
    led: dict[int, list[MatchingChoice]] = {}
    for row in pairs:
        led.setdefault(row.mentor_id, []).append(row)
    lone = [rows[0] for rows in led.values() if len(rows) < LEAST_GROUP]
    cards = MentorProfile.objects.of(run.organization).filter(
        person__in=[row.mentor_id for row in lone]
    )
    only = {
        person for person, kinds in cards.values_list("person", "kinds") if kinds == [GROUP_KIND]
    }
    return [
        Warning(f"{row.mentor.short_name} ведёт только группы (от {LEAST_GROUP} человек), в подборе у группы один человек – {row.mentee.short_name}", row)
        for row in lone if row.mentor_id in only
    ]  # fmt: skip


def mirrored(pairs: list[MatchingChoice]) -> list[Warning]:
    """Two people proposed to each other; the weaker direction is the one to take out."""
    at = {(row.mentee_id, row.mentor_id): row for row in pairs}
    found = []
    for row in pairs:
        other = at.get((row.mentor_id, row.mentee_id))
        if other and (row.score, row.pk) < (other.score, other.pk):
            found.append(Warning(mirror_words(row), row))
    return found


def mirror_words(row: MatchingChoice) -> str:
    return f"{row.mentor.short_name} и {row.mentee.short_name} – наставники друг друга."


def mirrors_of_working(run: MatchingRun, pairs: list[MatchingChoice]) -> list[Warning]:
    """The mentee already leads the proposed mentor in an open pair; one query."""
    rows = GroupMember.objects.filter(
        organization=run.organization, ends_on=None, group__state__in=OPEN_STATES,
        group__mentor__in=[row.mentee_id for row in pairs],
    )  # fmt: skip
    led = set(rows.values_list("group__mentor", "person"))
    return [Warning(mirror_words(row), row) for row in pairs if (row.mentee_id, row.mentor_id) in led]  # fmt: skip


@dataclass(frozen=True)
class Blocking:
    """A pair in which both sides would gain points over what the run gives them."""

    mentee: Person
    mentor: Person
    gain_mentee: float
    gain_mentor: float


def blocking(run: MatchingRun) -> list[Blocking]:
    """Strongest first, at most `MOST_BLOCKING`: the price that the best total has for some people.

    A mentor gains by a free place or by more points than the weakest of those given to him.
    """
    task, chosen = run.task, dict(run.choices.values_list("mentee", "mentor"))
    scores = np.array([[np.nan if cell is None else cell for cell in row] for row in task["scores"]], float)  # fmt: skip
    if not scores.size:
        return []
    columns = {pk: place for place, pk in enumerate(task["mentors"])}
    given = np.array([columns.get(chosen.get(pk), -1) for pk in task["mentees"]])
    own = np.where(given >= 0, scores[np.arange(len(given)), given], 0)
    weakest = np.array([weakest_of(scores, given, place, room) for place, room in enumerate(task["capacity"])])  # fmt: skip
    gains = np.stack([scores - own[:, None], scores - weakest[None, :]])
    both = np.nan_to_num(gains.min(axis=0), nan=-1)
    both[np.arange(len(given))[given >= 0], given[given >= 0]] = -1
    rows, places = np.nonzero(both > 0.5)
    order = sorted(zip(rows, places, strict=True), key=lambda at: (-both[at], at))[:MOST_BLOCKING]
    wanted = [(task["mentees"][row], task["mentors"][place]) for row, place in order]
    people = Person.objects.of(run.organization).in_bulk({pk for pair in wanted for pk in pair})
    return [
        Blocking(people[mentee], people[mentor], *(float(value) for value in gains[:, row, place]))
        for (row, place), (mentee, mentor) in zip(order, wanted, strict=True)
    ]


def weakest_of(scores: np.ndarray, given: np.ndarray, place: int, room: int) -> float:
    mine = scores[given == place, place]
    if not room:
        return np.inf
    return 0.0 if len(mine) < room else float(mine.min())


@dataclass(frozen=True)
class Difference:
    mentee: Person
    first: Person | None
    second: Person | None
    first_score: float
    second_score: float


def compare(first: MatchingRun, second: MatchingRun) -> list[Difference]:
    """Mentees whose mentor is not the same in both; two queries."""
    sides = [
        {row.mentee_id: row for row in run.choices.select_related("mentor", "mentee")}
        for run in (first, second)
    ]
    found = []
    for pk in sides[0].keys() | sides[1].keys():
        one, other = sides[0].get(pk), sides[1].get(pk)
        if (one and one.mentor_id) != (other and other.mentor_id):
            found.append(
                Difference(
                    (one or other).mentee, one and one.mentor, other and other.mentor,
                    one.score if one else 0, other.score if other else 0,
                )
            )  # fmt: skip
    return sorted(found, key=lambda row: row.mentee.full_name)


def weights_changed(first: MatchingRun, second: MatchingRun) -> list[tuple[str, float, float]]:
    """Parts whose weight is not the same."""
    pairs = [(name, first.weights.get(name, 0), second.weights.get(name, 0)) for name in PARTS]
    return [row for row in pairs if row[1] != row[2]]
