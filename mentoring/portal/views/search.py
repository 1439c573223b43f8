"""Search over the school."""

from django.shortcuts import render

from mentoring.portal.services.search import search
from people.pages import member_page

SHORTEST = 2


@member_page
def search_page(request):
    text = " ".join(request.GET.get("q", "").split())[:100]
    sections = search(request.membership, text) if len(text) >= SHORTEST else []
    context = {"sections": sections, "text": text, "top_query": text, "short": bool(text) and len(text) < SHORTEST}  # fmt: skip
    return render(request, "portal/search.html", context)
