"""The paper as a file: PDF and Word, live for a draft, from the archive after approval."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from mentoring.core.access import allow_if
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from people.services import jobs
from roadmap.document_permissions import can_read_documents
from roadmap.models import Document
from roadmap.services import renditions
from roadmap.tasks import pack_papers
from roadmap.views.documents import own_paper

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@xframe_options_sameorigin
@member_page
@require_safe
def document_pdf(request, pk, code):
    paper = named_paper(request, pk, code)
    return delivered(HttpResponse(renditions.current_pdf(paper), content_type=PDF), f"{code}.pdf")


@member_page
@require_safe
def document_docx(request, pk, code):
    paper = named_paper(request, pk, code)
    if paper.from_paper:
        raise Http404("Документ подписан до портала: есть только скан подлинника.")
    return delivered(
        HttpResponse(renditions.current_docx(paper), content_type=DOCX),
        f"{code}.docx",
        how="attachment",
    )


@xframe_options_sameorigin
@member_page
@require_safe
def document_public_pdf(request, pk):
    """The rendition for the site as it is or would be; kinds that are never public have none."""
    paper = own_paper(request, pk)
    if paper.from_paper:
        raise Http404("Документ подписан до портала: вида без фамилий у него нет.")
    allow_if(
        paper.kind_info.publishable, "Документы этого вида на сайт не выкладывают никогда."
    ).require()
    allow_if(
        has_any(request.membership, MANAGERS), "Вид для сайта смотрят руководитель и куратор."
    ).require()
    content = renditions.current_pdf(paper, public=True)
    return delivered(HttpResponse(content, content_type=PDF), f"{paper.kind}-public.pdf")


@member_page
@require_POST
def documents_pack(request):
    """Start the archive of papers in force; its page shows the progress and the result."""
    can_read_documents(request.membership).require()
    job = jobs.start(pack_papers, by=request.membership, title="Архив действующих документов")
    return redirect(job)


def named_paper(request, pk: int, code: str) -> Document:
    """The address carries the kind; another word is another address."""
    paper = own_paper(request, pk)
    if paper.kind != code:
        raise Http404("Такого файла нет.")
    return paper


def delivered(response, name: str, *, how: str = "inline"):
    """Private, never kept by a cache; the viewer of the browser may run it only inside our own pages."""
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    # `object-src 'none'` of the pages would forbid the browser's own PDF viewer.
    shown = "frame-ancestors 'self'" if how == "inline" else "default-src 'none'; sandbox"
    response["Content-Security-Policy"] = shown
    return response
