"""A programme from its draft to the day it runs: begin, write, agree, approve, freeze (R-601…R-611, R-624)."""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, MenteeNeed, Person
from people.models.accounts import Role
from people.services import catalogues, files, journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on, members_with
from programs.models import (
    Difficulty,
    MentoringGroup,
    Milestone,
    PlanItem,
    Program,
    ProgramConsent,
    ProgramPattern,
    ProgramVersion,
)
from programs.models.groups import GroupState
from programs.models.programs import ProgramContent, ProgramState
from programs.program_permissions import (
    can_approve_program,
    can_edit_program,
    can_keep_programs,
    can_start_program,
)
from programs.program_rules import add_months, current_template, item_obstacle, missing_parts

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


@transaction.atomic
def agree(program: Program, *, person: Person | None = None, on: dt.date, by: Membership, witness: Person | None = None) -> Program:  # fmt: skip
    """One side agrees; by the second route the mentee has read it before a witness (R-610).

    `person`: for whom the curator records a paper signature. When all agreed, whoever approves is told.
    """
    program = locked(program)
    person = person or by.person
    if person.pk != by.person_id:
        can_keep_programs(by).require()
    if program.state != ProgramState.DRAFT:
        raise RuleError("Программа уже согласована. Обновите страницу.")
    sides = sides_of(program)
    if person.pk not in sides:
        raise RuleError("С программой соглашаются наставник и наставляемые этой пары.")
    if gaps := missing_parts(program):
        raise RuleError(" ".join(gaps))
    reads = program.route == Program.Route.READ and person.pk != program.group.mentor_id
    if reads:
        check_witness(witness, program, on)
    ProgramConsent.objects.update_or_create(
        program=program, person=person,
        defaults={
            "organization": program.organization, "given_on": on, "recorded_by": by,
            "kind": ProgramConsent.Kind.READ if reads else ProgramConsent.Kind.AGREED, "witness": witness if reads else None,
        },
    )  # fmt: skip
    journal.record(by, "program.agreed_by", program)
    if set(sides) <= set(program.consents.values_list("person", flat=True)):
        program.state, program.submitted_on, program.returned_because = ProgramState.AGREED, on, ""
        program.save(update_fields=["state", "submitted_on", "returned_because"])
        tell(to_approve(program, on))
    return program


def sides_of(program: Program) -> list[int]:
    return [program.group.mentor_id, *(person.pk for person in program.group.mentees)]


def check_witness(witness: Person | None, program: Program, on: dt.date) -> None:
    """The curator or a member of the council, not one of the pair."""
    words = "Ознакомление проходит при кураторе или члене совета наставников. Укажите, при ком."
    if witness is None or witness.pk in sides_of(program):
        raise RuleError(words, "witness")
    allowed = members_with(program.organization, frozenset({Role.CURATOR, Role.COORDINATOR, Role.COUNCIL}), on)  # fmt: skip
    if witness not in list(allowed):
        raise RuleError(words, "witness")


def to_approve(program: Program, on: dt.date) -> list[Message]:
    school = program.organization
    heads = frozenset({Role.HEAD, Role.ACTING_HEAD})
    people = members_with(school, heads, on) if school.head_approves_programs else curators_on(school, on)  # fmt: skip
    return [
        Message(
            person=person, event="program.agreed", key=f"program-{program.pk}-agreed-{on}",
            title=f"Программа ждёт утверждения: {program.group.mentor.short_name}",
            text=program.title, url=program.get_absolute_url(),
        )
        for person in people
    ]  # fmt: skip


@transaction.atomic
def give_back(program: Program, *, reason: str, by: Membership) -> Program:
    """Return to the pair with a reason; everybody agrees anew."""
    program = locked(program)
    can_approve_program(by, program).require()
    if not reason.strip():
        raise RuleError("Напишите, что исправить.", "reason")
    program.state, program.returned_because, program.submitted_on = ProgramState.DRAFT, reason.strip()[:500], None  # fmt: skip
    program.save(update_fields=["state", "returned_because", "submitted_on"])
    program.consents.all().delete()
    journal.record(by, "program.returned", program)
    tell(to_pair(program, "program.returned", "Программу вернули на доработку", program.returned_because, program.revision))  # fmt: skip
    return program


@transaction.atomic
def approve(program: Program, *, on: dt.date, by: Membership) -> Program:
    """Freeze version 1; the programme runs from the later of its start and the pair's order in force."""
    program = locked(program)
    can_approve_program(by, program).require()
    changed = Program.objects.filter(pk=program.pk, state=ProgramState.AGREED)
    if not changed.update(state=ProgramState.APPROVED):
        raise RuleError("Состояние программы изменилось. Обновите страницу.")
    program.state, program.approved_on, program.approved_by = ProgramState.APPROVED, on, by
    program.save(update_fields=["state", "approved_on", "approved_by"])
    freeze(program, on=on, by=by)
    journal.record(by, "program.approved", program)
    tell(to_pair(program, "program.approved", "Программа утверждена", "Назначьте первую встречу.", 1))  # fmt: skip
    start_due(program.organization, on=on, only=program)
    program.refresh_from_db()
    return program


