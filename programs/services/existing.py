"""Pairs that already work when the school comes to the portal: entered in one table, nothing is drafted."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Person
from people.services import files, journal
from programs.group_rules import missing_consents, pair_obstacles
from programs.models import Agreement, MentoringGroup
from programs.models.groups import GroupState
from programs.permissions import can_edit_groups
from programs.services.groups import add_members, locked_mentor
from programs.services.pair_papers import mark_working


@transaction.atomic
def enter_existing(
    mentor: Person, mentees: Iterable[Person], *, starts_on: dt.date, paper_number: str, paper_date: dt.date,
    on: dt.date, by: Membership, scan=None, form: str = "", planned_until: dt.date | None = None,
) -> MentoringGroup:  # fmt: skip
    """One working pair by its paper order; the same checks as for a new one, active at once (R-510)."""
    can_edit_groups(by).require()
    mentees = list(mentees)
    check_days(starts_on, paper_date, planned_until, on)
    locked_mentor(mentor)
    if reasons := pair_obstacles(mentor, mentees, on=on):
        raise RuleError(" ".join(reasons))
    group = MentoringGroup(
        organization=by.organization, mentor=mentor, form=form, origin=MentoringGroup.Origin.EXISTING,
        state=GroupState.ACTIVE, proposed_on=starts_on, starts_on=starts_on, planned_until=planned_until,
        paper_number=paper_number.strip(), paper_date=paper_date,
    )  # fmt: skip
    group.full_clean()
    group.save()
    if scan:
        group.scan = files.store_scan(scan, by=by, purpose="group", owner_id=group.pk)
        group.save(update_fields=["scan"])
    add_members(group, mentees)
    group.members.update(starts_on=starts_on)
    group.agreements.update(state=Agreement.State.ACCEPTED, answered_on=starts_on, method="paper", recorded_by=by)  # fmt: skip
    if reasons := missing_consents(group, on):
        raise RuleError(" ".join([*reasons, "Отметьте согласия на странице «Бланки и отметки»."]))
    mark_working(group)
    journal.record(by, "group.existing", group)
    return group


@transaction.atomic
def enter_table(rows: list[dict], *, on: dt.date, by: Membership) -> list[MentoringGroup]:
    """All rows or none; `rows`: arguments of `enter_existing`. RuleError carries the place of the row in `.row`."""
    if not rows:
        raise RuleError("Заполните хотя бы одну строку.")
    found = []
    for place, row in enumerate(rows):
        try:
            found.append(enter_existing(**row, on=on, by=by))
        except RuleError as error:
            error.row = place
            raise
    return found


def check_days(starts_on: dt.date, paper_date: dt.date, until: dt.date | None, on: dt.date) -> None:
    if starts_on > on:
        raise RuleError("Пара ещё не начала работать. Предложите её обычным порядком.", "starts_on")
    if paper_date > on:
        raise RuleError("Дата приказа не может быть в будущем.", "paper_date")
    if until and until <= starts_on:
        raise RuleError("Пара не может закончиться раньше, чем начинается.", "planned_until")
