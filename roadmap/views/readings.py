"""Reading: a draft sent to staff with remarks (R-102), acquaintance (R-227), the concepts (R-122)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from mentoring.core.clauses import clause_index, number_clauses
from mentoring.core.errors import RuleError
from mentoring.core.rich_text import sanitise
from people.pages import member_page
from people.permissions import CURATORS, has_any
from roadmap.document_permissions import can_draft, can_read_documents
from roadmap.documents.regulation import glossary as glossary_of
from roadmap.forms.readings import (
    AcknowledgementForm,
    AnswerForm,
    CirculationForm,
    PaperMarksForm,
    RemarkForm,
)
from roadmap.models import Circulation, Document, Remark
from roadmap.services import readings
from roadmap.views.documents import own_document, paper_page


@member_page
def document_readers(request, pk):
    """Who is acquainted, who read the draft and when, the remarks with their answers."""
    paper = own_document(request, pk)
    is_curator = has_any(request.membership, CURATORS)
    context = {
        "document": paper,
        "tab": "readers",
        "acknowledgements": list(paper.acknowledgements.select_related("person")),
        "circulations": list(
            paper.circulations.prefetch_related("readings__person", "remarks__person")
        )
        if is_curator
        else [],
        "is_curator": is_curator,
        "may_circulate": is_curator
        and paper.state in (Document.State.DRAFT, Document.State.REVIEW),
        "may_ask": is_curator and paper.state in (Document.State.DRAFT, Document.State.IN_FORCE),
        "today": timezone.localdate(),
    }
    return render(request, "roadmap/documents/readers.html", context)


@member_page
def circulation_new(request, pk):
    paper = own_document(request, pk)
    can_draft(request.membership).require()
    form = CirculationForm(request.school, request.POST or None)
    if form.submitted_to(readings.circulate, paper, by=request.membership):
        messages.success(request, "Проект отправлен: он появится у людей на главной странице.")
        return redirect("document_readers", request.school.slug, paper.pk)
    context = {
        "form": form, "document": paper, "title": "Отправить проект на чтение", "submit": "Отправить на чтение",
        "lead": "Люди увидят текст таким, каков он сейчас, отметят «Прочитано» и оставят замечания к пунктам.",
    }  # fmt: skip
    return render(request, "roadmap/documents/small_form.html", context)


def own_circulation(request, pk: int) -> Circulation:
    circulation = get_object_or_404(
        Circulation.objects.of(request.school).select_related("document", "created_by__person"),
        pk=pk,
    )
    readings.can_read_circulation(request.membership, circulation).require()
    return circulation


def style_of(circulation: Circulation) -> str:
    kind = circulation.document.kind_info
    return {"order": "order", "table": "table"}.get(kind.paper, "local_act")


def shown_text(sent: Circulation) -> SafeString:
    """Cleaned once more: what lies in the table may have come there by another way than ours."""
    if style_of(sent) == "table":
        return mark_safe(sanitise(sent.body, layout=True))
    return mark_safe(number_clauses(sanitise(sent.body), style_of(sent)))


@member_page
def circulation(request, pk):
    """The reader's page: the text with clause numbers, «Прочитано», a remark to a clause."""
    sent = own_circulation(request, pk)
    clauses = clause_index(sent.body, style_of(sent)) if style_of(sent) != "table" else []
    form = RemarkForm(clauses, request.POST or None)
    if form.submitted_to(readings.add_remark, sent, by=request.membership):
        messages.success(request, "Замечание отправлено куратору.")
        return redirect("circulation", request.school.slug, sent.pk)
    context = {
        "circulation": sent,
        "form": form,
        "text": shown_text(sent),
        "reading": sent.readings.filter(person=request.membership.person).first(),
        "remarks": sent.remarks.filter(person=request.membership.person).select_related("person"),
    }
    return render(request, "roadmap/documents/circulation.html", context)


@member_page
@require_POST
def circulation_read(request, pk):
    sent = own_circulation(request, pk)
    try:
        readings.mark_read(sent, by=request.membership)
    except RuleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, "Отмечено: вы прочитали проект.")
    return redirect("circulation", request.school.slug, sent.pk)


@member_page
def remark_answer(request, pk):
    can_draft(request.membership).require()
    remark = get_object_or_404(
        Remark.objects.of(request.school).select_related("circulation__document", "person"), pk=pk
    )
    paper = remark.circulation.document
    form = AnswerForm(request.POST or None, initial={"answer": remark.answer})
    if form.submitted_to(readings.answer_remark, remark, by=request.membership):
        messages.success(request, "Ответ сохранён: автор увидит его на странице проекта.")
        return redirect("document_readers", request.school.slug, paper.pk)
    return render(
        request,
        "roadmap/documents/answer.html",
        {"form": form, "remark": remark, "document": paper},
    )


@member_page
def acknowledgement_ask(request, pk):
    """Add people to the acknowledgement sheet."""
    paper = own_document(request, pk)
    can_draft(request.membership).require()
    form = AcknowledgementForm(request.school, request.POST or None)
    if form.submitted_to(readings.ask_acknowledgement, paper, by=request.membership):
        messages.success(request, f"Добавлено в лист ознакомления: {form.result}.")
        return redirect("document_readers", request.school.slug, paper.pk)
    context = {
        "form": form,
        "document": paper,
        "title": "Дополнить лист ознакомления",
        "submit": "Добавить",
    }
    return render(request, "roadmap/documents/small_form.html", context)


@member_page
def acknowledgement_paper(request, pk):
    """Signatures from the paper sheet, many at once."""
    paper = own_document(request, pk)
    can_draft(request.membership).require()
    form = PaperMarksForm(paper, request.POST or None, initial={"on": timezone.localdate()})
    if form.submitted_to(readings.record_paper_acknowledgements, by=request.membership):
        messages.success(request, f"Отмечено: {form.result}.")
        return redirect("document_readers", request.school.slug, paper.pk)
    context = {
        "form": form, "document": paper, "title": "Отметить подписи с бумажного листа", "submit": "Отметить",
        "lead": "Отметьте всех, кто расписался в один день.",
    }  # fmt: skip
    return render(request, "roadmap/documents/small_form.html", context)


@member_page
@require_POST
def acknowledge(request, pk):
    """«Ознакомлен(а)»: the person's own mark."""
    paper = own_document(request, pk)
    try:
        readings.acknowledge(paper, by=request.membership)
    except RuleError as error:
        return paper_page(request, paper, refusal=error.message)
    messages.success(request, "Отмечено: вы ознакомлены с документом.")
    return redirect("document", request.school.slug, paper.pk)


@member_page
def glossary(request):
    """Concepts of the regulation in force, as the school words them (R-122)."""
    can_read_documents(request.membership).require()
    regulation = Document.objects.of(request.school).in_force().filter(kind="regulation").last()
    concepts = glossary_of(regulation.body) if regulation else {}
    context = {
        "regulation": regulation,
        "concepts": sorted(concepts.items(), key=lambda pair: pair[0].casefold()),
    }
    return render(request, "roadmap/documents/glossary.html", context)
