"""What is attached to a paper: stamps, bases, annexes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.pages import member_page
from roadmap.document_permissions import can_draft
from roadmap.forms.attachments import AnnexForm, BasisForm, StampForm
from roadmap.models import Annex, Basis, Document, Stamp
from roadmap.services import attachments, drafts
from roadmap.views.documents import own_document, paper_page
from roadmap.views.drafting import draft_of


def small_form(request, paper: Document, form, *, title: str, submit: str, lead: str = ""):
    context = {"form": form, "document": paper, "title": title, "submit": submit, "lead": lead}
    return render(request, "roadmap/documents/small_form.html", context)


@member_page
def stamp_add(request, pk):
    paper = own_document(request, pk)
    can_draft(request.membership).require()
    form = StampForm(request.POST or None)
    if form.submitted_to(attachments.add_stamp, paper, by=request.membership):
        messages.success(request, "Гриф добавлен.")
        return redirect("document", request.school.slug, paper.pk)
    return small_form(
        request, paper, form, title="Добавить гриф", submit="Добавить гриф",
        lead="Решение органа, которое печатается вверху документа. Если протокол ещё не готов, оставьте номер и дату пустыми.",
    )  # fmt: skip


@member_page
def basis_add(request, pk):
    paper = draft_of(request, pk)
    form = BasisForm(request.school, request.POST or None)
    if form.submitted_to(attachments.add_basis, paper, by=request.membership):
        messages.success(request, "Основание добавлено.")
        return redirect("document", request.school.slug, paper.pk)
    return small_form(request, paper, form, title="Добавить основание", submit="Добавить основание")


@member_page
def annex_add(request, pk):
    paper = draft_of(request, pk)
    form = AnnexForm(request.school, request.POST or None)
    if form.submitted_to(attachments.attach_annex, paper, by=request.membership):
        messages.success(
            request, f"Приложение добавлено. {text_follows(paper, request.membership)}"
        )
        return redirect("document", request.school.slug, paper.pk)
    return small_form(
        request, paper, form, title="Приложить документ", submit="Приложить",
        lead="Здесь черновики и документы на утверждении, которые ещё не приложены к другому приказу.",
    )  # fmt: skip


def text_follows(order: Document, by) -> str:
    """The order lists its annexes: an untouched text is written anew, an edited one is left to the curator."""
    if order.body_edited:
        return "Текст приказа вы правили сами: проверьте в нём перечень приложений."
    drafts.rebuild(order, day=timezone.localdate(), by=by)
    return "Текст приказа собран заново."


def removed(request, row, service, word: str):
    """Take a row off a paper by the service and go back to the paper."""
    paper = row.order_document if isinstance(row, Annex) else row.document
    try:
        service(row, by=request.membership)
    except RuleError as error:
        return paper_page(request, own_document(request, paper.pk), refusal=error.message)
    messages.success(request, word)
    return redirect("document", request.school.slug, paper.pk)


@member_page
@require_POST
def stamp_remove(request, pk):
    stamp = get_object_or_404(Stamp.objects.of(request.school).select_related("document"), pk=pk)
    return removed(request, stamp, attachments.remove_row, "Гриф убран.")


@member_page
@require_POST
def basis_remove(request, pk):
    basis = get_object_or_404(Basis.objects.of(request.school).select_related("document"), pk=pk)
    return removed(request, basis, attachments.remove_row, "Основание убрано.")


@member_page
@require_POST
def annex_remove(request, pk):
    annex = get_object_or_404(
        Annex.objects.of(request.school).select_related("order_document"), pk=pk
    )
    order = annex.order_document
    answer = removed(
        request, annex, attachments.detach_annex, "Приложение убрано. Сам документ остался."
    )
    if answer.status_code == 302:
        messages.info(request, text_follows(order, request.membership))
    return answer
