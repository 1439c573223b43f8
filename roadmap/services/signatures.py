"""The signature record puts an approved document in force; then its effects begin."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership, SignatureJoining
from people.services import files, journal
from roadmap import effects
from roadmap.document_permissions import can_cancel, can_record_signature
from roadmap.models import Annex, Document, KindSetting, SignatureRecord
from roadmap.services import archive

State = Document.State


def counted_records(document: Document) -> list[str]:
    """Signature records that count for the kind here; a school may tighten, not loosen."""
    allowed = list(document.kind_info.records)
    setting = KindSetting.objects.of(document.organization).filter(kind=document.kind).first()
    if setting and setting.records is not None:
        allowed = [code for code in allowed if code in setting.records]
    if not document.organization.simple_signature_allowed:
        allowed = [code for code in allowed if code != SignatureRecord.Kind.SIMPLE]
    return allowed


@transaction.atomic
def record_signature(
    document: Document, *, by: Membership, kind: str, signed_on: dt.date, **proof
) -> Document:
    """Record how the approved document was signed. `proof`: scan, sig (uploads), certificate_*."""
    document = (
        Document.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=document.pk)
    )
    can_record_signature(by, document).require()
    sign(document, by=by, kind=kind, signed_on=signed_on, **proof)
    journal.record(by, "document.signed", document)
    return document


def sign(
    document: Document,
    *,
    by: Membership,
    kind: str,
    signed_on: dt.date,
    scan=None,
    sig=None,
    today: dt.date | None = None,
    **certificate,
) -> None:
    """The part without rights: called by the head's «подписан на бумаге» and by record_signature."""
    check_record(document, kind, signed_on, today or timezone.localdate())
    if kind == SignatureRecord.Kind.SIMPLE:
        check_joined(by, signed_on)
    if kind == SignatureRecord.Kind.SIG:
        check_certificate(certificate)
    record = SignatureRecord(
        organization=document.organization,
        document=document,
        kind=kind,
        signed_on=signed_on,
        seen_by=by,
        **certificate,
    )
    if scan:
        record.scan = files.store_scan(scan, by=by, purpose="scan", owner_id=document.pk)
    if kind == SignatureRecord.Kind.SIG:
        record.sig = files.store_signature(
            sig, by=by, purpose="scan", owner_id=document.pk, name=f"{document.kind}.sig"
        )
    record.full_clean()
    record.save()
    put_in_force(document, by=by)


def check_record(document: Document, kind: str, signed_on: dt.date, today: dt.date) -> None:
    if kind not in counted_records(document):
        raise RuleError(
            "Для этого вида документа такая подпись не засчитывается. Выберите другую.", "kind"
        )
    if signed_on > today:
        raise RuleError("Дата подписи не может быть в будущем.", "signed_on")
    if signed_on < document.dated_on:
        raise RuleError(
            "Подпись не может стоять раньше даты документа. Исправьте дату.", "signed_on"
        )


def check_joined(by: Membership, day: dt.date) -> None:
    """The simple signature counts only for those who joined its rules on paper (63-ФЗ, ст. 6 ч. 2)."""
    joining = SignatureJoining.objects.of(by.organization).filter(person=by.person_id).first()
    if joining is None or not joining.active_on(day):
        raise RuleError(
            "Простая подпись засчитывается после заявления о присоединении на бумаге. Подпишите документ на бумаге.",
            "kind",
        )


def check_certificate(certificate: dict) -> None:
    """The mark on the paper prints all four facts of the certificate (ГОСТ Р 7.0.97-2025)."""
    labels = {
        "certificate_number": "номер сертификата", "certificate_owner": "владельца сертификата",
        "certificate_from": "начало срока сертификата", "certificate_to": "конец срока сертификата",
    }  # fmt: skip
    for name, label in labels.items():
        if not certificate.get(name):
            raise RuleError(
                f"Укажите {label}: это печатается в отметке об электронной подписи.", name
            )
    if certificate["certificate_to"] < certificate["certificate_from"]:
        raise RuleError(
            "Срок сертификата заканчивается раньше, чем начинается. Исправьте дату.",
            "certificate_to",
        )


def put_in_force(document: Document, *, by: Membership) -> None:
    """approved → in_force for the paper and its annexes; what they replace is replaced."""
    for paper in [document, *archive.package_annexes(document)]:
        rows = Document.objects.of(document.organization)
        if not rows.filter(pk=paper.pk, state=State.APPROVED).update(state=State.IN_FORCE):
            raise RuleError("Состояние документа изменилось. Обновите страницу.")
        paper.state = State.IN_FORCE
        if paper.replaces_id:
            rows.filter(pk=paper.replaces_id, state=State.IN_FORCE).update(state=State.REPLACED)
        effects.apply(paper, by=by)
        journal.record(by, "document.in_force", paper)
    archive.write_package(document)


@transaction.atomic
def cancel(document: Document, *, reason: str, by: Membership) -> Document:
    """Cancel a paper with a reason; an order in force takes its annexes with it."""
    can_cancel(by, document).require()
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    can_cancel(by, document).require()
    if not reason.strip():
        raise RuleError("Укажите причину отмены.", "reason")
    annexes = archive.package_annexes(document)
    in_force = document.state == State.IN_FORCE
    for paper in [document, *(annexes if in_force else [])]:
        paper.state, paper.cancelled_reason = State.CANCELLED, reason.strip()
        paper.save(update_fields=["state", "cancelled_reason"])
        journal.record(by, "document.cancelled", paper)
    if not in_force:
        Annex.objects.of(document.organization).filter(order_document=document).delete()
    return document
