"""Open sessions of an account: ended by hand for a member, by the day for those who have no school left."""

import datetime as dt
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership, Organization, RoleGrant
from people.permissions import can_invite
from people.services import journal


@transaction.atomic
def end_all(membership: Membership, *, by: Membership) -> int:
    """Sign the person out on every device; returns how many sessions ended."""
    can_invite(by).require()
    if membership.user_id is None:
        raise RuleError("У сотрудника нет входа в портал: завершать нечего.")
    number = end([membership.user_id])
    journal.record(by, "sessions.ended", membership)
    return number


def end_of_leavers(organization: Organization, *, on: dt.date) -> int:
    """Sessions of members who have no role in any school on the day (a duty of `manage.py remind`)."""
    working = RoleGrant.objects.active_on(on).filter(membership__user__isnull=False)
    gone = Membership.objects.of(organization).filter(user__isnull=False, user__is_superuser=False)
    gone = gone.exclude(user__in=working.values("membership__user"))
    return end(list(gone.values_list("user", flat=True)))


def has_school(user, on: dt.date) -> bool:
    """Whether a role opens anything on the day; an account without any membership is the installer's own."""
    if user.is_superuser or not Membership.objects.filter(user=user).exists():
        return True
    return RoleGrant.objects.filter(membership__user=user).active_on(on).exists()


def end(users: list[int]) -> int:
    """Both the session and its line in the list go."""
    rows = UserSession.objects.filter(user__in=users)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        store.delete(key)
    rows.delete()
    return len(keys)
