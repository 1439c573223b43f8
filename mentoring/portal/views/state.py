"""The page «Состояние» of the administrator."""

from django.shortcuts import render
from django.utils import timezone

from mentoring.portal.state import overview
from people.pages import member_page
from people.permissions import can_read_state


@member_page
def state(request):
    can_read_state(request.membership).require()
    now = timezone.now()
    found = overview.lights(now, request.school)
    context = {"lights": found, "verdict": overview.verdict(found), "now": now}
    return render(request, "portal/state.html", context)
