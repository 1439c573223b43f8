"""Lines of a programme's plan: write, mark done, take off, comment; milestones and difficulties (R-605…R-609, R-628)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import files, journal
from people.services.notices import Message, tell
from people.services.reminding import curators_on
from programs.models import Difficulty, ItemComment, ItemProgress, Milestone, PlanItem, Program
from programs.program_permissions import (
    can_comment,
    can_edit_program,
    can_keep_programs,
    can_work,
)
from programs.program_rules import item_obstacle
from programs.services.program_drafts import Conflict, forget_consents, locked

ITEM_FIELDS = ("title", "direction", "form_of_work", "category", "due_on", "expected")


@transaction.atomic
def add_item(program: Program, *, by: Membership, **fields) -> PlanItem:
    program = locked(program)
    can_edit_program(by, program).require()
    check_day(program, fields["due_on"])
    item = PlanItem(organization=program.organization, program=program, **fields)
    item.full_clean()
    item.save()
    forget_consents(program)
    return item


def check_day(program: Program, due_on: dt.date) -> None:
    if why := item_obstacle(program, due_on):
        raise RuleError(why, "due_on")


def locked_item(item: PlanItem) -> PlanItem:
    return PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)


@transaction.atomic
def change_item(item: PlanItem, *, revision: int, by: Membership, **fields) -> PlanItem:
    """Change a line of a draft; who saves second is shown what the first wrote."""
    program = locked(item.program)
    can_edit_program(by, program).require()
    fresh = locked_item(item)
    if fresh.revision != revision:
        raise Conflict("Этот пункт уже изменил другой участник. Сравните и сохраните нужное.", fresh)  # fmt: skip
    check_day(program, fields["due_on"])
    for name in ITEM_FIELDS:
        setattr(fresh, name, fields[name])
    fresh.revision += 1
    fresh.full_clean()
    fresh.save(update_fields=[*ITEM_FIELDS, "revision"])
    forget_consents(program)
    return fresh


@transaction.atomic
def remove_item(item: PlanItem, *, by: Membership) -> None:
    """Only from a draft never approved; later a line is taken off with a reason."""
    program = locked(item.program)
    can_edit_program(by, program).require()
    if program.versions.exists():
        raise RuleError("Пункт утверждённой программы снимают с указанием причины.")
    item.delete()
    forget_consents(program)


@transaction.atomic
def complete_item(
    item: PlanItem, *, on: dt.date, today: dt.date, by: Membership, people: list[Person] | None = None,
    actual: str = "", evidence_link: str = "", evidence=None,
) -> PlanItem:  # fmt: skip
    """Mark who has done it; the line is done when every mentee of the group has."""
    program = locked(item.program)
    can_work(by, program).require()
    fresh = locked_item(item)
    if program.state not in ("running", "approved"):
        raise RuleError("Выполнение отмечают, когда программа утверждена.")
    if fresh.state == PlanItem.State.CANCELLED:
        raise RuleError("Этот пункт снят.")
    if on > today:
        raise RuleError("Дата выполнения не может быть в будущем.", "on")
    mentees = program.group.mentees
    chosen = [one for one in (people or mentees) if one in mentees]
    for person in chosen:
        ItemProgress.objects.get_or_create(
            item=fresh, person=person, defaults={"organization": program.organization, "done_on": on}
        )  # fmt: skip
    fresh.actual, fresh.evidence_link = actual or fresh.actual, evidence_link or fresh.evidence_link
    if evidence:
        fresh.evidence = files.store_attachment(evidence, by=by, purpose="program", owner_id=program.pk, field="evidence")  # fmt: skip
    if set(fresh.progress.values_list("person", flat=True)) >= {one.pk for one in mentees}:
        fresh.state, fresh.done_on = PlanItem.State.DONE, on
    fresh.full_clean()
    fresh.save()
    journal.record(by, "program.item_done", program)
    return fresh


@transaction.atomic
def reopen_item(item: PlanItem, *, by: Membership) -> PlanItem:
    """Take a mark back."""
    program = locked(item.program)
    can_work(by, program).require()
    fresh = locked_item(item)
    fresh.progress.all().delete()
    fresh.state, fresh.done_on = PlanItem.State.PLANNED, None
    fresh.save(update_fields=["state", "done_on"])
    return fresh


@transaction.atomic
def cancel_item(item: PlanItem, *, reason: str, by: Membership) -> PlanItem:
    """Take a line off an approved plan: the mentor or the curator, with the ground."""
    program = locked(item.program)
    can_work(by, program).require()
    if by.person_id != program.group.mentor_id:
        can_keep_programs(by).require()
    fresh = locked_item(item)
    if fresh.state == PlanItem.State.DONE:
        raise RuleError("Выполненный пункт не снимают.")
    fresh.state, fresh.cancel_reason = PlanItem.State.CANCELLED, reason.strip()
    fresh.full_clean()
    fresh.save(update_fields=["state", "cancel_reason"])
    journal.record(by, "program.item_cancelled", program)
    return fresh


@transaction.atomic
def comment(program: Program, *, text: str, kind: str, on: dt.date, by: Membership, item: PlanItem | None = None) -> ItemComment:  # fmt: skip
    """A remark beside a line, or a suggestion on the programme; suggestions go to the curator (R-235)."""
    can_comment(by, program).require()
    row = ItemComment(organization=program.organization, program=program, item=item, person=by.person, kind=kind, text=text.strip(), made_on=on)  # fmt: skip
    row.full_clean()
    row.save()
    others = curators_on(program.organization, on) if kind == ItemComment.Kind.SUGGESTION else [program.group.mentor, *program.group.mentees]  # fmt: skip
    tell(
        Message(
            person=person, event="program.comment", key=f"program-comment-{row.pk}",
            title=f"{row.get_kind_display().capitalize()} к программе: {by.person.short_name}", text=row.text[:200],
            url=program.get_absolute_url(),
        )
        for person in others if person.pk != by.person_id
    )  # fmt: skip
    return row


@transaction.atomic
def answer_comment(row: ItemComment, *, answer: str, on: dt.date, by: Membership) -> ItemComment:
    """The curator answers a suggestion; a remark is answered by the pair too."""
    if row.kind == ItemComment.Kind.SUGGESTION:
        can_keep_programs(by).require()
    can_comment(by, row.program).require()
    row.answer, row.answered_by = answer.strip(), by
    row.full_clean()
    row.save(update_fields=["answer", "answered_by"])
    message = Message(person=row.person, event="program.comment", key=f"program-answer-{row.pk}", title="Ответ на ваше замечание", text=row.answer[:200], url=row.program.get_absolute_url())  # fmt: skip
    tell([message] if row.person_id != by.person_id else [])
    return row


@transaction.atomic
def add_milestone(program: Program, *, by: Membership, **fields) -> Milestone:
    program = locked(program)
    can_edit_program(by, program).require()
    check_day(program, fields["due_on"])
    row = Milestone(organization=program.organization, program=program, **fields)
    row.full_clean()
    row.save()
    forget_consents(program)
    return row


@transaction.atomic
def record_milestone(row: Milestone, *, actual: str, by: Membership) -> Milestone:
    """What was reached; the plan of the milestone stays."""
    can_work(by, row.program).require()
    row.actual = actual.strip()
    row.full_clean()
    row.save(update_fields=["actual"])
    return row


@transaction.atomic
def add_difficulty(program: Program, *, person: Person, title: str, by: Membership) -> Difficulty:
    program = locked(program)
    can_work(by, program).require()
    if person not in program.group.mentees:
        raise RuleError("Выберите наставляемого этой программы.", "person")
    row = Difficulty(organization=program.organization, program=program, person=person, title=title.strip())  # fmt: skip
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def settle_difficulty(
    row: Difficulty, *, outcome: str, by: Membership, note: str = ""
) -> Difficulty:
    """How a difficulty ended: solved, partly, open (R-239)."""
    can_work(by, row.program).require()
    row.outcome, row.note = outcome, note.strip()
    row.full_clean()
    row.save(update_fields=["outcome", "note"])
    return row
