"""Destruction of what has outlived its term: purpose by purpose, each in a transaction of its own."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import models, transaction

from people import retention
from people.models import Membership, Organization, PurgeRun
from people.retention import Purpose
from people.services import journal


@dataclass
class Outcome:
    """`counts`: rows by purpose; `failed`: purpose → what refers to its rows; `run` when something went."""

    counts: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    run: PurgeRun | None = None


def due(organization: Organization, *, on: dt.date) -> dict[str, int]:
    """How many rows of each purpose would go on that day; changes nothing."""
    return {purpose.code: len(purpose.find(organization, on)) for purpose in retention.purposes()}


def purge(organization: Organization, *, on: dt.date, by: Membership | None = None) -> Outcome:
    """Destroy what is due. What a purpose destroyed stays destroyed when a later one fails; the next run
    takes the rest, finishes the record and lets the upper floor draft the act.
    """
    outcome = Outcome(run=unfinished(organization, on))
    for purpose in retention.purposes():
        try:
            outcome.counts[purpose.code] = destroy(purpose, outcome, organization, on=on, by=by)
        except models.ProtectedError as error:
            names = {str(row._meta.verbose_name) for row in error.protected_objects}
            outcome.failed[purpose.code] = ", ".join(sorted(names))
    for run in waiting_for_act(organization):
        finish(run, by=by)
    if outcome.run:
        outcome.run.refresh_from_db()  # the act was noted on another copy of the row
    return outcome


def unfinished(organization: Organization, on: dt.date) -> PurgeRun | None:
    return waiting_for_act(organization).filter(on=on).last()


def waiting_for_act(organization: Organization):
    runs = PurgeRun.objects.of(organization).filter(act_document_id=None)
    return runs.exclude(lines=[]).order_by("pk")


@transaction.atomic
def destroy(purpose: Purpose, outcome: Outcome, organization, *, on: dt.date, by) -> int:
    """One purpose: its rows and the record of them go into the database together."""
    Organization.objects.select_for_update(no_key=True).get(
        pk=organization.pk
    )  # one destruction at a time
    rows = list(purpose.find(organization, on))
    if not rows:
        return 0
    lines = [line_of(purpose, row) for row in rows]
    # Read anew: what a failed purpose wrote on the object was rolled back in the database.
    run = PurgeRun.objects.filter(pk=outcome.run.pk).first() if outcome.run else None
    run = run or PurgeRun(organization=organization, on=on, membership=by)
    run.counts = {**run.counts, purpose.code: run.counts.get(purpose.code, 0) + len(rows)}
    # Only what named a person belongs to the act.
    run.lines = [*run.lines, *lines] if purpose.personal else run.lines
    run.save()
    purpose.destroy(rows, on)
    outcome.run = run
    return len(rows)


def line_of(purpose: Purpose, row) -> dict:
    """Codes and numbers: the name is destroyed, the act must not keep it."""
    return {
        "purpose": purpose.code,
        "object": row._meta.label_lower,
        "id": row.pk,
        "person": purpose.person_of(row),
    }


@transaction.atomic
def finish(run: PurgeRun, *, by: Membership | None) -> None:
    for function in retention.on_purged:
        function(run, by=by)
    journal.record(by, "purge.run", run, organization=run.organization)
