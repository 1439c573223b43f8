"""Approval: decide, return, sign as head, and what follows."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership
from people.services import journal, sealing
from people.services.accounts import head_on
from roadmap.document_permissions import can_decide
from roadmap.models import Approval, ApprovalStep, Basis, Document, Stamp
from roadmap.services import archive, chains, numbers, rendering, signatures
from roadmap.services.editions import current_edition
from roadmap.services.sending import back_to_draft, locked

State = Document.State
STALE = "Эта редакция уже утверждена или возвращена. Обновите страницу."


@transaction.atomic
def approve(
    document: Document,
    *,
    by: Membership,
    dated_on: dt.date | None = None,
    number: str = "",
    signed_on_paper: bool = False,
    edition: int | None = None,
    today: dt.date | None = None,
) -> Document:
    """Decide the open step. At the head's step the document gets its date, signatory and file.

    `edition` is the number of the edition the member saw; another one by now is refused.
    """
    document = locked(document)
    step = claimed_step(document, by, edition)
    if step.kind == ApprovalStep.Kind.BODY:
        raise RuleError("Решение органа записывают по протоколу. Откройте «Записать решение».")
    record_decision(step, by, Approval.Decision.APPROVE)
    if step.approvals.count() < step.quorum:
        return document
    close_step(step, ApprovalStep.State.APPROVED)
    if step.is_head_step:
        today = today or timezone.localdate()
        approve_as_head(document, by, dated_on or today, number, today)
        if signed_on_paper:
            signatures.sign(document, by=by, kind="paper", signed_on=document.dated_on, today=today)
    else:
        chains.open_next(step)
    event = "document.self_approved" if document.created_by_id == by.pk else "document.approved"
    journal.record(by, event, document)
    sealing.soon(document.organization)
    return document


def claimed_step(document: Document, by: Membership, edition: int | None) -> ApprovalStep:
    step = chains.open_step(document)
    if step is None or document.state != State.REVIEW or (edition and step.edition.no != edition):
        raise RuleError(STALE)
    can_decide(by, step).require()
    if step.approvals.filter(membership=by).exists():
        raise RuleError("Ваше решение по этой редакции уже записано.")
    return step


def record_decision(
    step: ApprovalStep, by: Membership, decision: str, reason: str = ""
) -> Approval:
    approval = Approval(
        organization=step.organization,
        step=step,
        edition=step.edition,
        membership=by,
        decision=decision,
        reason=reason,
        content_hash=step.edition.content_hash,
    )
    approval.full_clean()
    approval.save()
    return approval


def close_step(step: ApprovalStep, state: str) -> None:
    """Claim the row: of two clicks at once one wins, the other gets a sentence."""
    rows = ApprovalStep.objects.of(step.organization).filter(
        pk=step.pk, state=ApprovalStep.State.OPEN
    )
    if not rows.update(state=state, closed_at=timezone.now()):
        raise RuleError(STALE)
    step.state = state


def approve_as_head(
    document: Document, by: Membership, dated_on: dt.date, number: str, today: dt.date
) -> None:
    """The head's decision covers the order and its annexes: one date, one signatory."""
    role = check_head_on(by, dated_on, today)
    for paper in [document, *archive.package_annexes(document)]:
        if paper != document and not chains.is_ready(paper):
            raise RuleError(
                f"Приложение ({paper.kind_info.title}) отозвано. Верните приказ куратору."
            )
        paper.state, paper.dated_on = State.APPROVED, dated_on
        paper.signatory, paper.signatory_post = (
            by.person,
            rendering.signatory_post(document.organization, role),
        )
        paper.save(update_fields=["state", "dated_on", "signatory", "signatory_post"])
    if number.strip():
        numbers.set_number(document, number)
        document.save(update_fields=["number", "number_period"])
    archive.write_package(document)


