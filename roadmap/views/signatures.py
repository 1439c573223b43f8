"""After approval: the signature, the number, the cancellation."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from people.pages import member_page
from people.reauthentication import ask_again
from roadmap.document_permissions import can_cancel, can_number, can_record_signature
from roadmap.forms.decisions import CancelForm, NumberForm, SignatureForm
from roadmap.models import Document
from roadmap.services import numbers, signatures
from roadmap.views.attachments import small_form
from roadmap.views.documents import own_document
from roadmap.views.drafting import confirm


@member_page
def document_sign(request, pk):
    """Record how the approved paper was signed; then it is in force."""
    paper = own_document(request, pk)
    can_record_signature(request.membership, paper).require()
    ask_again(request)  # also before the form: a file that was sent would not outlive the question
    counted = signatures.counted_records(paper)
    first = {
        "signed_on": timezone.localdate(),
        "certificate_owner": paper.signatory.full_name if paper.signatory else "",
    }
    form = SignatureForm(
        counted,
        settings.UPLOAD_MAX_BYTES,
        request.POST or None,
        request.FILES or None,
        initial=first,
    )
    if form.submitted_to(signatures.record_signature, paper, by=request.membership):
        messages.success(request, "Подпись отмечена, документ действует.")
        return redirect("document", request.school.slug, paper.pk)
    return render(request, "roadmap/documents/sign.html", {"document": paper, "form": form})


@member_page
def document_number(request, pk):
    """Enter or mend the number; a new file is written, approvals stay."""
    paper = own_document(request, pk)
    can_number(request.membership, paper).require()
    first = {"number": paper.number or numbers.suggest_number(paper, paper.dated_on)}
    form = NumberForm(request.POST or None, initial=first)
    if form.submitted_to(numbers.enter_number, paper, by=request.membership):
        messages.success(request, f"Номер внесён: {form.result.number}. Записан новый файл.")
        return redirect("document", request.school.slug, paper.pk)
    lead = f"Журнал: {paper.get_register_display()}. Портал предлагает следующий номер, но журнал ведёте вы."
    return small_form(
        request, paper, form, title="Номер документа", submit="Внести номер", lead=lead
    )


@member_page
def document_cancel(request, pk):
    """Says in numbers what will happen, then cancels."""
    paper = own_document(request, pk)
    can_cancel(request.membership, paper).require()
    form = CancelForm(request.POST or None)
    if form.submitted_to(signatures.cancel, paper, by=request.membership):
        messages.success(request, "Документ отменён.")
        return redirect("document", request.school.slug, paper.pk)
    return confirm(
        request, paper, title=f"Отменить: {paper.full_title}?", submit="Отменить документ", danger=True, form=form,
        consequences=consequences(paper), undo="Вернуть отменённый документ нельзя, можно подготовить новый.",
    )  # fmt: skip


def consequences(paper: Document) -> list[str]:
    """What the cancellation changes, in numbers."""
    annexes = list(paper.annexes.select_related("document"))
    if paper.state != Document.State.IN_FORCE:
        rows = [f"Будет отменён документ: 1 ({paper.get_state_display()})."]
        if annexes:
            rows.append(
                f"Приложений, которые останутся без приказа: {len(annexes)}. Их можно приложить к другому."
            )
        return rows
    public = [
        one for one in (paper, *(annex.document for annex in annexes)) if one.kind_info.publishable
    ]
    rows = ["Перестанет действовать документ: 1."]
    if annexes:
        rows.append(f"Вместе с приказом перестанут действовать приложения: {len(annexes)}.")
    if public:
        rows.append(f"С сайта исчезнут документы: {len(public)}.")
    if paper.number:
        rows.append(f"Номер {paper.number} останется занятым в журнале.")
    rows.append("Роли, которые дал приказ, останутся: их заканчивают в карточках сотрудников.")
    return rows
