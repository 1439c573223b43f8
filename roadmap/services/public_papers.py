"""What the public page shows of the papers (R-904): the latest public file of each paper in force."""

from roadmap.kinds import KINDS
from roadmap.models import Document, DocumentFile


def listed(organization) -> list[DocumentFile]:
    """Latest public file per document in force, in the order of the kinds' list (one query)."""
    documents = Document.objects.of(organization).publishable()
    files = DocumentFile.objects.of(organization).filter(
        document__in=documents, rendition=DocumentFile.Rendition.PUBLIC
    )
    latest = {
        file.document_id: file
        for file in files.select_related("document", "stored")
        .defer("html")
        .order_by("created_at", "pk")
    }
    order = list(KINDS)
    return sorted(
        latest.values(), key=lambda file: (order.index(file.document.kind), file.document.dated_on)
    )
