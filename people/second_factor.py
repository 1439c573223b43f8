"""Who must prove himself twice: roles named by the installation and by the school.

Whoever has an address gets a code by e-mail at sign-in, once per device in 30 days (allauth's trusted
browser); whoever has none sets up a code generator on the phone.
"""

from collections.abc import Iterable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone

from people.models import Membership


def demanding_roles(membership: Membership) -> set[str]:
    """Roles that need a second factor in this school."""
    return {*settings.MFA_REQUIRED_ROLES, *membership.organization.roles_with_second_factor}


def is_demanded(memberships: Iterable[Membership]) -> bool:
    """Whether one of today's roles needs it; no query when organization and grants are loaded."""
    today = timezone.localdate()
    return any(one.roles_on(today) & demanding_roles(one) for one in memberships)


def memberships_with_roles(user):
    rows = Membership.objects.filter(user=user)
    return rows.select_related("organization").prefetch_related("grants")


def must_set_up(user, memberships: Iterable[Membership]) -> bool:
    """Only a generator is left for those without an address."""
    return not user.email and is_demanded(memberships) and not is_mfa_enabled(user)
