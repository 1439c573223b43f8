"""The check page `/v/<code>/`, without sign-in: never title, text or participants."""

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from roadmap.forms.check import CheckForm
from roadmap.models import DocumentFile
from roadmap.services import checking


# Nothing is changed and nobody is signed in here, and the page sets no cookie: there is nothing to forge.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, code):
    paper = checking.issued(code)
    if paper is None:
        return render(request, "roadmap/check/unknown.html", status=404)
    form = CheckForm(request.POST if request.method == "POST" else None, request.FILES or None)
    asked = form.submitted_to(lambda *, file: checking.fingerprint(file))
    official = [
        file for file in paper.files.all() if file.rendition == DocumentFile.Rendition.OFFICIAL
    ]
    context = {
        "paper": paper,
        "form": form,
        "asked": asked,
        "match": checking.matching_file(paper, form.result) if asked else None,
        "edition": max(paper.editions.all(), key=lambda edition: edition.no, default=None),
        "file": official[-1] if official else None,
    }
    return render(request, "roadmap/check/page.html", context)
