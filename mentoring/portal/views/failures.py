"""The last answer: what a person reads when a view could not finish."""

import sys

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from mentoring.core.outages import Outage, outage_of


def server_error(request):
    """`handler500`: 503 with the reason where the portal knows it, else 500. Reads no session, asks no database."""
    outage = outage_of(sys.exc_info()[1])
    if outage is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    return unavailable(request, outage)


def unavailable(request, outage: Outage) -> HttpResponse:
    """Scripts that save in the background get one sentence, people a page that tries again by itself."""
    if "application/json" in request.headers.get("Accept", ""):
        answer = JsonResponse({"text": f"{outage.sentence} Введённое осталось в этом окне."}, status=503)  # fmt: skip
    else:
        context = {"outage": outage, "reading": request.method in ("GET", "HEAD")}
        answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(outage.seconds)
    answer["Cache-Control"] = "no-store"
    return answer
