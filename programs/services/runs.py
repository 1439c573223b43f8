"""Runs of the matching: compute, change by hand, check the proof, send to the participants (R-401, R-501)."""

import datetime as dt

import numpy as np
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import journal
from programs.matching import (
    PARTS,
    MatchingError,
    Problem,
    contributions,
    reasons,
    score,
    solve,
    verify,
)
from programs.matching.score import parts
from programs.models import ForbiddenPair, MatchingChoice, MatchingRun, MentoringGroup
from programs.permissions import can_match
from programs.services import groups
from programs.services.matching_inputs import Bench, load
from programs.services.preferences import preferences

USUAL_WEIGHTS = {"needs": 40, "subject": 15, "experience": 10, "form": 10, "schedule": 10, "wishes": 10, "continuity": 5}  # fmt: skip
EXTRAS = {"wishes", "continuity"}  # good when there, nothing missing when not
TITLES = {
    "needs": "опыт отвечает запросу",
    "subject": "предмет или возраст детей",
    "experience": "разница в опыте",
    "form": "форма и вид",
    "schedule": "время и способ встреч",
    "wishes": "взаимные пожелания",
    "continuity": "уже работали вместе",
}


@transaction.atomic
def compute(
    *, on: dt.date, by: Membership, weights: dict | None = None, balance: float = 0, form: str = "", fixed=(),
) -> MatchingRun:  # fmt: skip
    """Solve and keep the task, the answer and its proof; nobody is told. `fixed`: pairs of person ids."""
    can_match(by).require()
    weights = weights or USUAL_WEIGHTS
    bench = load(by.organization, on=on, wishes=preferences(by.organization, by=by), form=form)
    if not bench.mentees:
        raise RuleError("Подбирать некому: у всех в банке уже есть пара, или банк наставляемых пуст.")  # fmt: skip
    tables = parts(*bench.people, bench.wishes)
    try:
        points = np.where(bench.forbidden, np.nan, score(tables, weights))
        problem = problem_of(bench, points, fixed, balance)
        found = solve(problem)
    except MatchingError as error:
        raise RuleError(str(error)) from error
    covered = tables["needs"] > 0
    left = [vars(row) | {"mentors": list(row.mentors)} for row in reasons(problem, found, covered)]
    run = MatchingRun(
        organization=by.organization, on=on, weights=weights, balance=balance, form=form, created_by=by,
        task=kept(problem), prices={str(key): price for key, price in found.prices.items()}, total=round(found.total, 2),
        left=left,
    )  # fmt: skip
    run.full_clean()
    choices = made_choices(run, bench, tables, found, fixed)
    save(run, choices, by=by)
    return run


def save(run: MatchingRun, choices: list[MatchingChoice], *, by: Membership) -> None:
    """Three inserts whatever the number of pairs (on SQLite its batches)."""
    run.save()
    MatchingChoice.objects.bulk_create(choices)
    journal.record(by, "matching.run", run)


def problem_of(bench: Bench, points: np.ndarray, fixed, balance: float) -> Problem:
    return Problem(
        mentees=[card.person_id for card in bench.mentees],
        must=bench.must,
        mentors=[card.person_id for card in bench.mentors],
        capacity=bench.capacity,
        scores=points,
        fixed=list(fixed),
        balance=balance,
    )


def kept(problem: Problem) -> dict:
    """The task as JSON: ids, places and points, null for a forbidden pair."""
    scores = [[None if np.isnan(cell) else cell for cell in row] for row in problem.scores.tolist()]
    return {
        "mentees": list(problem.mentees), "must": problem.must.tolist(), "mentors": list(problem.mentors),
        "capacity": problem.capacity.tolist(), "scores": scores, "fixed": [list(pair) for pair in problem.fixed],
    }  # fmt: skip


def problem_from(run: MatchingRun) -> Problem:
    task = run.task
    shape = (len(task["mentees"]), len(task["mentors"]))
    cells = [np.nan if cell is None else cell for row in task["scores"] for cell in row]
    return Problem(
        task["mentees"], np.array(task["must"], bool), task["mentors"], np.array(task["capacity"], int),
        np.array(cells, float).reshape(shape), [tuple(pair) for pair in task["fixed"]], run.balance,
    )  # fmt: skip


