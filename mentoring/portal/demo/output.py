"""The demo's papers and prints as files: var/demo/<school>/<code>.pdf and .docx, tables as .xlsx."""

import shutil
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mentoring.portal.demo import SCHOOLS
from mentoring.portal.demo.prints import write_prints
from people.models import Organization
from roadmap.models import Document
from roadmap.services import renditions

OUTPUT = Path(settings.VAR_DIR) / "demo"


def papers_of(slug: str) -> dict[str, Document]:
    """File name without ending → document; several of a kind are numbered by date."""
    documents = Document.objects.filter(organization__slug=slug).select_related(
        "organization", "roadmap"
    )
    by_kind = defaultdict(list)
    for document in documents.order_by("dated_on", "created_at", "pk"):
        by_kind[document.kind].append(document)
    named = {}
    for kind, found in by_kind.items():
        for number, document in enumerate(found, start=1):
            named[kind if len(found) == 1 else f"{kind}-{number:02d}"] = document
    return named


def write_all(report=print) -> None:
    for slug in SCHOOLS:
        folder = OUTPUT / slug
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, document in papers_of(slug).items():
            (folder / f"{name}.pdf").write_bytes(renditions.current_pdf(document))
            (folder / f"{name}.docx").write_bytes(renditions.current_docx(document))
            report(f"{slug}/{name}")
        school = Organization.objects.get(slug=slug)
        for name in write_prints(school, folder, on=timezone.localdate()):
            report(f"{slug}/{name}")
