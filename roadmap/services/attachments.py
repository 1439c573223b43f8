"""What belongs to a draft beside its text: annexes, bases of other bodies, stamps."""

import datetime as dt

from django.db import transaction

from mentoring.core.errors import RuleError
from people.models import Membership
from people.models.accounts import Role
from people.services import journal
from roadmap.document_permissions import can_draft, can_edit_draft
from roadmap.models import Annex, Basis, Document, Norm, Stamp


@transaction.atomic
def attach_annex(
    order: Document, document: Document, *, number: int | None = None, by: Membership
) -> Annex:
    """Make `document` a numbered annex of the order (R-106)."""
    can_edit_draft(by, order).require()
    if not document.kind_info.approved_by_order or document.pk == order.pk:
        raise RuleError(
            "Этот документ не утверждают приказом. Выберите Положение, карту или модель.",
            "document",
        )
    if document.state not in (Document.State.DRAFT, Document.State.REVIEW):
        raise RuleError("Этот документ уже утверждён. Подготовьте новую редакцию.", "document")
    if Annex.objects.of(order.organization).filter(document=document).exists():
        raise RuleError("Документ уже приложен к приказу.", "document")
    annex = Annex(
        organization=order.organization,
        order_document=order,
        document=document,
        number=number or order.annexes.count() + 1,
    )
    annex.full_clean()
    annex.save()
    # The head decides on the order; an annex sent earlier no longer waits for its own signature.
    document.steps.filter(role=Role.HEAD, state__in=["waiting", "open"]).delete()
    journal.record(by, "document.annex_attached", order)
    return annex


@transaction.atomic
def detach_annex(annex: Annex, *, by: Membership) -> None:
    order = annex.order_document
    can_edit_draft(by, order).require()
    annex.delete()
    for number, rest in enumerate(order.annexes.all(), start=1):
        rest.number = number
        rest.save(update_fields=["number"])
    journal.record(by, "document.annex_detached", order)


@transaction.atomic
def add_basis(
    document: Document, *, text: str = "", dated_on: dt.date | None = None, norm: Norm | None = None, by: Membership,
) -> Basis:  # fmt: skip
    """A document the draft rests on: an act of the library, or one in the curator's words."""
    can_edit_draft(by, document).require()
    if norm:
        text, dated_on = (
            text or f"{norm.requisites} «{norm.title}»"[:500],
            dated_on or norm.dated_on,
        )
    if not text.strip():
        raise RuleError("Выберите акт из библиотеки или впишите документ.", "text")
    basis = Basis(
        organization=document.organization, document=document, text=text, dated_on=dated_on, norm=norm
    )  # fmt: skip
    basis.full_clean()
    basis.save()
    journal.record(by, "document.basis_added", document)
    return basis


@transaction.atomic
def add_stamp(document: Document, *, by: Membership, **values) -> Stamp:
    """A stamp of a body with its minutes; dates may be incomplete (R-119)."""
    can_draft(by).require()
    if document.state not in (Document.State.DRAFT, Document.State.REVIEW):
        raise RuleError(
            "Документ уже утверждён, гриф в него не вписать. Подготовьте новую редакцию."
        )
    stamp = Stamp(
        organization=document.organization,
        document=document,
        sort_index=document.stamps.count(),
        **values,
    )
    stamp.full_clean()
    stamp.save()
    journal.record(by, "document.stamp_added", document)
    return stamp


@transaction.atomic
def remove_row(row, *, by: Membership) -> None:
    """Take a stamp or a basis off a draft."""
    can_edit_draft(by, row.document).require()
    document = row.document
    row.delete()
    journal.record(by, "document.edited", document)
