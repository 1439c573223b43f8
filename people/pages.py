"""Entrance of every page of a school: sign-in, school from the address, membership, else 404."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils import timezone

from people.models import Membership

# Every page asks it; the same as a subquery of Django's takes as long to put into SQL as the rest of the query.
UNREAD = RawSQL(
    "SELECT COUNT(*) FROM people_notice WHERE people_notice.person_id = people_membership.person_id AND people_notice.read_at IS NULL",
    (), output_field=IntegerField(),
)  # fmt: skip


def member_page(view):
    """Give the view `request.school` and `request.membership` (with today's `current_roles`).

    A school where the user is no member today is 404: a neighbour learns nothing. Three queries
    at most: session, user, membership with its grants.
    """

    @login_required
    @wraps(view)
    def page(request, school, *args, **kwargs):
        request.membership = find_membership(request.user, school)
        request.school = request.membership.organization
        return view(request, *args, **kwargs)

    page.guarded_by = "member_page"  # copied by wraps() to whatever stands around
    return page


def find_membership(user, slug: str) -> Membership:
    """Membership with at least one role today, or Http404."""
    memberships = memberships_of(user).filter(organization__slug=slug)
    for membership in memberships:
        if with_current_roles(membership).current_roles:
            return membership
    raise Http404


def memberships_of(user):
    """Memberships of the user; `unread` counts notices for the bell, inside the same query."""
    rows = user.memberships.annotate(unread=UNREAD)
    return rows.select_related("organization", "person").prefetch_related("grants")


def with_current_roles(membership: Membership, day=None) -> Membership:
    """Set `current_roles`: the role codes in force on `day` (default today)."""
    membership.current_roles = membership.roles_on(day or timezone.localdate())
    return membership
