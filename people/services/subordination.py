"""Whose requests an organization answers: it chooses its authority itself, for a time (R-912)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from mentoring.core.errors import RuleError
from people import hooks
from people.models import Membership, Organization, Subordination
from people.permissions import can_edit_organization
from people.services import journal

LEVELS = 4  # region, municipality, school and one to spare; a longer chain is a mistake


@transaction.atomic
def subordinate(*, authority: Organization, starts_on: dt.date, by: Membership) -> Subordination:
    """From that day on the member's organization belongs to the authority; the former bond ends the day before."""
    can_edit_organization(by).require()
    own = Organization.objects.select_for_update(no_key=True).get(pk=by.organization_id)
    if authority.institution_type != Organization.Type.AUTHORITY:
        raise RuleError("Выберите орган управления образованием.", "authority")
    if own.pk == authority.pk or own.pk in above([authority.pk], starts_on):
        raise RuleError("Этот орган сам подчиняется вашей организации. Выберите другой.", "authority")  # fmt: skip
    bonds = Subordination.objects.of(own)
    if bonds.filter(starts_on__gte=starts_on).exists():
        raise RuleError("На этот день уже записано другое подчинение. Укажите день позже.", "starts_on")  # fmt: skip
    current = bonds.active_on(starts_on).first()
    if current and current.authority_id == authority.pk and current.ends_on is None:
        raise RuleError("Организация уже подчиняется этому органу.", "authority")
    bonds.active_on(starts_on).update(ends_on=starts_on - dt.timedelta(days=1))
    row = Subordination(organization=own, authority=authority, starts_on=starts_on)
    row.full_clean()
    row.save()
    journal.record(by, "subordination.begun", row)
    hooks.authority_changed(own, days=[starts_on - dt.timedelta(days=1), starts_on])
    return row


@transaction.atomic
def release(row: Subordination, *, ends_on: dt.date, by: Membership) -> Subordination:
    """The last day under the authority; what was handed in stays with it."""
    can_edit_organization(by).require()
    row = (
        Subordination.objects.of(by.organization)
        .select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=row.pk)
    )
    row.ends_on = ends_on
    row.full_clean()
    row.save(update_fields=["ends_on"])
    journal.record(by, "subordination.ended", row)
    hooks.authority_changed(row.organization, days=[ends_on, ends_on + dt.timedelta(days=1)])
    return row


def authority_on(organization: Organization, day: dt.date) -> Organization | None:
    row = Subordination.objects.of(organization).active_on(day).select_related("authority").first()
    return row.authority if row else None


def above(ids: Iterable[int], day: dt.date) -> set[int]:
    """Ids of all authorities over the organizations on the day; a query a level."""
    found: set[int] = set()
    level = set(ids)
    for _ in range(LEVELS):
        bonds = Subordination.objects.active_on(day).filter(organization__in=level)
        level = set(bonds.values_list("authority", flat=True)) - found
        if not level:
            break
        found |= level
    return found


def below(authority: Organization, day: dt.date) -> dict[int, int]:
    """{organization: what it belongs to} of all under the authority on the day, at every level; a query a level."""
    found: dict[int, int] = {}
    level = [authority.pk]
    for _ in range(LEVELS):
        bonds = Subordination.objects.active_on(day).filter(authority__in=level)
        fresh = {child: parent for child, parent in bonds.values_list("organization", "authority") if child not in found}  # fmt: skip
        if not fresh:
            break
        found |= fresh
        level = list(fresh)
    return found
