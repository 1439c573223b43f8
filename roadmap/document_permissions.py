"""Rights on papers, used by services, views and templates alike."""

from django.db.models import Q

from mentoring.core.access import ALLOWED, Verdict, allow_if, deny
from people.models import Membership, StoredFile
from people.models.accounts import Role
from people.permissions import CURATORS, HEADS, MANAGERS, has_any
from people.reauthentication import can_prove_identity
from roadmap.models import Acknowledgement, ApprovalStep, Document, DocumentFile, Reading
from roadmap.models.documents import publishable_kinds

ONLY_CURATOR = "Документы готовит куратор. Попросите куратора внести изменение."


def can_read_documents(membership: Membership) -> Verdict:
    """The list of papers; what it shows is narrowed by `readable_documents`."""
    return ALLOWED if membership.current_roles else deny("Войдите под своей учётной записью.")


def readable_documents(membership: Membership):
    """Papers the member may open: managers all, others those in force, theirs to decide or to read."""
    documents = Document.objects.of(membership.organization)
    if has_any(membership, MANAGERS):
        return documents
    person = membership.person_id
    readings = Reading.objects.filter(person=person)
    steps = ApprovalStep.objects.of(membership.organization).exclude(state="waiting")
    own_steps = steps.filter(Q(person=person) | Q(role__in=membership.current_roles))
    sheets = Acknowledgement.objects.filter(person=person)
    return documents.filter(
        Q(state=Document.State.IN_FORCE) & (Q(kind__in=publishable_kinds()) | Q(pk__in=sheets.values("document")))
        | Q(pk__in=readings.values("circulation__document"))
        | Q(pk__in=own_steps.values("document"))
    )  # fmt: skip


def can_read_document(membership: Membership, document: Document) -> Verdict:
    readable = readable_documents(membership).filter(pk=document.pk).exists()
    return allow_if(
        readable, "Этот документ вам пока не открыт. Его покажет куратор, когда он вступит в силу."
    )


def can_draft(membership: Membership) -> Verdict:
    return allow_if(has_any(membership, CURATORS), ONLY_CURATOR)


def can_edit_draft(membership: Membership, document: Document) -> Verdict:
    if document.state != Document.State.DRAFT:
        return deny("Править можно только черновик. Подготовьте новую редакцию.")
    return can_draft(membership)


def can_decide(membership: Membership, step: ApprovalStep) -> Verdict:
    """Approve or return at this step. Bodies decide outside; the curator records their minutes."""
    if step.state != ApprovalStep.State.OPEN:
        return deny("Этот шаг уже пройден или ещё не наступил. Обновите страницу.")
    if step.kind == ApprovalStep.Kind.BODY:
        return allow_if(
            has_any(membership, CURATORS), "Решение органа записывает куратор по протоколу."
        )
    if step.kind == ApprovalStep.Kind.PERSON:
        return allow_if(step.person_id == membership.person_id, "Решение принимает другой человек.")
    roles = HEADS if step.is_head_step else frozenset({step.role})
    if not has_any(membership, roles):
        return deny(f"Решение принимает {Role(step.role).label}.")
    return can_prove_identity(membership.user) if step.is_head_step else ALLOWED


def can_record_signature(membership: Membership, document: Document) -> Verdict:
    if document.state != Document.State.APPROVED:
        return deny("Подпись отмечают у утверждённого документа.")
    return allow_if(has_any(membership, MANAGERS), "Подпись отмечают руководитель или куратор.")


def can_number(membership: Membership, document: Document) -> Verdict:
    if document.state not in (Document.State.APPROVED, Document.State.IN_FORCE):
        return deny("Номер вносят после утверждения.")
    return can_draft(membership)


def can_cancel(membership: Membership, document: Document) -> Verdict:
    if document.state in (Document.State.REPLACED, Document.State.CANCELLED):
        return deny("Документ уже не действует.")
    if document.state == Document.State.IN_FORCE:
        return allow_if(has_any(membership, HEADS), "Действующий документ отменяет руководитель.")
    return can_draft(membership)


def can_see_approvals(membership: Membership) -> Verdict:
    return allow_if(
        has_any(membership, MANAGERS | {Role.COUNCIL}),
        "Очередь утверждения видят руководитель, куратор и члены совета.",
    )


def can_read_document_file(membership: Membership, stored: StoredFile) -> Verdict:
    """Rule of the purpose «document»: whoever reads the paper reads its file."""
    found = (
        DocumentFile.objects.of(membership.organization)
        .filter(stored=stored)
        .select_related("document")
        .first()
    )
    return can_read_document(membership, found.document) if found else deny("Файл не найден.")


def can_read_scan(membership: Membership, stored: StoredFile) -> Verdict:
    """Scans of signed originals may show more than the paper: managers only."""
    return allow_if(has_any(membership, MANAGERS), "Скан подлинника видят руководитель и куратор.")


def can_read_pack(membership: Membership, stored: StoredFile) -> Verdict:
    """An archive of papers holds what its author might read; it is the author's alone."""
    return allow_if(stored.owner_id == membership.pk, "Этот архив собирал другой сотрудник.")
