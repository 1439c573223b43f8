"""Record of a mentor for attestation (category «педагог-наставник», приказ № 196): rows are read once, then counted purely.

The paper leaves the school with the mentor, so mentees are initials and a post; what they answered is shown only as a mean.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils import timezone

from people.models import Person
from programs.models import (
    Award,
    ContestEntry,
    GroupMember,
    MentoringGroup,
    Practice,
    Program,
    Training,
)
from programs.models.programs import ProgramState

ALL = ""
HIDDEN_MENTEE = "наставляемый"


@dataclass(frozen=True)
class Span:
    """Days inclusive, and how a paper names them."""

    start: dt.date
    end: dt.date
    words: str

    def holds(self, day: dt.date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    def meets(self, start: dt.date, end: dt.date | None) -> bool:
        return start <= self.end and (end is None or end >= self.start)


@dataclass(frozen=True)
class Facts:
    """Everything read about a mentor; `shown`: mentees whose consent holds; `marks`: overall marks with the least number to show."""

    person: Person
    on: dt.date
    groups: list[MentoringGroup]
    shown: frozenset[int]
    forms: dict[str, str]
    trainings: list[Training]
    practices: list[Practice]
    entries: list[ContestEntry]
    awards: list[Award]
    marks: list[int]
    least: int
    note: str


@dataclass(frozen=True)
class PairLine:
    """One pair or group within the span; `programs`: (title, result)."""

    group: MentoringGroup
    mentees: list[str]
    since: dt.date
    until: dt.date | None
    form: str
    order: str
    programs: list[tuple[str, str]]
    meetings: int
    minutes: int

    @property
    def hours(self) -> float:
        return hours_of(self.minutes)


@dataclass(frozen=True)
class Record:
    facts: Facts
    span: Span
    pairs: list[PairLine]
    mentees: int
    completed: int
    trainings: list[Training] = field(default_factory=list)
    practices: list[Practice] = field(default_factory=list)
    entries: list[ContestEntry] = field(default_factory=list)
    awards: list[tuple[Award, str]] = field(default_factory=list)

    @property
    def meetings(self) -> int:
        return sum(one.meetings for one in self.pairs)

    @property
    def hours(self) -> float:
        return hours_of(sum(one.minutes for one in self.pairs))

    @property
    def satisfaction(self) -> str:
        """Over all time whatever the span: two spans side by side would tell a single answer."""
        marks = self.facts.marks
        if len(marks) < self.facts.least:
            return "мало ответов"
        mean = float(round(Fraction(sum(marks), len(marks)), 1))
        return f"{mean:.1f} из 10, ответов {len(marks)}".replace(".", ",", 1)


def spans(facts: Facts) -> dict[str, Span]:
    """All time first, then school years with pairs, the newest first; keys are what an address says."""
    found = {ALL: Span(dt.date.min, facts.on, "за всё время")}
    if facts.groups:
        first = facts.groups[0].starts_on
        for year in range(september(facts.on), september(first) - 1, -1):
            found[str(year)] = Span(dt.date(year, 9, 1), dt.date(year + 1, 8, 31), f"за {year}/{year + 1} учебный год")  # fmt: skip
    return found


def september(day: dt.date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def record(facts: Facts, span: Span) -> Record:
    """What of the facts lies within the span; no query."""
    groups = [one for one in facts.groups if span.meets(one.starts_on, one.ends_on)]
    people = {row.person_id for group in groups for row in group.members.all() if met(row, group, span)}  # fmt: skip
    completed = [one for group in groups for one in group.programs.all() if span.holds(one.completed_on)]  # fmt: skip
    return Record(
        facts, span, [pair_line(group, facts, span) for group in groups], len(people), len(completed),
        trainings=[one for one in facts.trainings if span.holds(one.ends_on)],
        practices=[one for one in facts.practices if span.holds(one.made_on)],
        entries=[one for one in facts.entries if in_span(contest_day(one), span)],
        awards=[(one, order_words(one)) for one in facts.awards if span.holds(one.decided_on)],
    )  # fmt: skip


def met(row: GroupMember, group: MentoringGroup, span: Span) -> bool:
    return span.meets(row.starts_on or group.starts_on, row.ends_on or group.ends_on)


def in_span(day: dt.date | None, span: Span) -> bool:
    """What has no day belongs to all time only."""
    return span.holds(day) if day else span.start == dt.date.min


def pair_line(group: MentoringGroup, facts: Facts, span: Span) -> PairLine:
    people = [row.person for row in group.members.all()]
    held = [one for program in group.programs.all() for one in program.held if span.holds(timezone.localdate(one.starts_at))]  # fmt: skip
    programs = [one for one in group.programs.all() if span.meets(one.starts_on, one.completed_on or one.ends_on)]  # fmt: skip
    return PairLine(
        group, [described(row.person, facts.shown) for row in group.members.all() if met(row, group, span)],
        group.starts_on, group.ends_on, facts.forms.get(group.form, ""), pair_order(group),
        [(nameless(one.title, people), nameless(result_of(one, facts.person), people)) for one in programs],
        len(held), sum(one.minutes for one in held),
    )  # fmt: skip


def described(person: Person, shown: frozenset[int]) -> str:
    """«З. О. И., учитель химии»; without a valid consent nothing but the role."""
    if person.pk not in shown:
        return HIDDEN_MENTEE
    letters = " ".join(f"{part[0]}." for part in (person.last_name, person.first_name, person.patronymic) if part)  # fmt: skip
    post = person.job_title or ("обучающийся" if person.kind == Person.Kind.PUPIL else "")
    return f"{letters}, {post}" if post else letters


def nameless(text: str, people: list[Person]) -> str:
    """Free words without the surnames of the mentees, in any case: «с Зиминой» → «с […]»."""
    for person in people:
        stem = re.sub("[аяйыоеь]+$", "", person.last_name) or person.last_name
        text = re.sub(rf"\b{re.escape(stem)}\w{{0,3}}\b", "[…]", text)
    return text


def result_of(program: Program, mentor: Person) -> str:
    if program.state != ProgramState.COMPLETED:
        return "идёт" if program.state == ProgramState.RUNNING else program.get_state_display()
    own = next((row.text for row in program.outcomes.all() if row.person_id == mentor.pk), "")
    reason = program.get_completion_reason_display()
    return f"завершена {program.completed_on:%d.%m.%Y}, {reason}" + (f". {own}" if own and own != reason else "")  # fmt: skip


def words_of_order(number: str, day: dt.date) -> str:
    return f"приказ от {day:%d.%m.%Y} №\u00a0{number}"


def pair_order(group: MentoringGroup) -> str:
    """Number and date of the order that put the pair in force."""
    if group.document and group.document.number:
        return words_of_order(group.document.number, group.document.dated_on)
    if group.paper_number and group.paper_date:
        return words_of_order(group.paper_number, group.paper_date)
    return ""


def order_words(award: Award) -> str:
    order = award.document
    if order and order.number:
        return words_of_order(order.number, order.dated_on)
    return award.basis


def contest_day(entry: ContestEntry) -> dt.date | None:
    return entry.contest.held_on or entry.applied_on or entry.contest.apply_by


def hours_of(minutes: int) -> float:
    return round(minutes / 60, 1)
