"""Answers for watchers: `/healthz` = the process serves, `/readyz` = it may get requests (README, «Эксплуатация»)."""

from django.http import HttpResponse, JsonResponse

from mentoring.portal.state import ready


def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """200, or 503 when a part that every page needs does not answer; which one stands in the JSON."""
    found = ready.answers()
    good = all(answer == "ok" for answer in found.values())
    return JsonResponse({"ready": good, **found}, status=200 if good else 503)
