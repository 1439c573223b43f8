"""Norms: starter set, own acts, replacement, «изучено» (R-101, R-238)."""

import datetime as dt
import json
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from mentoring.core.errors import RuleError
from mentoring.core.keys import Key
from people.models import Membership, MenteeProfile, MentorProfile, Organization
from people.models.banks import BankState
from people.services import files, journal
from roadmap.library_permissions import can_keep_norms, can_read_norms
from roadmap.models import Norm, NormStudy


@cache
def starter_set() -> list[dict]:
    """Rows of `fixtures/norms.json`: fields of `Norm`, days as ISO."""
    rows = json.loads((settings.BASE_DIR / "fixtures/norms.json").read_text(encoding="utf-8"))
    for row in rows:
        row["dated_on"] = row["dated_on"] and dt.date.fromisoformat(row["dated_on"])
    return rows


@transaction.atomic
def install(organization: Organization) -> None:
    """Put the starter set into the library of a school, once; what the school changed stays."""
    known = set(Norm.objects.of(organization).exclude(code="").values_list("code", flat=True))
    missing = [row for row in starter_set() if row["code"] not in known]
    # Two first visitors at once: the second finds the rows of the first.
    rows = [Norm(organization=organization, **row) for row in missing]
    Norm.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def save_norm(norm: Norm | None = None, *, by: Membership, file=None, **values) -> Norm:
    """Add or change an act; `file` is an upload and replaces the earlier one."""
    can_keep_norms(by).require()
    row = norm or Norm(organization=by.organization)
    for name, value in values.items():
        setattr(row, name, value)
    if row.replaced_by_id and row.ended_on is None:
        raise RuleError("Укажите, с какого дня прежний акт не действует.", "ended_on")
    row.full_clean()
    row.save()
    if file:
        row.file = files.store_attachment(file, by=by, purpose="norm", owner_id=row.pk)
        row.save(update_fields=["file"])
    journal.record(by, "norm.saved", row)
    return row


@transaction.atomic
def mark_studied(norm: Norm, *, on: dt.date, by: Membership) -> NormStudy:
    """The member's own mark; twice is the same as once."""
    can_read_norms(by).require()
    row, made = NormStudy.objects.get_or_create(
        norm=norm, person=by.person,
        defaults={"organization": norm.organization, "studied_on": on},
    )  # fmt: skip
    if made:
        journal.record(by, "norm.studied", norm)
    return row


def to_study(membership: Membership):
    return unstudied(membership.organization, membership.person_id)


def unstudied(organization: Organization | Key, person: int | Key):
    """Acts that a mentee or a mentor must study and has not (R-238), in force only."""
    mentee = Exists(MenteeProfile.objects.filter(person=person).exclude(state=BankState.LEFT))
    mentor = Exists(MentorProfile.objects.filter(person=person).exclude(state=BankState.LEFT))
    studied = NormStudy.objects.filter(norm=OuterRef("pk"), person=person)
    acts = Norm.objects.of(organization).filter(~Exists(studied), ended_on=None)
    return acts.filter(Q(mentee, for_mentees=True) | Q(mentor, for_mentors=True))
