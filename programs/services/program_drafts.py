"""A programme while it is written: begun from the bank and the mentee's needs, saved part by part (R-130, R-602, R-604)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, MenteeNeed
from people.services import catalogues, journal
from programs.models import (
    Difficulty,
    MentoringGroup,
    Milestone,
    PlanItem,
    Program,
    ProgramPattern,
)
from programs.models.groups import GroupState
from programs.models.programs import ProgramContent, ProgramState
from programs.program_permissions import can_edit_program, can_start_program
from programs.program_rules import add_months, current_template, item_obstacle

LISTS = ("forms", "kinds", "directions")
CONTENT = ("title", *ProgramContent.TEXTS, "delivery_mode", *LISTS)
FIELDS = (*CONTENT, "starts_on", "ends_on", "route", "one_meeting")


def locked(program: Program) -> Program:
    rows = Program.objects.select_for_update(of=("self",))
    rows = rows.select_related("organization", "group__mentor", "template")
    return rows.prefetch_related("group__members__person", "helpers").get(pk=program.pk)


@transaction.atomic
def begin(
    group: MentoringGroup, *, starts_on: dt.date, ends_on: dt.date | None = None, on: dt.date, by: Membership,
    pattern: ProgramPattern | None = None, follows: Program | None = None, one_meeting: bool = False, **content,
) -> Program:  # fmt: skip
    """A draft, filled from the pattern (or the programme it continues) and from the mentee's needs (R-130, R-602)."""
    can_start_program(by, group).require()
    if group.state not in (GroupState.ACCEPTED, GroupState.ACTIVE, GroupState.PAUSED):
        raise RuleError("Программу составляют, когда в паре согласны все.")
    base = pattern or follows
    taken = {name: getattr(base, name) for name in CONTENT} if base else {}
    taken |= {name: value for name, value in content.items() if value}
    taken.setdefault("forms", [group.form] if group.form else [])
    taken.setdefault("kinds", group.kinds)
    taken.setdefault("title", f"Программа: {group.theme}"[:200] if group.theme else "Персонализированная программа")  # fmt: skip
    months = pattern.months if pattern else by.organization.program_max_months
    usual_end = add_months(starts_on, months) - dt.timedelta(days=1)
    program = Program(
        organization=by.organization, group=group, starts_on=starts_on,
        ends_on=ends_on or (starts_on if one_meeting else usual_end), one_meeting=one_meeting,
        based_on=pattern, follows=follows, template=current_template(by.organization), **taken,
    )  # fmt: skip
    needs = needs_of(group)
    fill_from_needs(program, needs)
    program.full_clean()
    program.save()
    add_difficulties(program, needs)
    if pattern:
        add_plan(program, pattern)
    journal.record(by, "program.begun", program)
    return program


def needs_of(group: MentoringGroup) -> list[MenteeNeed]:
    rows = MenteeNeed.objects.filter(profile__person__in=[person.pk for person in group.mentees])
    return list(rows.select_related("profile__person"))


def need_title(need: MenteeNeed, titles: dict[str, dict[str, str]]) -> str:
    found = titles["difficulty"].get(need.difficulty) or need.text or titles["direction"].get(need.direction)  # fmt: skip
    return (found or need.direction)[:300]


def names_of(organization) -> dict[str, dict[str, str]]:
    return {name: catalogues.titles(organization, name) for name in ("difficulty", "direction")}


def fill_from_needs(program: Program, needs: list[MenteeNeed]) -> None:
    """Problem and directions as the questionnaires told them, where the base says nothing."""
    if not program.directions:
        program.directions = list(dict.fromkeys(need.direction for need in needs))
    if program.problem or not needs:
        return
    titles = names_of(program.organization)
    lines = dict.fromkeys(need_title(need, titles) for need in needs)
    program.problem = f"По анкете и беседе нужна помощь: {'; '.join(lines)}."


def add_difficulties(program: Program, needs: list[MenteeNeed]) -> None:
    titles = names_of(program.organization)
    known = {(need.profile.person_id, need_title(need, titles)): need for need in needs}
    Difficulty.objects.bulk_create(
        Difficulty(
            organization=program.organization, program=program, person_id=person, title=title, direction=need.direction
        )
        for (person, title), need in known.items()
    )  # fmt: skip


def add_plan(program: Program, pattern: ProgramPattern) -> None:
    """Items and milestones of the pattern at their places within the term."""
    length = (program.ends_on - program.starts_on).days

    def day(row: dict) -> dt.date:
        return program.starts_on + dt.timedelta(days=round(length * row["share"]))

    kept = ("title", "direction", "form_of_work", "category", "expected")
    shared = {"organization": program.organization, "program": program}
    items = [PlanItem(due_on=day(row), **{name: row[name] for name in kept if row.get(name)}, **shared) for row in pattern.plan]  # fmt: skip
    PlanItem.objects.bulk_create(items)
    stages = [Milestone(title=row["title"], planned=row["planned"], due_on=day(row), **shared) for row in pattern.milestones]  # fmt: skip
    Milestone.objects.bulk_create(stages)


class Conflict(RuleError):
    """Somebody else saved first; `current` holds what is stored now."""

    def __init__(self, message: str, current):
        super().__init__(message)
        self.current = current


@transaction.atomic
def write(program: Program, *, by: Membership, revision: int | None = None, **fields) -> Program:
    """Save parts of the rationale; a stale `revision` is refused with what the other wrote."""
    program = locked(program)
    can_edit_program(by, program).require()
    fields = {name: value for name, value in fields.items() if name in FIELDS}
    if revision is not None and revision != program.revision:
        raise Conflict("Пока вы писали, текст изменил другой участник. Сравните и сохраните нужное.", program)  # fmt: skip
    for name, value in fields.items():
        setattr(program, name, value)
    program.revision += 1
    check_items(program)
    program.full_clean()
    program.save(update_fields=[*fields, "revision"])
    forget_consents(program)
    return program


def check_items(program: Program) -> None:
    for item in program.items.filter(state=PlanItem.State.PLANNED):
        if item_obstacle(program, item.due_on):
            raise RuleError(f"Пункт «{item.title}» окажется вне срока. Сначала перенесите его.")


def forget_consents(program: Program) -> None:
    """Who agreed agreed with another text: a draft that changes asks everybody anew."""
    if program.state == ProgramState.DRAFT:
        program.consents.all().delete()
