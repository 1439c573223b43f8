"""Restricted notes, psychologist's cases, and reading them (R-305; each reading is logged)."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.bank_permissions import (
    can_read_third_party,
    can_use_psychologist_notes,
    can_write_third_party,
)
from people.models import Membership, Person, PersonNote, RestrictedRead, SupportCase
from people.models.accounts import Role
from people.services import journal
from people.services.reading_log import log_read

Kind = PersonNote.Kind


@transaction.atomic
def add_note(
    person: Person, *, kind: str, author_role: str, text: str, on: dt.date, by: Membership
) -> PersonNote:
    """A note of a third party by the curator, or of the psychologist in an own case."""
    require_write(person, kind, on=on, by=by)
    note = PersonNote(
        organization=person.organization, person=person, kind=kind, author_role=author_role,
        text=text.strip(), noted_on=on, entered_by=by,
    )  # fmt: skip
    note.full_clean()
    note.save()
    journal.record(by, "note.added", note)
    return note


def require_write(person: Person, kind: str, *, on: dt.date, by: Membership) -> None:
    if kind == Kind.PSYCHOLOGIST:
        can_use_psychologist_notes(by, person, on).require()
    else:
        can_write_third_party(by).require()


@transaction.atomic
def read_note(note: PersonNote, *, on: dt.date, by: Membership) -> str:
    """The text, after the right is checked and the reading written down."""
    if note.kind == Kind.PSYCHOLOGIST:
        can_use_psychologist_notes(by, note.person, on).require()
        what = RestrictedRead.What.PSYCHOLOGIST
    else:
        can_read_third_party(by, note.person, on).require()
        what = RestrictedRead.What.THIRD_PARTY
    log_read(note.person, what, by=by, object_id=note.pk)
    return note.text


@transaction.atomic
def open_case(
    person: Person, *, psychologist: Membership, on: dt.date, by: Membership
) -> SupportCase:
    """The curator gives a person to a psychologist; the case opens the notes to that one only."""
    can_write_third_party(by).require()
    if Role.PSYCHOLOGIST not in psychologist.roles_on(on):
        raise RuleError("У этого сотрудника нет роли психолога на сегодня.", "psychologist")
    same = SupportCase.objects.of(person.organization).active_on(on).filter(person=person)
    if same.filter(psychologist=psychologist).exists():
        raise RuleError("Этот психолог уже сопровождает человека.", "psychologist")
    case = SupportCase(
        organization=person.organization, person=person, psychologist=psychologist, starts_on=on
    )
    case.full_clean()
    case.save()
    journal.record(by, "case.opened", case)
    return case


@transaction.atomic
def close_case(case: SupportCase, *, on: dt.date, by: Membership) -> SupportCase:
    can_write_third_party(by).require()
    case.ends_on = on
    case.full_clean()
    case.save(update_fields=["ends_on"])
    journal.record(by, "case.closed", case)
    return case
