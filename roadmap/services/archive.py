"""The files of an approved paper: written once, kept, never rendered again."""

from mentoring.core import pdf
from mentoring.core.errors import RuleError
from people.services import files
from roadmap.models import Document, DocumentFile
from roadmap.services import public_text, rendering
from roadmap.services.editions import current_edition


def write_package(document: Document) -> None:
    """Write the official file of the document and of its annexes; public ones where allowed."""
    for paper in [document, *package_annexes(document)]:
        write_file(paper, DocumentFile.Rendition.OFFICIAL)
        if paper.kind_info.publishable and paper.state == Document.State.IN_FORCE:
            write_file(paper, DocumentFile.Rendition.PUBLIC)


def package_annexes(document: Document) -> list[Document]:
    return [annex.document for annex in document.annexes.select_related("document")]


def write_file(document: Document, rendition: str) -> DocumentFile:
    public = rendition == DocumentFile.Rendition.PUBLIC
    if public:
        guard_public(document)
    html = rendering.paper_html(document, public=public)
    stored = files.store(
        pdf.render_pdf(html),
        organization=document.organization,
        purpose="public_document" if public else "document",
        name=f"{document.kind}.pdf",
        content_type="application/pdf",
        owner_id=document.pk,
    )
    return DocumentFile.objects.create(
        organization=document.organization,
        document=document,
        edition=current_edition(document),
        rendition=rendition,
        stored=stored,
        file_hash=stored.sha256,
        html=html,
    )


def guard_public(document: Document) -> None:
    """A name that slipped through stops the publication, not the order itself being drafted."""
    body = rendering.paper_body(document, current_edition(document), public=True)
    if names := public_text.names_left(body, document.organization):
        raise RuleError(
            f"В тексте для сайта остались фамилии: {', '.join(names)}. Замените их должностями."
        )


def latest_file(
    document: Document, rendition: str = DocumentFile.Rendition.OFFICIAL
) -> DocumentFile | None:
    return document.files.filter(rendition=rendition).select_related("stored").last()
