"""Uploaded staff lists: kept for a while, erased as soon as they are written or forgotten."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.spreadsheets import open_book
from people.imports import tables
from people.imports.tables import Table
from people.models import ImportBatch, Membership, Organization, StoredFile
from people.permissions import can_edit_people
from people.services import files, journal
from people.services.staff_import import keep_table, require_open

PURPOSE = "staff_import"  # no rule opens files of this purpose: nobody downloads them
KEPT_DAYS = 7  # an upload that nobody confirmed


@transaction.atomic
def upload(*, by: Membership, upload) -> ImportBatch:
    """Keep the file and what was understood of it; RuleError for a file that is no list."""
    can_edit_people(by).require()
    content = files.read_upload(upload, "upload")
    table = understood(content)
    forget_files(by.organization, before=timezone.now() - dt.timedelta(days=KEPT_DAYS))
    stored = files.store(
        content, organization=by.organization, purpose=PURPOSE, name=upload.name[-200:],
        content_type="application/octet-stream", owner_id=by.pk,
    )  # fmt: skip
    batch = ImportBatch(
        organization=by.organization, file=stored, file_name=stored.name, membership=by
    )
    keep_table(batch, table)
    batch.full_clean()
    batch.save()
    journal.record(by, "import.uploaded", batch)
    return batch


def understood(content: bytes) -> Table:
    """The list in the bytes of a file; the error belongs to the field of the upload."""
    try:
        return tables.find(open_book(content))
    except RuleError as error:
        raise RuleError(error.message, "upload") from error


@transaction.atomic
def discard(batch: ImportBatch, *, by: Membership) -> None:
    """Forget an upload that was not written."""
    require_open(batch, by)
    journal.record(by, "import.removed", batch)
    stored = batch.file
    batch.delete()
    erase(stored)


def forget_files(organization: Organization, *, before: dt.datetime) -> int:
    """Erase uploads that nobody confirmed: a staff list holds more than the portal needs."""
    old = ImportBatch.objects.of(organization).filter(created_at__lt=before)
    old = old.exclude(file=None).exclude(state=ImportBatch.State.RUNNING).select_related("file")
    for batch in old:
        drop_file(batch)
    return len(old)


def drop_file(batch: ImportBatch) -> None:
    """The name stays, the content goes."""
    stored, batch.file = batch.file, None
    batch.save(update_fields=["file"])
    erase(stored)


def erase(stored: StoredFile | None) -> None:
    """The row now, the bytes when the transaction is through."""
    if stored is not None:
        # Nothing but the batch refers to it, so no cascade is looked for.
        StoredFile.objects.filter(pk=stored.pk)._raw_delete("default")
        transaction.on_commit(lambda: stored.file.storage.delete(stored.file.name))


def forget_details(organization: Organization, *, before: dt.datetime) -> int:
    """Values of rows kept for undo and for the list of errors go after their term; numbers stay."""
    old = ImportBatch.objects.of(organization).filter(created_at__lt=before)
    return old.exclude(undo=[], errors=[]).update(undo=[], errors=[])
