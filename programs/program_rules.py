"""What must hold for a programme, and how it goes: terms, gaps, progress, signals. Reading only."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from mentoring.core import grammar
from people.models import Answer, MenteeProfile, Person
from programs.models import Meeting, PlanItem, Program, ProgramBounds
from programs.models.programs import ProgramState
from roadmap.models import Document

STUCK_AFTER = dt.timedelta(days=30)
NEEDED = {"problem": "проблема", "goal": "цель", "tasks": "задачи", "content": "содержание", "results": "ожидаемые результаты", "schedule": "расписание встреч", "conditions": "условия"}  # fmt: skip
USUALLY_NEEDED = ("goal", "tasks", "results", "schedule")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def bounds(program: Program) -> tuple[int, int]:
    """Least and most months for the mentees of the group: the widest of their categories (R-603)."""
    school = program.organization
    people = [row.person_id for row in program.group.members.all()]
    kinds = set(MenteeProfile.objects.filter(person__in=people).values_list("category", flat=True))
    own = {row.category: row for row in ProgramBounds.objects.of(school)}
    pairs = [
        (own[kind].min_months, own[kind].max_months) if kind in own
        else (school.program_min_months, school.program_max_months)
        for kind in kinds or {""}
    ]  # fmt: skip
    return min(least for least, _ in pairs), max(most for _, most in pairs)


def term_obstacle(program: Program) -> str:
    """A sentence when the length is out of bounds; one meeting has no length."""
    if program.one_meeting:
        return ""
    least, most = bounds(program)
    after = program.ends_on + dt.timedelta(days=1)
    if after < add_months(program.starts_on, least):
        return f"Программа короче {months_gent(least)}. Продлите срок или выберите одну встречу."  # fmt: skip
    if program.ends_on > add_months(program.starts_on, most):
        return f"Программа дольше {months_gent(most)}. Сократите срок: продлить её можно будет по согласию обеих сторон."
    return ""


def months_gent(number: int) -> str:
    return f"{number} {'месяца' if number % 10 == 1 and number % 100 != 11 else 'месяцев'}"


def needed_texts(program: Program) -> list[str]:
    """Sections that the school's template wants filled, else the usual ones (R-601, R-604)."""
    if program.template_id:
        return program.template.values.get("sections") or list(USUALLY_NEEDED)
    return list(USUALLY_NEEDED)


def missing_parts(program: Program) -> list[str]:
    """What keeps a draft from being agreed, in Russian."""
    if program.one_meeting:
        gaps = [] if program.goal.strip() else ["цель"]
    else:
        gaps = [
            NEEDED[name] for name in needed_texts(program) if not getattr(program, name).strip()
        ]
    found = [f"Не заполнено: {', '.join(gaps)}."] if gaps else []
    if not program.one_meeting and not program.paper_plan and not program.items.exists():
        found.append("В плане нет ни одного пункта.")
    late = program.items.exclude(state=PlanItem.State.CANCELLED).filter(due_on__gt=program.ends_on)
    early = program.items.filter(due_on__lt=program.starts_on)
    found += [f"Пункт «{row.title}» вне срока программы." for row in [*late, *early]]
    if why := term_obstacle(program):
        found.append(why)
    return found


def item_obstacle(program: Program, due_on: dt.date) -> str:
    if due_on > program.ends_on:
        return f"Программа заканчивается {program.ends_on:%d.%m.%Y}. Укажите срок не позже."
    if due_on < program.starts_on:
        return f"Программа начинается {program.starts_on:%d.%m.%Y}. Укажите срок не раньше."
    return ""


@dataclass(frozen=True)
class Progress:
    """Items of the plan (cancelled ones do not count) and meetings."""

    total: int
    done: int
    overdue: int
    held: int
    missed: int
    people: list[tuple[object, int]]

    @property
    def share(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


def progress(program: Program, on: dt.date, *, personal: bool = True) -> Progress:
    """From prefetched items (with progress for a group, unless not `personal`), meetings and members; no query."""
    items = [row for row in program.items.all() if row.state != PlanItem.State.CANCELLED]
    meetings = program.meetings.all()
    mentees = program.group.mentees
    done = sum(row.state == PlanItem.State.DONE for row in items)
    if len(mentees) > 1 and personal:
        marks = [{one.person_id for one in row.progress.all()} for row in items]
        people = [(person, sum(person.pk in each for each in marks)) for person in mentees]
    else:
        people = [(person, done) for person in mentees]
    return Progress(
        total=len(items),
        done=done,
        overdue=sum(row.overdue_on(on) for row in items),
        held=sum(row.state == Meeting.State.HELD for row in meetings),
        missed=sum(row.state == Meeting.State.MISSED for row in meetings),
        people=people,
    )


def signals(program: Program, on: dt.date) -> list[str]:
    """Why a running programme looks stuck; empty for others and for a paused pair. From prefetched rows."""
    if program.state != ProgramState.RUNNING or program.group.state == "paused":
        return []
    meetings, found = list(program.meetings.all()), []
    held = [timezone.localtime(row.starts_at).date() for row in meetings if row.state == Meeting.State.HELD]  # fmt: skip
    last = max(held, default=program.running_since)
    if on - last > STUCK_AFTER:
        found.append(f"встреч не было {grammar.count((on - last).days, 'день')}")
    if not any(row.state == Meeting.State.PLANNED and timezone.localtime(row.starts_at).date() >= on for row in meetings):  # fmt: skip
        found.append("следующая встреча не назначена")
    overdue = sum(row.overdue_on(on) for row in program.items.all())
    if overdue:
        found.append(f"просрочено: {grammar.count(overdue, 'пункт')}")
    if program.ends_on < on:
        found.append(f"срок закончился {program.ends_on:%d.%m.%Y}")
    return found


def current_template(organization) -> Document | None:
    """The template in force, approved by the school (R-601)."""
    rows = Document.objects.of(organization).in_force().filter(kind="program_template")
    return rows.order_by("-dated_on", "-pk").first()


def completion_obstacles(program: Program) -> list[str]:
    """What keeps «план выполнен полностью» from being true (R-701)."""
    found = []
    open_items = [row for row in program.items.all() if row.state == PlanItem.State.PLANNED]
    if open_items:
        titles = "; ".join(f"«{row.title}»" for row in open_items[:3])
        more = f" и ещё {len(open_items) - 3}" if len(open_items) > 3 else ""
        found.append(f"Не выполнены и не сняты: {titles}{more}.")
    unsettled = [row for row in program.difficulties.all() if not row.outcome]
    if unsettled:
        found.append(
            f"Не отмечено, чем кончилось: {'; '.join(row.title for row in unsettled[:3])}."
        )
    if not closing_held(program):
        found.append("Заключительная встреча не проведена." if not program.one_meeting else "Встреча не проведена.")  # fmt: skip
    return found


def closing_held(program: Program) -> bool:
    held = [row for row in program.meetings.all() if row.state == Meeting.State.HELD]
    return bool(held) if program.one_meeting else any(row.type == Meeting.Type.CLOSING for row in held)  # fmt: skip


def wants_other(person: Person) -> bool:
    """The own questionnaire of the middle named another pair: the page offers the request, nobody else makes it (D4)."""
    rows = Answer.objects.filter(response__person=person, question="change", response__survey__version__questionnaire__code="mentee_midterm", response__submitted_at__isnull=False)  # fmt: skip
    newest = rows.order_by("-response__submitted_at").values_list("value", flat=True).first()
    return "pair" in (newest or {}).get("codes", ())