def made_choices(
    run: MatchingRun, bench: Bench, tables: dict, found, fixed
) -> list[MatchingChoice]:
    """One row a mentee, those left too."""
    rows = {card.person_id: place for place, card in enumerate(bench.mentees)}
    columns = {card.person_id: place for place, card in enumerate(bench.mentors)}
    mentor_of, held = dict(found.pairs), set(map(tuple, fixed))
    served = [(rows[mentee], columns[mentor]) for mentee, mentor in found.pairs]
    each = (
        contributions(tables, run.weights, *map(list, zip(*served, strict=True))) if served else {}
    )
    at = {mentee: place for place, (mentee, _) in enumerate(found.pairs)}
    choices = []
    for card in bench.mentees:
        mentor = mentor_of.get(card.person_id)
        given = {name: float(values[at[card.person_id]]) for name, values in each.items()} if mentor else {}  # fmt: skip
        choices.append(
            MatchingChoice(
                organization=run.organization, run=run, mentee_id=card.person_id, mentor_id=mentor, best_id=mentor,
                parts=given, score=round(sum(given.values()), 2), locked=(card.person_id, mentor) in held,
            )
        )  # fmt: skip
    return choices


def choices_of(run: MatchingRun) -> list[MatchingChoice]:
    """All rows of the run with their people, the weakest first; one query."""
    return list(run.choices.select_related("mentor", "mentee", "best").order_by("score", "pk"))


def proven(run: MatchingRun, choices: list[MatchingChoice] | None = None) -> bool:
    """Whether the kept prices prove the kept answer of the solver; hand-made moves do not count."""
    rows = choices_of(run) if choices is None else choices
    pairs = [(row.mentee_id, row.best_id) for row in rows if row.best_id]
    prices = {int(key): price for key, price in run.prices.items()}
    return verify(problem_from(run), pairs, prices)


def locked_run(run: MatchingRun) -> MatchingRun:
    fresh = MatchingRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if fresh.state != MatchingRun.State.DRAFT:
        raise RuleError("Этот подбор уже предложен участникам. Сделайте новый.")
    return fresh


@transaction.atomic
def move(choice: MatchingChoice, *, mentor: Person | None, by: Membership) -> float:
    """Give the mentee another mentor by hand, or none; returns how much the total changed, in points."""
    can_match(by).require()
    run = locked_run(choice.run)
    points = point_of(run, choice.mentee_id, mentor.pk) if mentor else 0.0
    if mentor:
        check_place(run, choice, mentor)
    change = round(points - choice.score, 2)
    choice.mentor, choice.score, choice.locked = mentor, points, mentor is not None
    choice.parts = parts_of(run, choice, by) if mentor else {}
    choice.save(update_fields=["mentor", "score", "parts", "locked"])
    MatchingRun.objects.filter(pk=run.pk).update(total=round(run.total + change, 2))
    journal.record(by, "matching.moved", run)
    return change


def point_of(run: MatchingRun, mentee: int, mentor: int) -> float:
    task = run.task
    if mentor not in task["mentors"]:
        raise RuleError("Этого наставника в подборе нет. Выберите из списка.", "mentor")
    points = task["scores"][task["mentees"].index(mentee)][task["mentors"].index(mentor)]
    if points is None:
        raise RuleError("Эта пара запрещена. Сначала снимите запрет.", "mentor")
    return points


def check_place(run: MatchingRun, choice: MatchingChoice, mentor: Person) -> None:
    capacity = run.task["capacity"][run.task["mentors"].index(mentor.pk)]
    taken = run.choices.filter(mentor=mentor).exclude(pk=choice.pk).count()
    if taken >= capacity:
        raise RuleError(f"У наставника {mentor.short_name} в этом подборе заняты все места ({capacity}). Сначала освободите одно.", "mentor")  # fmt: skip


def parts_of(run: MatchingRun, choice: MatchingChoice, by: Membership) -> dict:
    """Points by part of a pair chosen by hand, as the people are today."""
    bench = load(
        run.organization, on=run.on, wishes=preferences(run.organization, by=by), form=run.form
    )
    rows = [card.person_id for card in bench.mentees]
    columns = [card.person_id for card in bench.mentors]
    if choice.mentee_id not in rows or choice.mentor_id not in columns:
        return {}
    place = [rows.index(choice.mentee_id)], [columns.index(choice.mentor_id)]
    found = contributions(parts(*bench.people, bench.wishes), run.weights, *place)
    return {name: float(values[0]) for name, values in found.items()}


