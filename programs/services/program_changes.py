"""Changes of a programme in work: proposed, agreed by both sides, decided by the curator (R-624…R-627)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on
from programs.models import ChangeAnswer, PlanItem, Program, ProgramChange
from programs.models.programs import ProgramState
from programs.program_permissions import can_keep_programs, can_work
from programs.program_rules import add_months, bounds
from programs.services.program_drafts import locked
from programs.services.programs import freeze, sides_of, to_pair
from roadmap.models import Document
from roadmap.services.drafts import create_draft
from roadmap.services.wording import resolved_values

Kind, State = ProgramChange.Kind, ProgramChange.State


@transaction.atomic
def propose_change(program: Program, *, kind: str, reason: str, on: dt.date, by: Membership, new_ends_on: dt.date | None = None, new_forms: list[str] = (), text: str = "") -> ProgramChange:  # fmt: skip
    """Any side or the curator proposes; who proposes has agreed, the others are asked."""
    program = locked(program)
    can_work(by, program).require()
    if program.state not in (ProgramState.APPROVED, ProgramState.RUNNING):
        raise RuleError("Черновик правят прямо: предлагать изменение не нужно.")
    check_change(program, kind, new_ends_on, new_forms, text, on)
    dated = kind in (Kind.EXTENSION, Kind.SHORTENING)
    change = ProgramChange(
        organization=program.organization, program=program, kind=kind, reason=reason.strip(), person=by.person,
        proposed_on=on, new_ends_on=new_ends_on if dated else None,
        new_forms=list(new_forms) if kind == Kind.FORM else [], text=text.strip(),
    )  # fmt: skip
    change.full_clean()
    change.save()
    sides = sides_of(program)
    ChangeAnswer.objects.bulk_create(
        ChangeAnswer(
            organization=program.organization, change=change, person_id=pk,
            accepted=True if pk == by.person_id else None, answered_on=on if pk == by.person_id else None,
        )
        for pk in sides
    )  # fmt: skip
    journal.record(by, "program.change_proposed", program)
    people = [one for one in [program.group.mentor, *program.group.mentees] if one.pk != by.person_id]  # fmt: skip
    tell(about(change, one, "Предлагают изменить программу") for one in people)
    settle(change, on=on)
    return change


def about(change: ProgramChange, person, title: str, mark: str = "") -> Message:
    return Message(
        person=person, event="program.change", key=f"change-{change.pk}{mark}", title=title,
        text=f"{change.get_kind_display().capitalize()}: {change.reason}"[:200], url=change.program.get_absolute_url(),
    )  # fmt: skip


def check_change(program: Program, kind: str, ends: dt.date | None, forms, text: str, on: dt.date) -> None:  # fmt: skip
    if kind in (Kind.EXTENSION, Kind.SHORTENING) and not ends:
        raise RuleError("Укажите новую дату окончания.", "new_ends_on")
    if kind == Kind.EXTENSION and ends <= program.ends_on:
        raise RuleError(f"Программа и так идёт по {program.ends_on:%d.%m.%Y}. Укажите дату позже.", "new_ends_on")  # fmt: skip
    if kind == Kind.SHORTENING:
        check_shorter(program, ends, on)
    if kind == Kind.FORM and not forms:
        raise RuleError("Выберите новую форму.", "new_forms")
    if kind == Kind.CONTENT and not text.strip():
        raise RuleError("Напишите, что изменится.", "text")


def check_shorter(program: Program, ends: dt.date, on: dt.date) -> None:
    if ends >= program.ends_on:
        raise RuleError(f"Укажите дату раньше {program.ends_on:%d.%m.%Y}.", "new_ends_on")
    if ends < on:
        raise RuleError("Новая дата уже прошла. Завершите программу вместо сокращения.", "new_ends_on")  # fmt: skip
    least = add_months(program.starts_on, bounds(program)[0])
    if not program.one_meeting and ends + dt.timedelta(days=1) < least:
        raise RuleError(f"Раньше {least - dt.timedelta(days=1):%d.%m.%Y} нельзя: программа станет короче наименьшего срока.", "new_ends_on")  # fmt: skip
    late = program.items.filter(state=PlanItem.State.PLANNED, due_on__gt=ends).first()
    if late:
        raise RuleError(f"Пункт «{late.title}» окажется после окончания. Сначала выполните его или снимите с указанием причины.", "new_ends_on")  # fmt: skip


@transaction.atomic
def answer_change(change: ProgramChange, *, accepted: bool, on: dt.date, by: Membership, person=None) -> ProgramChange:  # fmt: skip
    """One side answers; the curator may record what was answered on paper (`person`)."""
    change = ProgramChange.objects.select_for_update(of=("self",)).select_related("program__group__mentor", "organization").get(pk=change.pk)  # fmt: skip
    person = person or by.person
    if person.pk != by.person_id:
        can_keep_programs(by).require()
    if change.state != State.OPEN:
        raise RuleError("По этому изменению уже ответили все. Обновите страницу.")
    changed = change.answers.filter(person=person, accepted=None)
    if not changed.update(accepted=accepted, answered_on=on):
        raise RuleError("Вашего ответа здесь не ждут или он уже записан.")
    settle(change, on=on)
    return change


def settle(change: ProgramChange, *, on: dt.date) -> None:
    answers = list(change.answers.values_list("accepted", flat=True))
    if False in answers:
        change.state = State.DECLINED
        tell(about(change, change.person, "Изменение программы не согласовано", "-no") for _ in [1])
    elif None not in answers:
        change.state = State.AGREED
        tell(about(change, one, "Решите: изменение программы", "-agreed") for one in curators_on(change.organization, on))  # fmt: skip
    change.save(update_fields=["state"])


@transaction.atomic
def decide_change(change: ProgramChange, *, approved: bool, on: dt.date, by: Membership) -> ProgramChange:  # fmt: skip
    """The curator's consent: an extension gets its order drafted, the others take effect at once.

    An extension whose order was given up may still be declined, or the next change would wait for ever.
    """
    can_keep_programs(by).require()
    change = ProgramChange.objects.select_for_update(of=("self",)).select_related("organization").get(pk=change.pk)  # fmt: skip
    given_up = change.state == State.ORDERED and not approved and is_given_up(change.document)
    if change.state != State.AGREED and not given_up:
        raise RuleError("Сначала ответят обе стороны.")
    change.decided_on, change.decided_by = on, by
    ordered = approved and change.kind == Kind.EXTENSION
    change.state = State.ORDERED if ordered else State.APPLIED if approved else State.DECLINED
    change.save(update_fields=["decided_on", "decided_by", "state"])
    if ordered:
        change.document = create_draft(
            kind="extension_order", day=on, by=by, values={"change": change.pk}
        )
        change.save(update_fields=["document"])
    if change.state == State.APPLIED:
        apply_change(change, on=on, by=by)
    journal.record(by, "program.change_decided", change.program)
    return change


def is_given_up(document: Document | None) -> bool:
    """An order that is not on its way: deleted, cancelled or still a draft."""
    return document is None or document.state in (Document.State.DRAFT, Document.State.CANCELLED)


def apply_change(change: ProgramChange, *, on: dt.date, by: Membership) -> None:
    """Write the change down and freeze a new version; content is edited first, then frozen by `finish_editing`."""
    program = locked(change.program)
    if not program.is_open:
        raise RuleError("Программа уже завершена.")
    if change.kind == Kind.CONTENT:
        program.unlocked = True
        program.save(update_fields=["unlocked"])
        tell(to_pair(program, "program.unlocked", "Программу можно править", change.text[:200], change.pk))  # fmt: skip
        return
    if change.kind == Kind.FORM:
        program.forms = change.new_forms
        program.save(update_fields=["forms"])
    else:
        program.ends_on = change.new_ends_on
        program.save(update_fields=["ends_on"])
    freeze(program, on=on, by=by, reason=f"{change.get_kind_display()}: {change.reason}")
    tell(to_pair(program, "program.changed", "Программа изменена", change.reason[:200], change.pk))


@transaction.atomic
def finish_editing(program: Program, *, on: dt.date, by: Membership) -> Program:
    """The agreed change is written down: the curator freezes the new version."""
    can_keep_programs(by).require()
    program = locked(program)
    if not program.unlocked:
        raise RuleError("Программа сейчас не правится.")
    change = program.changes.filter(kind=Kind.CONTENT, state=State.APPLIED).first()
    program.unlocked = False
    program.save(update_fields=["unlocked"])
    freeze(program, on=on, by=by, reason=change.reason if change else "")
    journal.record(by, "program.changed", program)
    return program


def extend(document: Document, *, by: Membership) -> None:
    """Effect of the order on extension."""
    change = resolved_values(document)["change"]
    changed = ProgramChange.objects.filter(pk=change.pk, state=State.ORDERED)
    if not changed.update(state=State.APPLIED):
        raise RuleError("Это продление уже действует или отклонено. Уберите его из приказа.")
    change.state = State.APPLIED
    apply_change(change, on=document.dated_on, by=by)


def differences(older: dict, newer: dict) -> list[tuple[str, str, str]]:
    """(what, was, became) of two frozen versions, in the field's words."""
    from programs.models import Program as Model

    found = []
    for name in (
        key for key in newer if key not in ("items", "milestones", "difficulties", "people")
    ):
        if older.get(name) != newer.get(name):
            title = Model._meta.get_field(name).verbose_name
            found.append((str(title), shown(older.get(name)), shown(newer.get(name))))
    if older.get("people") != newer.get("people"):
        found.append(("участники", "", "состав пары изменён"))
    for name, words in (("items", "пункт плана"), ("milestones", "этап")):
        before = {row["title"]: row for row in older.get(name, [])}
        after = {row["title"]: row for row in newer.get(name, [])}
        found += [(words, title, "") for title in before if title not in after]
        found += [(words, "", title) for title in after if title not in before]
        found += [
            (words, f"{title}, {shown(before[title]['due_on'])}", f"{title}, {shown(row['due_on'])}")
            for title, row in after.items() if title in before and before[title] != row
        ]  # fmt: skip
    return found


def shown(value) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = "" if value is None else str(value)
    if len(text) == 10 and text[4] == text[7] == "-":
        return f"{dt.date.fromisoformat(text):%d.%m.%Y}"
    return text
