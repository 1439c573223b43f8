"""Decisions on a paper: send, recall, approve, return, minutes of a body; the head's approval list."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.pages import member_page
from roadmap.document_permissions import can_decide, can_see_approvals
from roadmap.forms.decisions import AgreeForm, ApproveForm, BodyDecisionForm, ManyForm, ReturnForm
from roadmap.models import Annex, ApprovalStep, Document
from roadmap.services import approvals as deciding
from roadmap.services import chains, digests, numbers, sending, signatures
from roadmap.services.queue import named_in, queues
from roadmap.views.documents import own_document, paper_page


@member_page
def approvals(request):
    """What waits for me, what waits for others."""
    can_see_approvals(request.membership).require()
    mine, others = queues(request.membership)
    return approvals_page(request, mine, others)


def approvals_page(request, mine, others, form=None):
    context = {
        "mine": mine, "others": others, "form": form, "many": [card for card in mine if not card.is_body],
        "chosen": form.data.getlist("papers") if form else [],
    }  # fmt: skip
    return render(request, "roadmap/documents/approvals.html", context)


@member_page
@require_POST
@reauthentication_required
def approvals_many(request):
    """Approve the ticked papers, each on its own: one that cannot be approved does not stop the others."""
    can_see_approvals(request.membership).require()
    mine, others = queues(request.membership)
    form = ManyForm([card for card in mine if not card.is_body], request.POST)
    if not form.is_valid():
        return approvals_page(request, mine, others, form)
    documents, editions = form.chosen()
    done, refused = deciding.approve_many(
        documents,
        by=request.membership,
        signed_on_paper=form.cleaned_data["signed_on_paper"],
        editions=editions,
    )
    for paper, reason in refused:
        messages.warning(request, f"{paper.full_title}: {reason}")
    if done:
        say_left(request)
    return redirect("approvals", request.school.slug)


def say_left(request) -> None:
    """«Готово. Осталось 2.»"""
    left = sum(bool(can_decide(request.membership, step)) for step in open_steps(request))
    messages.success(
        request, f"Готово. Осталось {left}." if left else "Готово. Больше ничего не ждёт."
    )


def open_steps(request):
    steps = ApprovalStep.objects.of(request.school).filter(state=ApprovalStep.State.OPEN)
    return steps.filter(document__state=Document.State.REVIEW)


@member_page
@require_POST
def document_send(request, pk):
    paper = own_document(request, pk)
    try:
        sending.send_for_approval(paper, by=request.membership)
    except RuleError as error:
        return paper_page(request, paper, refusal=error.message)
    messages.success(request, "Отправлено на утверждение.")
    return redirect("document", request.school.slug, paper.pk)


@member_page
@require_POST
def document_recall(request, pk):
    paper = own_document(request, pk)
    try:
        sending.recall(paper, by=request.membership)
    except RuleError as error:
        return paper_page(request, paper, refusal=error.message)
    messages.success(
        request, "Документ снова черновик. Полученные решения нужно будет собрать заново."
    )
    return redirect("document", request.school.slug, paper.pk)


def to_decide(request, pk: int) -> tuple[Document, ApprovalStep | None]:
    """The paper and its open step. Without the right 403; a step already passed is left to the service to explain."""
    paper = own_document(request, pk)
    step = chains.open_step(paper)
    if step is None:
        can_see_approvals(request.membership).require()
    else:
        can_decide(request.membership, step).require()
    return paper, step


def gone(request, paper: Document):
    """Somebody was quicker, or the step is not there yet."""
    messages.info(request, deciding.STALE)
    return redirect("document", request.school.slug, paper.pk)


@member_page
@reauthentication_required(allow_get=True)
def document_approve(request, pk):
    """The head: date, number, «подписан на бумаге»; a step before the head: one button."""
    paper, step = to_decide(request, pk)
    if step is None and request.method != "POST":
        return gone(request, paper)
    prefetch_related_objects(
        [paper], Prefetch("annexes", Annex.objects.of(request.school).select_related("document"))
    )
    today = timezone.localdate()
    form = approve_form(paper, step, request.POST or None, today)
    if form.submitted_to(deciding.approve, paper, by=request.membership):
        say_left(request)
        return redirect("approvals", request.school.slug)
    context = {
        "document": paper, "form": form, "step": step, "is_head": step is None or step.is_head_step,
        "digest": digests.summary(paper, named_in(request.school, [paper])),
        "warnings": deciding.date_warnings(paper, shown_date(form, today)),
    }  # fmt: skip
    return render(request, "roadmap/documents/approve.html", context)


def approve_form(paper: Document, step: ApprovalStep | None, data, today):
    """`step` is None when somebody was quicker: the full form, so that nothing typed is lost."""
    edition = step.edition.no if step else None
    if step and not step.is_head_step:
        return AgreeForm(data, initial={"edition": edition})
    first = {"edition": edition, "dated_on": today, "number": numbers.suggest_number(paper, today)}
    return ApproveForm(
        data, initial=first, paper_counts="paper" in signatures.counted_records(paper)
    )


def shown_date(form, today):
    return getattr(form, "cleaned_data", {}).get("dated_on") or today


@member_page
def document_return(request, pk):
    paper, step = to_decide(request, pk)
    if step is None and request.method != "POST":
        return gone(request, paper)
    form = ReturnForm(request.POST or None, initial={"edition": step.edition.no if step else None})
    if form.submitted_to(deciding.return_to_draft, paper, by=request.membership):
        messages.success(request, "Документ возвращён куратору.")
        return redirect("approvals", request.school.slug)
    return render(request, "roadmap/documents/return.html", {"document": paper, "form": form})


@member_page
def document_body_decision(request, pk):
    """The curator enters the minutes of a body (R-119)."""
    paper, step = to_decide(request, pk)
    if step is None and request.method != "POST":
        return gone(request, paper)
    first = {"edition": step.edition.no if step else None}
    form = BodyDecisionForm(request.POST or None, initial=first)
    if form.submitted_to(deciding.record_body_decision, paper, by=request.membership):
        messages.success(request, "Решение записано, гриф появился на документе.")
        return redirect("document", request.school.slug, paper.pk)
    return render(
        request,
        "roadmap/documents/body_decision.html",
        {"document": paper, "form": form, "step": step},
    )
