"""Writing a plan down: a few statements for 10 000 rows, the rules of `persons.create_person`.

Queries on PostgreSQL: one insert of cards per 10 000, one each for memberships, history and journal
of the added ones, one upsert per 10 000 changed, one each for their history and journal.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.imports.lines import Line, Plan
from people.models import ImportBatch, JournalEntry, Membership, Organization, Person
from people.permissions import can_edit_people
from people.services import jobs, journal, staff_import
from people.services.bulk_rows import copy_rows, write_history
from people.services.persons import FORMS_OF
from people.services.staff_uploads import erase

BATCH = 10_000
KEPT_ERRORS = 1_000
REFUSED = "В списке есть строки с ошибками, поэтому ничего не записано. Исправьте их или загрузите только верные строки."


def run(batch: ImportBatch, *, by: Membership, only_valid: bool, job=None) -> Plan:
    """Read, compare and write; all or nothing. RuleError leaves everything as it was."""
    can_edit_people(by).require()
    planner, rows = staff_import.read(batch)
    with transaction.atomic():
        # Two lists of one school at a time would both add the same people.
        Organization.objects.select_for_update(no_key=True).get(pk=batch.organization_id)
        if (
            job
        ):  # under the lock: an attempt that was taken over while it read and waited writes nothing
            jobs.running(job, total=len(rows))
        plan = planner.plan(rows, staff_import.known_people(batch.organization))
        write(batch, plan, by=by, only_valid=only_valid)
    return plan


@transaction.atomic
def run_now(batch: ImportBatch, *, by: Membership, only_valid: bool = False) -> Plan:
    """Confirm and write at once, without the background (the admin)."""
    staff_import.claim(batch, by=by)
    return run(batch, by=by, only_valid=only_valid)


@transaction.atomic
def write_new(batch: ImportBatch, plan: Plan, *, by: Membership, only_valid: bool) -> None:
    """Write a plan just made from a file that was never kept (the command, the admin)."""
    can_edit_people(by).require()
    batch.full_clean()
    batch.save()
    write(batch, plan, by=by, only_valid=only_valid)


def write(batch: ImportBatch, plan: Plan, *, by: Membership, only_valid: bool) -> None:
    """Write the plan and what is needed to undo it; call inside a transaction."""
    if plan.counts["errors"] and not only_valid:
        raise RuleError(REFUSED)
    now = timezone.now()
    undo = add(plan.of("new"), by=by, now=now) + change(plan.of("changed"), by=by, now=now)
    batch.undo, batch.counts, batch.errors = undo, plan.counts, plan.errors[:KEPT_ERRORS]
    batch.state, batch.applied_at = ImportBatch.State.APPLIED, now
    stored, batch.file = batch.file, None
    batch.save()
    erase(stored)
    journal.record(by, "import.applied", batch)


def add(lines: list[Line], *, by: Membership, now: dt.datetime) -> list[dict]:
    """New cards, each with a membership, a line of history and a line of the journal."""
    people = [Person(organization_id=by.organization_id, **line.card) for line in lines]
    Person.objects.bulk_create(people, batch_size=BATCH)
    ids = [person.pk for person in people]
    copy_rows(Person, ids, Membership, {"organization": F("organization"), "person": F("id")})
    write_history(Person, ids, "+", by=by, now=now)
    write_journal(ids, "person.created", by=by, now=now)
    return [{"person": pk, "created": True} for pk in ids]


def change(lines: list[Line], *, by: Membership, now: dt.datetime) -> list[dict]:
    """Only the cards that differ, in one upsert; old case forms go with the name or post."""
    people = Person.objects.of(by.organization).in_bulk([line.person for line in lines])
    undo, names = [], set()
    for line in lines:
        person, after = people[line.person], dict(line.after)
        for forms, sources in FORMS_OF.items():
            if after.keys() & sources and getattr(person, forms):
                after[forms] = {}
        before = {name: getattr(person, name) for name in after}
        for name, value in after.items():
            setattr(person, name, value)
        names |= after.keys()
        undo.append({"person": person.pk, "created": False, "before": plain(before), "after": plain(after)})  # fmt: skip
    save_changed(list(people.values()), sorted(names), by=by, now=now)
    return undo


def save_changed(people: list[Person], names: list[str], *, by: Membership, now) -> None:
    if not people:
        return
    Person.objects.bulk_create(
        people, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    ids = [person.pk for person in people]
    write_history(Person, ids, "~", by=by, now=now)
    write_journal(ids, "person.updated", by=by, now=now)


def write_journal(ids: list[int], event: str, *, by: Membership, now: dt.datetime) -> None:
    copy_rows(Person, ids, JournalEntry, {
        "organization": F("organization"), "at": now, "membership": by.pk, "event": event,
        "object_type": Person._meta.label_lower, "object_id": F("id"),
    })  # fmt: skip


def plain(values: dict) -> dict:
    """Values for a JSON field: dates as ISO texts."""
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in values.items()
    }
