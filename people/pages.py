"""Entrance of every page of a school: sign-in, school from the address, membership, else 404."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from people.models import Membership, Notice


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
    unread = Notice.objects.filter(person=OuterRef("person"), read_at=None).order_by()
    unread = unread.values("person").annotate(number=Count("pk")).values("number")
    return (
        Membership.objects.filter(user=user)
        .annotate(unread=Coalesce(Subquery(unread), 0))
        .select_related("organization", "person", "user")
        .prefetch_related("grants")
    )


def with_current_roles(membership: Membership, day=None) -> Membership:
    """Set `current_roles`: the role codes in force on `day` (default today)."""
    membership.current_roles = membership.roles_on(day or timezone.localdate())
    return membership
