"""The public section «Наставничество» without sign-in: what the front door does not hold yet is built here."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from mentoring.portal import front_door
from programs.services import public_outputs

ROBOTS = "User-agent: *\nDisallow: /s/\nDisallow: /admin/\nDisallow: /accounts/\nDisallow: /q/\nDisallow: /r/\nDisallow: /cal/\n"
MISSING_POLICY = f"{public_outputs.STRICT}; frame-ancestors 'self'"


@require_safe
def page(request, school, **parts):
    """Every output of a section: kept, else built (at most 30 queries) and kept. Sets no cookie."""
    asked = front_door.read(request.META)
    if asked is None:
        return missing()
    found = front_door.kept_reply(request.META)
    if found is None:
        output = public_outputs.built(asked.slug, asked.name, timezone.localdate())
        found = output and front_door.reply(output, asked)
    return response(found) if found else missing()


def response(found: front_door.Reply) -> HttpResponse:
    """With the headers of the front door and none besides."""
    answer = HttpResponse(found.body, status=int(found.status[:3]))
    del answer["Content-Type"]
    for name, value in found.headers:
        answer[name] = value
    answer.xframe_options_exempt = True
    answer._csp_exempt = True
    return answer


def missing() -> HttpResponse:
    """No such school, a closed section, no such page: the same words for all three."""
    answer = HttpResponse(render_to_string("public/missing.html"), status=404)
    answer["Cache-Control"] = "no-cache"
    answer["Content-Security-Policy"] = MISSING_POLICY
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@require_safe
def robots(request):
    """Search engines read the public sections only."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
