"""Counts of a statistical return: who took part, in what, how it went (R-222). No shares, no thresholds.

Every function gives the rows of one count, all narrowed by the Scope; `LINES` names them in the order of the paper.
A person is counted once, however many pairs the person has; programmes may have several forms and kinds, so the
parts by form and by kind may add up to more than the whole.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from people.models import Person
from programs.models import Meeting, Program
from programs.models.programs import ProgramState
from programs.monitoring import people, work
from programs.monitoring.scope import Scope
from programs.monitoring.values import rounded

PERSON, PIECE, HOUR = "человек", "единица", "час"
NOT_GIVEN = "-"  # stands for «не указано» among forms and kinds
Reason = Program.CompletionReason


def mentors(kind: str = ""):
    """P-01, people: mentors of pairs and groups that worked in the period, all or of one kind of person."""
    return lambda scope: of_kind(scope.mentors(), kind)


def mentees(kind: str = ""):
    """P-02, people: mentees who were members within the period, all or of one kind of person."""
    return lambda scope: of_kind(scope.mentees(), kind)


def of_kind(rows: QuerySet, kind: str) -> QuerySet:
    return rows.filter(kind=kind) if kind else rows


def larger(scope: Scope) -> QuerySet:
    """P-03.2, groups: of the period with two different mentees or more, together or one after another."""
    others = scope.members().filter(group=OuterRef("group")).exclude(person=OuterRef("person"))
    return scope.groups().filter(pk__in=scope.members().filter(Exists(others)).values("group"))


def pairs(scope: Scope) -> QuerySet:
    """P-03.1, pairs: those of the period that are no larger."""
    return scope.groups().exclude(pk__in=larger(scope).values("pk"))


def programs(scope: Scope) -> QuerySet:
    """P-04, programmes that ran in the period, on any of its days; as I-10.4."""
    return work.program_number(scope).counted[0]


def started(scope: Scope) -> QuerySet:
    """P-05, programmes whose work began in the period; those taken over from paper by their first day."""
    rows = scope.of(Program).exclude(state__in=[ProgramState.DRAFT, ProgramState.AGREED])
    known = Q(running_since__range=scope.period.days)
    return rows.filter(known | Q(running_since=None, state=ProgramState.COMPLETED, starts_on__range=scope.period.days))  # fmt: skip


def completed(*reasons: str):
    """P-06, P-07, programmes completed in the period on one of these grounds (Положение, раздел 7)."""
    return lambda scope: scope.of(Program).filter(state=ProgramState.COMPLETED, completion_reason__in=reasons, completed_on__range=scope.period.days)  # fmt: skip


def trained(scope: Scope) -> QuerySet:
    """P-08, people: mentors of the period with a course, an internship or the School of Mentors by its end; as I-12."""
    return people.trained(scope).counted[0]


def meetings(scope: Scope) -> QuerySet:
    """P-09, meetings held in the period, by the day of the school's clock."""
    return scope.of(Meeting).filter(state=Meeting.State.HELD, starts_at__date__range=scope.period.days)  # fmt: skip


def hours(scope: Scope) -> dict[int, float]:
    """P-10, hours of 60 minutes to one tenth: length of the meetings held; one query. {organization: hours}."""
    rows = meetings(scope).order_by().values("organization").annotate(total=Sum("minutes"))
    return {row["organization"]: rounded(Decimal(row["total"]) / 60) for row in rows}


def by_parts(scope: Scope) -> dict[int, dict[str, Counter]]:
    """P-11, P-12: programmes of P-04 by code of form and of kind, `NOT_GIVEN` where the programme names none.

    {organization: {"forms": …, "kinds": …}}; one query. Counted here, since SQLite cannot look into a list.
    """
    found: dict[int, dict[str, Counter]] = {}
    for owner, forms, kinds in programs(scope).order_by().values_list("organization", "forms", "kinds"):  # fmt: skip
        parts = found.setdefault(owner, {"forms": Counter(), "kinds": Counter()})
        parts["forms"].update(set(forms) or {NOT_GIVEN})
        parts["kinds"].update(set(kinds) or {NOT_GIVEN})
    return found


@dataclass(frozen=True)
class Line:
    """A line of the paper; `part` of the line above it, «из них»."""

    code: str
    title: str
    unit: str
    read: Callable[[Scope], QuerySet]
    part: bool = False


EMPLOYED, EXTERNAL, PUPIL = Person.Kind.EMPLOYED, Person.Kind.EXTERNAL, Person.Kind.PUPIL
LINES = (
    Line("P-01", "Наставники", PERSON, mentors()),
    Line("P-01.1", "работники организации", PERSON, mentors(EMPLOYED), part=True),
    Line("P-01.2", "внешние участники", PERSON, mentors(EXTERNAL), part=True),
    Line("P-01.3", "обучающиеся", PERSON, mentors(PUPIL), part=True),
    Line("P-02", "Наставляемые", PERSON, mentees()),
    Line("P-02.1", "работники организации", PERSON, mentees(EMPLOYED), part=True),
    Line("P-02.2", "внешние участники", PERSON, mentees(EXTERNAL), part=True),
    Line("P-02.3", "обучающиеся", PERSON, mentees(PUPIL), part=True),
    Line("P-03", "Пары и группы", PIECE, lambda scope: scope.groups()),
    Line("P-03.1", "пары", PIECE, pairs, part=True),
    Line("P-03.2", "группы: наставляемых двое и больше", PIECE, larger, part=True),
    Line("P-04", "Программы, которые шли в периоде", PIECE, programs),
    Line("P-05", "Программы, начатые в периоде", PIECE, started),
    Line("P-06", "Программы, завершённые по плану", PIECE, completed(Reason.PLAN)),
    Line("P-07", "Программы, завершённые досрочно", PIECE, completed(Reason.PARTICIPANT, Reason.CURATOR)),
    Line("P-07.1", "по инициативе участников", PIECE, completed(Reason.PARTICIPANT), part=True),
    Line("P-07.2", "по инициативе куратора", PIECE, completed(Reason.CURATOR), part=True),
    Line("P-08", "Обученные наставники", PERSON, trained),
    Line("P-09", "Проведённые встречи", PIECE, meetings),
)  # fmt: skip
HOURS, FORMS, KINDS = "P-10", "P-11", "P-12"
HOURS_TITLE = "Длительность встреч"


def with_whole(line: Line) -> str:
    """«Наставники: обучающиеся», for a line that stands alone."""
    whole = next((one.title for one in LINES if one.code == line.code.partition(".")[0]), "")
    return f"{whole}: {line.title}" if line.part else line.title


TITLES = {**{one.code: with_whole(one) for one in LINES}, HOURS: HOURS_TITLE}
