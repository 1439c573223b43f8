"""The bell: what the portal told this person."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.models import Notice
from people.pages import member_page
from people.services import notices as service

PAGE = 30


def own_notices(request):
    return Notice.objects.of(request.school).filter(person=request.membership.person)


@member_page
def notices(request):
    """Newest first; the unread ones alone with `?new=1`."""
    rows = own_notices(request)
    only_new = request.GET.get("new") == "1"
    if only_new:
        rows = rows.filter(read_at=None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/notices/list.html", {"page": page, "only_new": only_new})


@member_page
def notice_open(request, pk):
    """Mark as read and go where the notice leads."""
    notice = get_object_or_404(own_notices(request), pk=pk)
    service.mark_read(own_notices(request).filter(pk=pk), by=request.membership)
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if inside else reverse("notices", args=[request.school.slug]))


@member_page
@require_POST
def notices_read(request):
    service.mark_read(own_notices(request), by=request.membership)
    return redirect("notices", request.school.slug)
