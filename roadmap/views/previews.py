"""Pages of a paper as pictures, loaded after the page itself: a phone shows them where it shows no PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.pages import member_page
from roadmap.services import renditions
from roadmap.views.documents import own_paper


@member_page
@require_safe
def document_pages(request, pk):
    """All pages: a piece for htmx, a page of its own without JavaScript."""
    paper = own_paper(request, pk)
    piece = "_pages" if request.htmx else "pages"
    context = {"document": paper, "numbers": renditions.page_numbers(paper)}
    return render(request, f"roadmap/documents/{piece}.html", context)


@member_page
@require_safe
def document_page(request, pk, number):
    try:
        picture = renditions.page_picture(own_paper(request, pk), number)
    except IndexError as error:
        raise Http404("Такого листа нет.") from error
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    return response