def check_head_on(by: Membership, day: dt.date, today: dt.date) -> str:
    """Only the head or acting head of that very day signs (R-201)."""
    if day > today:
        raise RuleError("Дата документа не может быть в будущем.", "dated_on")
    found = head_on(by.organization, day)
    if found is None:
        raise RuleError(
            f"На {day:%d.%m.%Y} в портале не указан руководитель. Проверьте роли.", "dated_on"
        )
    if found[0].pk != by.person_id:
        raise RuleError(
            f"На {day:%d.%m.%Y} руководителем был другой человек. Измените дату.", "dated_on"
        )
    return found[1]


def date_warnings(document: Document, day: dt.date) -> list[str]:
    """Warn, not forbid: the document's date before a stamp or a basis, its annexes' ones included (three queries)."""
    papers = [document.pk, *(annex.document_id for annex in document.annexes.all())]
    found = []
    for stamp in Stamp.objects.of(document.organization).filter(document__in=papers):
        if stamp.year and (stamp.year, stamp.month or 1, stamp.day or 1) > (
            day.year,
            day.month,
            day.day,
        ):
            found.append(f"Дата раньше протокола: {stamp.body_name}.")
    bases = Basis.objects.of(document.organization).filter(document__in=papers, dated_on__gt=day)
    return found + [f"Дата раньше основания: {basis}." for basis in bases]


@transaction.atomic
def record_body_decision(
    document: Document,
    *,
    by: Membership,
    minutes_number: str,
    decided_on: dt.date,
    edition: int | None = None,
    today: dt.date | None = None,
) -> Document:
    """The curator enters the minutes of a body: the step closes, its stamp appears."""
    document = locked(document)
    step = claimed_step(document, by, edition)
    if step.kind != ApprovalStep.Kind.BODY:
        raise RuleError("На этом шаге решает не коллегиальный орган. Обновите страницу.")
    if not minutes_number.strip():
        raise RuleError("Укажите номер протокола.", "minutes_number")
    if decided_on > (today or timezone.localdate()):
        raise RuleError("Протокол не может быть датирован будущим.", "decided_on")
    Stamp.objects.create(
        organization=document.organization,
        document=document,
        word=step.stamp_word,
        body_name=step.body_name,
        minutes_number=minutes_number,
        year=decided_on.year,
        month=decided_on.month,
        day=decided_on.day,
        sort_index=document.stamps.count(),
    )
    record_decision(step, by, Approval.Decision.APPROVE)
    close_step(step, ApprovalStep.State.APPROVED)
    chains.open_next(step)
    journal.record(by, "document.body_decided", document)
    sealing.soon(document.organization)
    return document


@transaction.atomic
def return_to_draft(
    document: Document, *, reason: str, by: Membership, edition: int | None = None
) -> Document:
    """Send back with a reason, which is mandatory; the edition stays in the history."""
    document = locked(document)
    step = claimed_step(document, by, edition)
    if not reason.strip():
        raise RuleError("Напишите, что исправить: без причины документ не вернуть.", "reason")
    record_decision(step, by, Approval.Decision.RETURN, reason.strip())
    close_step(step, ApprovalStep.State.RETURNED)
    back_to_draft(document)
    journal.record(by, "document.returned", document)
    return document


def approve_many(
    documents: list[Document],
    *,
    by: Membership,
    signed_on_paper: bool,
    editions: dict[int, int] | None = None,
    today: dt.date | None = None,
) -> tuple[list, list]:
    """Approve several, each in its own transaction: (approved, [(document, why not)]).

    `editions` maps a document's pk to the number of the edition the member saw; without it the current one counts.
    """
    done, refused = [], []
    for document in documents:
        try:
            seen = (editions or {}).get(document.pk) or getattr(
                current_edition(document), "no", None
            )
            done.append(
                approve(document, by=by, signed_on_paper=signed_on_paper, edition=seen, today=today)
            )
        except RuleError as error:
            refused.append((document, error.message))
        except PermissionDenied as error:
            refused.append((document, str(error)))
    return done, refused
