"""The living roadmap: each line closes by its own fact, on the day of the fact (R-116).

Pages overlay the facts on the rows in memory (`overlay`), read anew when the school has changed
(`people/services/unchanged.py`); once a day, and whenever `settle` is called, the same states are
written down and stay even when rows change later.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from django.conf import settings
from django.db import transaction

from people.models import MenteeProfile, Organization
from people.models.banks import BankState
from people.services import journal
from people.services.counting import SCHOOL, Column, number_of, prepared, read
from people.services.unchanged import kept
from roadmap.evidence import ANY, REGISTRY, Fact, State, Window
from roadmap.models import Roadmap, RoadmapActivity

Progress = RoadmapActivity.Progress
NOBODY = "В банке наставляемых никого нет."
BANK = "bank"
FIELDS = ["progress", "progress_on", "progress_note", "by_fact"]


@cache
def facts_of_codes() -> dict[str, str]:
    """Meaning of an activity → code of the fact that closes it."""
    path = settings.BASE_DIR / "fixtures/activity_facts.json"
    return json.loads(path.read_text(encoding="utf-8"))


def fact_for(code: str, document_kind: str = "") -> str:
    """What closes a line of a template; a line about a paper closes when the paper is in force."""
    return facts_of_codes().get(code) or (f"paper:{document_kind}" if document_kind else "")


def window_of(roadmap: Roadmap, on: dt.date) -> Window:
    """A roadmap with years counts from the July before them to the end of August; one without counts always."""
    if roadmap.year_start is None:
        return Window(roadmap.organization, on)
    last = roadmap.year_start if roadmap.year_end is None else roadmap.year_end
    until = dt.date(last + 1, 8, 31)
    return Window(roadmap.organization, min(on, until), dt.date(roadmap.year_start, 7, 1), until)


def states(window: Window, codes: Iterable[str]) -> dict[str, State]:
    """How the facts stand on the last day of the window: one query whatever their number.

    The key "bank" says whether anybody is in the bank of mentees.
    """
    return states_of(codes, read(asked_of(codes), **window.keys))


def kept_states(window: Window, codes: Iterable[str]) -> dict[str, State]:
    """The same for a page: read anew when the school has changed."""
    codes, keys = sorted(codes), window.keys
    found = kept("facts", window.organization, (codes, keys), lambda: read(asked_of(codes), **keys))
    return states_of(codes, found)


def wanted(lines: Iterable[RoadmapActivity]) -> set[str]:
    """Facts worth reading: of lines that may still change. Each costs a millisecond to ask."""
    return {line.fact for line in lines if may_change(line)}


def asked_of(codes: Iterable[str]) -> dict[str, Column]:
    """What to read in one query, by name; sent with the keys of a window."""
    asked = {BANK: bank()}
    for code in codes:
        asked |= columns_of(code)
    return asked


@lru_cache(maxsize=1024)  # codes come from files of schools too
def columns_of(code: str) -> dict[str, Column]:
    """A fact in SQL, the same for all schools and days; an unknown code asks nothing."""
    fact = REGISTRY.get(code)
    if fact is None:
        return {}
    reading = fact.read(ANY)
    asked = {f"{code}|day{place}": one for place, one in enumerate(reading.days)}
    for name in ("done", "total", "begun"):
        if getattr(reading, name) is not None:
            asked[f"{code}|{name}"] = getattr(reading, name)
    return prepared(asked)


@cache
def bank() -> Column:
    mentees = MenteeProfile.objects.exclude(state=BankState.LEFT).filter(entered_on__lte=ANY.last)
    return prepared({BANK: number_of(mentees, SCHOOL)})[BANK]


def states_of(codes: Iterable[str], found: dict) -> dict[str, State]:
    """`found`: what `asked_of` these codes has read."""
    parts: dict[str, dict] = defaultdict(dict)
    for name, value in found.items():
        code, _, part = name.partition("|")
        parts[code][part] = value
    result = {code: state_of(fact, parts[code]) for code in codes if (fact := REGISTRY.get(code))}
    return {**result, BANK: found[BANK]}


def state_of(fact: Fact, found: dict) -> State:
    days = [day for name, day in found.items() if name.startswith("day") and day]
    done, total = found.get("done"), found.get("total")
    begun = bool(found.get("begun") or done)
    if "total" not in found:
        day = min(days, default=None)
    else:
        day = max(days, default=None) if total and done >= total else None
    return State(fact, day, done, total, begun)


def may_change(line: RoadmapActivity) -> bool:
    """What a person marked stays; a closed line stays closed: papers are replaced and people leave, the deed was done."""
    own = line.progress == Progress.PLANNED or line.by_fact
    return own and not (line.by_fact and line.progress == Progress.DONE)


def apply(line: RoadmapActivity, found: dict, on: dt.date) -> bool:
    """Put what the fact says on the row in memory; True when the row changed.

    A line «при наличии, при необходимости» is not needed while nobody is
    in the bank of mentees, and opens again when somebody comes.
    """
    if not may_change(line):
        return False
    before = [getattr(line, name) for name in FIELDS]
    state = found.get(line.fact)
    if state and state.day:
        mark(line, Progress.DONE, state.day, state.fact.title)
    elif line.conditional and not found[BANK]:
        if line.progress != Progress.NOT_NEEDED:
            mark(line, Progress.NOT_NEEDED, on, NOBODY)
    elif state and state.begun:
        mark(line, Progress.RUNNING, None, "")
    else:
        mark(line, Progress.PLANNED, None, "")
        line.by_fact = False
    return before != [getattr(line, name) for name in FIELDS]


def mark(line: RoadmapActivity, progress: str, day: dt.date | None, note: str) -> None:
    line.progress, line.progress_on = progress, day
    line.progress_note, line.by_fact = note[:1].upper() + note[1:], True


def overlay(plan, on: dt.date) -> dict:
    """Show the facts on a loaded plan (`PlanView`): rows in memory change, nothing is saved. Two queries at most."""
    if plan.roadmap.closed_on:
        return {}
    lines = plan.lines
    found = kept_states(window_of(plan.roadmap, on), wanted(line.node for line in lines))
    for line in lines:
        line.state = found.get(line.node.fact)
        apply(line.node, found, on)
    return found


@transaction.atomic
def settle(organization: Organization, *, on: dt.date) -> int:
    """Write down what the facts have closed by that day; called daily by `manage.py remind`.

    Returns how many lines changed. A line closes on the day of its fact, whenever this runs.
    """
    changed = 0
    roadmaps = Roadmap.objects.of(organization).filter(closed_on=None)  # fmt: skip
    for roadmap in roadmaps.select_for_update(of=("self",)):
        window = window_of(roadmap, on)
        if not window.since <= on <= window.until:
            continue
        rows = RoadmapActivity.objects.of(organization).filter(stage__roadmap=roadmap)
        lines = list(rows.exclude(fact="") | rows.filter(conditional=True))  # fmt: skip
        found = states(window, wanted(lines))
        moved = [line for line in lines if apply(line, found, on)]
        RoadmapActivity.objects.bulk_update(moved, FIELDS)
        if moved:
            journal.record(None, "roadmap.settled", roadmap, organization=organization)
        changed += len(moved)
    return changed
