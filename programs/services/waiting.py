"""Mentees of the bank who have no pair: the waiting list (R-511, R-512)."""

import datetime as dt

from people.models import MenteeProfile, Organization
from people.models.banks import BankState
from programs.models import GroupMember
from programs.models.groups import OPEN_STATES

WAITING = [BankState.APPROVED, BankState.ACTIVE]


def waiting_cards(organization: Organization, *, on: dt.date):
    """Approved cards with a valid consent and no open pair, longest in the bank first."""
    paired = GroupMember.objects.of(organization).filter(ends_on=None, group__state__in=OPEN_STATES)
    cards = MenteeProfile.objects.of(organization).with_consent(on=on).filter(state__in=WAITING)
    cards = cards.exclude(person__in=paired.values("person"))
    return cards.select_related("person").order_by("entered_on", "pk")
