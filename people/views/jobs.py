"""Progress of a background task; the page can be left and found again."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from people.models import Job
from people.pages import member_page
from people.permissions import can_read_job

PILLS = {"waiting": "queued", "running": "running", "done": "done", "failed": "failed"}


@member_page
@never_cache
def job(request, pk):
    """The whole page, or only its middle for htmx, which asks every two seconds while it runs."""
    shown = get_object_or_404(Job.objects.of(request.school).select_related("result"), pk=pk)
    can_read_job(request.membership, shown).require()
    context = {
        "job": shown, "pill": PILLS[shown.state],
        "is_open": shown.state in (Job.State.WAITING, Job.State.RUNNING),
    }  # fmt: skip
    name = "progress" if request.htmx else "page"
    return render(request, f"people/jobs/{name}.html", context)
