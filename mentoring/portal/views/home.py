"""Home by role: what waits for this person today."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.portal.services import authority_desk, todo
from people.pages import member_page, memberships_of, with_current_roles
from programs.report_permissions import is_authority


@login_required
def root(request):
    """One school: its home; several: the chooser; none: a sentence with the next step."""
    day = timezone.localdate()
    schools = [
        item.organization
        for item in memberships_of(request.user)
        if with_current_roles(item, day).current_roles
    ]
    if len(schools) == 1:
        return redirect(schools[0])
    return render(request, "portal/chooser.html", {"schools": schools})


@member_page
def home(request):
    if is_authority(request.membership):
        return render(request, "portal/authority.html", authority_desk.desk(request.membership))
    return render(request, "portal/home.html", todo.desk(request.membership))
