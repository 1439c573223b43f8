"""Sending for approval and taking back: the edition is frozen, the chain opens."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal
from roadmap.document_permissions import can_draft, can_edit_draft
from roadmap.models import ApprovalStep, Document
from roadmap.services import chains, rendering
from roadmap.services.editions import freeze
from roadmap.services.snapshots import snapshot

State = Document.State
# What an upper floor asks of its own kinds: code → function (document) → Russian sentences.
CHECKS: dict[str, Callable[[Document], list[str]]] = {}
STALE = "Эта редакция уже утверждена или возвращена. Обновите страницу."


def locked(document: Document) -> Document:
    """The row under a lock, fresh (on SQLite the whole write transaction is the lock)."""
    rows = Document.objects.of(document.organization).select_for_update(of=("self",))
    return rows.select_related("organization", "roadmap").get(pk=document.pk)


def blockers(document: Document) -> list[str]:
    """What stands in the way of sending for approval: Russian sentences with the next step."""
    found = [f"Не заполнено: {name}." for name in rendering.missing_names(document)]
    if document.kind != "roadmap" and not document.body.strip():
        found.append("Текст документа пуст. Соберите его заново.")
    if document.kind == "regulation_order" and not document.annexes.exists():
        found.append("У приказа нет приложений. Приложите Положение и дорожную карту.")
    if check := CHECKS.get(document.kind):
        found += check(document)
    for annex in document.annexes.select_related("document"):
        if not chains.is_ready(annex.document):
            found.append(
                f"Приложение № {annex.number} ({annex.document.kind_info.title}) не готово: отправьте его на утверждение."
            )
    return found


@transaction.atomic
def send_for_approval(document: Document, *, by: Membership) -> Document:
    """Freeze the edition and open the chain."""
    can_edit_draft(by, document).require()
    document = locked(document)
    if document.state != State.DRAFT:
        raise RuleError("Документ уже отправлен. Обновите страницу.")
    if reasons := blockers(document):
        raise RuleError(" ".join(reasons))
    edition = freeze(document, body=frozen_body(document), data=frozen_data(document), by=by)
    chains.open_chain(document, edition)
    document.state = State.REVIEW
    document.save(update_fields=["state"])
    journal.record(by, "document.sent", document)
    return document


def frozen_body(document: Document) -> str:
    if document.kind != "roadmap":
        return document.body
    return rendering.roadmap_body(document, None, public=False)


def frozen_data(document: Document) -> dict:
    """The plan as printed, as printed for the public, and its mark; other papers are their text."""
    if document.kind != "roadmap":
        return {}
    plan = document.roadmap
    return {
        "full": snapshot(plan),
        "public": snapshot(plan, public=True),
        "stamp": plan.stamp,
        "footnote": plan.footnote,
    }


@transaction.atomic
def recall(document: Document, *, by: Membership) -> Document:
    """The curator takes a sent paper back to mend it; an annex of a sent order stays."""
    can_draft(by).require()
    document = locked(document)
    if document.state != State.REVIEW:
        raise RuleError("Отозвать можно только документ на утверждении. Обновите страницу.")
    annex = getattr(document, "annexed_to", None)
    if annex and annex.order_document.state == State.REVIEW:
        raise RuleError("Приказ с этим приложением уже на утверждении. Сначала отзовите приказ.")
    document.steps.filter(state=ApprovalStep.State.OPEN).update(
        state=ApprovalStep.State.RETURNED, closed_at=timezone.now()
    )
    back_to_draft(document)
    journal.record(by, "document.recalled", document)
    return document


def back_to_draft(document: Document) -> None:
    """Stamps of bodies belong to the edition they decided on and go with it."""
    document.stamps.filter(
        body_name__in=document.steps.filter(kind="body").values("body_name")
    ).delete()
    document.state = State.DRAFT
    document.save(update_fields=["state"])
