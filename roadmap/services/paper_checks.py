"""`manage.py verify`: approvals against the content they were given for, files against their papers."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef

from people.models import Organization, PurgeRun
from people.services.file_checks import digest_of
from people.verification import Counter, Finding
from roadmap.models import Document, DocumentFile, Edition
from roadmap.services.editions import digest_of_edition

COMPARE = "Сравните документ с подлинником и с резервной копией."
ISSUED = [Document.State.APPROVED, Document.State.IN_FORCE, Document.State.REPLACED]


def editions(organization: Organization, counter: Counter) -> Iterator[Finding]:
    """Each edition is put into its canonical form anew; every decision must name the same content."""
    rows = Edition.objects.of(organization).order_by("pk").select_related("document")
    for edition in rows.prefetch_related("approvals").iterator(chunk_size=50):
        counter.add("редакций документов")
        digest = digest_of_edition(edition)
        decisions = [row.content_hash for row in edition.approvals.all()]
        counter.add("решений", len(decisions))
        if digest != edition.content_hash:
            yield finding(edition, f"содержание редакции {edition.no} не то, что было отправлено на утверждение")  # fmt: skip
        elif other := sum(one != digest for one in decisions):
            yield finding(edition, f"решения по редакции {edition.no} относятся к другому содержанию: {other}")  # fmt: skip


def finding(edition: Edition, text: str) -> Finding:
    return Finding("документ", edition.document_id, f"{text}. {COMPARE}")


def files(organization: Organization, counter: Counter) -> Iterator[Finding]:
    """The bytes are compared with their own row elsewhere (`people/services/file_checks.py`)."""
    rows = DocumentFile.objects.of(organization)
    for row in rows.exclude(file_hash=F("stored__sha256")).select_related("stored"):
        # Where the bytes are what the paper says, the row of the file was changed and is told already.
        if not holds(row):
            text = f"файл документа {row.document_id} не тот, что был выпущен. {COMPARE}"
            yield Finding("файл документа", row.pk, text)
    has_file = DocumentFile.objects.filter(document=OuterRef("pk"), rendition="official")
    issued = Document.objects.of(organization).filter(state__in=ISSUED).order_by("pk")
    for pk in issued.filter(~Exists(has_file)).values_list("pk", flat=True):
        text = f"у утверждённого документа нет файла. {COMPARE}"
        yield Finding("документ", pk, text)


def holds(row: DocumentFile) -> bool:
    try:
        return digest_of(row.stored) == row.file_hash
    except (OSError, ValueError):
        return False


def destroyed(organization: Organization, counter: Counter) -> Iterator[Finding]:
    """What is gone by its term is no fault: the act says what and when."""
    runs = PurgeRun.objects.of(organization).exclude(lines=[]).order_by("on", "pk")
    for run in runs.iterator():
        act = Document.objects.of(organization).filter(pk=run.act_document_id).first()
        text = f"{act_words(run, act)}: записей {len(run.lines)}"
        yield Finding("уничтожение данных", run.pk, text, fault=False)


def act_words(run: PurgeRun, act: Document | None) -> str:
    if act is None:
        return f"уничтожено {run.on:%d.%m.%Y}, акт ещё не составлен"
    if not act.number:
        return f"уничтожено {run.on:%d.%m.%Y}, акт без номера (документ {act.pk})"
    return f"уничтожено по акту № {act.number} от {act.dated_on or run.on:%d.%m.%Y}"
