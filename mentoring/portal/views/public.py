"""The public section «Наставничество»: papers in force of publishable kinds, nothing else."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from people.models import Organization
from roadmap.models import Document, DocumentFile
from roadmap.services import public_papers


@require_safe
@xframe_options_sameorigin  # the cabinet shows it as a live preview
def section(request, school):
    """Two queries whatever the number of papers; sets no cookie."""
    organization = get_object_or_404(Organization, slug=school)
    papers = public_papers.listed(organization)
    context = {
        "school": organization,
        "papers": papers,
        "updated": max((paper.created_at for paper in papers), default=None),
    }
    return render(request, "public/section.html", context)


@require_safe
def document(request, school, pk):
    """The public rendition of a paper in force; everything else is 404."""
    documents = Document.objects.publishable().filter(organization__slug=school)
    files = DocumentFile.objects.filter(document__in=documents, document=pk, rendition="public")
    found = files.select_related("stored", "document").last()
    if found is None:
        raise Http404
    return FileResponse(
        found.stored.file.open(),
        content_type="application/pdf",
        filename=f"{found.document.kind}.pdf",
    )
