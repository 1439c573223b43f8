"""A programme from the agreement of both sides to the day it runs: agree, approve, freeze, start (R-610, R-624)."""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.urls import reverse

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.models.accounts import Role
from people.services import files, journal, sealing
from people.services.notices import Message, tell
from people.services.reminding import curators_on, members_with
from programs.models import MentoringGroup, PlanItem, Program, ProgramConsent, ProgramVersion
from programs.models.groups import GroupState
from programs.models.programs import ProgramState
from programs.program_permissions import can_approve_program, can_keep_programs
from programs.program_rules import missing_parts
from programs.services.program_drafts import (
    CONTENT,
    FIELDS,
    add_difficulties,
    forget_consents,
    locked,
    needs_of,
)


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
    sealing.soon(program.organization)
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
    number = program.versions.count() + 1
    return ProgramVersion.objects.create(
        organization=program.organization, program=program, number=number, made_on=on, made_by=by,
        reason=reason[:500], content=content, content_hash=content_hash(content),
    )  # fmt: skip


def content_hash(content: dict) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


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
