"""Is this paper ours: the facts of an issued paper by its code, and the comparison of a file."""

import hashlib

from django.conf import settings
from django.db.models import Prefetch

from mentoring.core.errors import RuleError
from roadmap.models import Document, DocumentFile


def issued(code: str) -> Document | None:
    """An approved paper by its check code; drafts have no page. Two queries and one for each prefetch."""
    files = DocumentFile.objects.select_related("edition")
    rows = Document.objects.exclude(dated_on=None).select_related("organization", "signatory")
    rows = rows.prefetch_related("editions", Prefetch("files", queryset=files))
    return rows.filter(check_code=code.strip().upper()).first()


def fingerprint(upload) -> str:
    """SHA-256 of an uploaded file, read in chunks; nothing is kept."""
    limit = settings.UPLOAD_MAX_BYTES
    if upload.size > limit:
        raise RuleError(f"Файл больше {limit // 1024 // 1024} МБ: это не документ портала.", "file")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def matching_file(document: Document, digest: str) -> DocumentFile | None:
    """The stored file of the paper with this hash: the official ones and those for the site."""
    return next((file for file in document.files.all() if file.file_hash == digest), None)