def to_pair(program: Program, event: str, title: str, text: str, mark) -> list[Message]:
    url = reverse("program", args=[program.organization.slug, program.pk])
    key = f"program-{program.pk}-{event}-{mark}"
    people = [program.group.mentor, *program.group.mentees]
    return [Message(person=one, event=event, key=key, title=title, text=text, url=url) for one in people]  # fmt: skip


def snapshot(program: Program) -> dict:
    """The content as JSON: what the paper prints and what two versions are compared by."""
    found = {name: getattr(program, name) for name in FIELDS}
    found |= {name: found[name].isoformat() for name in ("starts_on", "ends_on")}
    found["people"] = {
        "mentor": program.group.mentor_id,
        "mentees": [person.pk for person in program.group.mentees],
    }
    found["items"] = [
        {
            "title": row.title, "direction": row.direction, "form_of_work": row.form_of_work, "category": row.category,
            "due_on": row.due_on.isoformat(), "expected": row.expected,
        }
        for row in program.items.exclude(state=PlanItem.State.CANCELLED)
    ]  # fmt: skip
    found["milestones"] = [
        {"title": row.title, "due_on": row.due_on.isoformat(), "planned": row.planned}
        for row in program.milestones.all()
    ]
    found["difficulties"] = [
        {"person": row.person_id, "title": row.title} for row in program.difficulties.all()
    ]
    found["paper_plan"] = program.paper_plan
    return found


def freeze(program: Program, *, on: dt.date, by: Membership, reason: str = "") -> ProgramVersion:
    """Keep the content as approved; the hash binds the approval to it."""
    content = snapshot(program)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    number = program.versions.count() + 1
    return ProgramVersion.objects.create(
        organization=program.organization, program=program, number=number, made_on=on, made_by=by,
        reason=reason[:500], content=content, content_hash=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def start_due(organization, *, on: dt.date, only: Program | None = None) -> int:
    """Approved programmes whose day has come begin to run; called after approval, after an order, by `remind`."""
    rows = Program.objects.of(organization).filter(
        state=ProgramState.APPROVED, starts_on__lte=on, group__starts_on__lte=on,
        group__state__in=[GroupState.ACTIVE, GroupState.PAUSED],
    )  # fmt: skip
    if only:
        rows = rows.filter(pk=only.pk)
    number = 0
    for program in rows.select_related("group", "organization"):
        since = max(program.starts_on, program.group.starts_on)
        started = Program.objects.filter(pk=program.pk, state=ProgramState.APPROVED)
        if started.update(state=ProgramState.RUNNING, running_since=since):
            program.state, program.running_since = ProgramState.RUNNING, since
            program.save(update_fields=["state", "running_since"])
            journal.record(None, "program.running", program, organization=organization)
            number += 1
    return number


@transaction.atomic
def enter_running(
    group: MentoringGroup, *, title: str, starts_on: dt.date, ends_on: dt.date, approved_on: dt.date, on: dt.date,
    by: Membership, paper_plan: str = "", file=None, **content,
) -> Program:  # fmt: skip
    """A programme that already runs on paper: dates, the plan as text or file; nobody is asked again."""
    can_keep_programs(by).require()
    if group.state not in (GroupState.ACTIVE, GroupState.PAUSED):
        raise RuleError("Пара ещё не работает. Сначала внесите её приказ.")
    if not paper_plan.strip() and not file:
        raise RuleError("Внесите план текстом или приложите файл.", "paper_plan")
    if starts_on > on:
        raise RuleError("Программа ещё не началась. Составьте её обычным порядком.", "starts_on")
    if approved_on > on:
        raise RuleError("Дата утверждения не может быть в будущем.", "approved_on")
    program = Program(
        organization=by.organization, group=group, title=title, starts_on=starts_on, ends_on=ends_on, from_paper=True,
        paper_plan=paper_plan.strip(), state=ProgramState.RUNNING, approved_on=approved_on, approved_by=by,
        submitted_on=approved_on, running_since=max(starts_on, group.starts_on),
        **{name: value for name, value in content.items() if name in CONTENT},
    )  # fmt: skip
    program.full_clean()
    program.save()
    if file:
        program.paper_file = files.store_attachment(file, by=by, purpose="program", owner_id=program.pk)  # fmt: skip
        program.save(update_fields=["paper_file"])
    add_difficulties(program, needs_of(group))
    freeze(program, on=approved_on, by=by, reason="внесена с бумаги")
    journal.record(by, "program.entered", program)
    return program


def carry_over(old: MentoringGroup, new: MentoringGroup, *, on: dt.date, by: Membership) -> None:
    """Open programmes go on with the new mentor: a further version says so (R-513)."""
    for program in old.programs.exclude(state=ProgramState.COMPLETED):
        program.group = new
        program.save(update_fields=["group"])
        if program.state in (ProgramState.APPROVED, ProgramState.RUNNING):
            freeze(program, on=on, by=by, reason=f"замена наставника: {new.mentor.short_name}")
        forget_consents(program)
        journal.record(by, "program.carried", program)
