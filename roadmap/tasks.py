"""Background work on papers; safe to run again from the start."""

import io
import zipfile

from django.db import transaction
from django_tasks import task

from people.models import Membership
from people.pages import with_current_roles
from people.services import files, jobs
from roadmap.document_permissions import readable_documents
from roadmap.models import Document
from roadmap.services import renditions


@task()
def pack_papers(job_id: int) -> None:
    """All papers in force that the author of the job may read, PDF and Word, in one zip."""
    if (job := jobs.begin(job_id)) is None:
        return
    papers = papers_for(job.membership)
    jobs.running(job, total=len(papers))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, paper in enumerate(papers, start=1):
            archive.writestr(f"{done:02d}-{paper.kind}.pdf", renditions.current_pdf(paper))
            if not paper.from_paper:  # a scan has no text for Word
                archive.writestr(f"{done:02d}-{paper.kind}.docx", renditions.current_docx(paper))
            jobs.progress(job, done)
    with transaction.atomic():
        stored = files.store(
            content.getvalue(),
            organization=job.organization,
            purpose="pack",
            name="документы.zip",
            content_type="application/zip",
            owner_id=job.membership_id,
        )
        jobs.finished(job, stored)


def papers_for(membership: Membership) -> list[Document]:
    """Papers by the rights of this very day: the queue may have waited."""
    papers = (
        readable_documents(with_current_roles(membership))
        .in_force()
        .select_related("organization", "roadmap")
    )
    return list(papers.order_by("dated_on", "pk"))