@transaction.atomic
def set_lock(choice: MatchingChoice, *, locked: bool, by: Membership) -> None:
    """A locked pair stays as it is in the next computation."""
    can_match(by).require()
    locked_run(choice.run)
    if locked and not choice.mentor_id:
        raise RuleError("Закрепить можно только пару.")
    choice.locked = locked
    choice.save(update_fields=["locked"])


@transaction.atomic
def forbid(
    mentor: Person, mentee: Person, *, reason: str, by: Membership, note: str = ""
) -> ForbiddenPair:
    """A hard rule from now on; computations made before keep what they were."""
    can_match(by).require()
    if ForbiddenPair.objects.filter(mentor=mentor, mentee=mentee).exists():
        raise RuleError("Этот запрет уже записан.")
    ban = ForbiddenPair(organization=by.organization, mentor=mentor, mentee=mentee, reason=reason, note=note)  # fmt: skip
    ban.full_clean()
    ban.save()
    journal.record(by, "pair.forbidden", ban)
    return ban


@transaction.atomic
def allow(ban: ForbiddenPair, *, by: Membership) -> None:
    can_match(by).require()
    journal.record(by, "pair.allowed", ban)
    ban.delete()


def again(run: MatchingRun, *, on: dt.date, by: Membership) -> MatchingRun:
    """Compute anew with the locked pairs fixed and today's bans."""
    fixed = run.choices.filter(locked=True, mentor__isnull=False).values_list("mentee", "mentor")
    return compute(on=on, by=by, weights=run.weights, balance=run.balance, form=run.form, fixed=list(fixed))  # fmt: skip


@transaction.atomic
def weigh(choice: MatchingChoice, *, by: Membership, **marks) -> None:
    """Both criteria of the decision in a mark and a word (R-506)."""
    can_match(by).require()
    locked_run(choice.run)
    for name, value in marks.items():
        setattr(choice, name, value)
    choice.full_clean()
    choice.save(update_fields=list(marks))


@transaction.atomic
def send(
    run: MatchingRun, *, on: dt.date, by: Membership, answer_by: dt.date | None = None, together: bool = False
) -> list[MentoringGroup]:  # fmt: skip
    """Propose every pair of the run to its people; until then nobody knows.

    `together`: the mentees of one mentor become one group instead of a pair each.
    """
    can_match(by).require()
    run = locked_run(run)
    chosen = run.choices.filter(mentor__isnull=False).select_related(
        "mentor", "mentee__organization"
    )
    if not chosen:
        raise RuleError("В подборе нет ни одной пары.")
    ordered = chosen.order_by("mentor__last_name", "mentee__last_name", "pk")
    found = [
        groups.propose(
            rows[0].mentor, [row.mentee for row in rows], on=on, by=by, origin=MentoringGroup.Origin.RUN,
            form=run.form, answer_by=answer_by, **marks(rows),
        )
        for rows in proposals(ordered, together)
    ]  # fmt: skip
    run.state = MatchingRun.State.SENT
    run.save(update_fields=["state"])
    journal.record(by, "matching.sent", run)
    return found


def proposals(choices, together: bool) -> list[list[MatchingChoice]]:
    """Choices that become one proposal each, in the given order."""
    found: dict[int, list[MatchingChoice]] = {}
    for row in choices:
        found.setdefault(row.mentor_id if together else -row.pk, []).append(row)
    return list(found.values())


def marks(rows: list[MatchingChoice]) -> dict:
    """Both criteria of the decision; of a group the lowest mark and every word once."""
    found = {}
    for name in ("profile", "interest"):
        given = [mark for row in rows if (mark := getattr(row, f"{name}_mark"))]
        words = dict.fromkeys(word for row in rows if (word := getattr(row, f"{name}_word")))
        found |= {
            f"{name}_mark": min(given, default=None),
            f"{name}_word": "; ".join(words)[:300],
        }
    return found


def in_words(choice: MatchingChoice, weights: dict) -> dict[str, list[str]]:
    """«Почему»: what fits and what does not, the strongest first; words for the list (complaint 40)."""
    total = sum(float(weights.get(name, 0)) for name in PARTS) or 1
    shares = {
        name: choice.parts.get(name, 0) / (100 * float(weights[name]) / total)
        for name in PARTS
        if float(weights.get(name, 0)) and name in choice.parts
    }
    ordered = sorted(shares, key=lambda name: -choice.parts[name])
    return {
        "fits": [TITLES[name] for name in ordered if shares[name] >= 0.66],
        "misses": [TITLES[name] for name in ordered if shares[name] <= 0.34 and name not in EXTRAS],
    }
