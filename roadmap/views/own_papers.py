"""A school's own papers: text from Word, an already signed paper."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from people.form_pages import form_view, url
from people.pages import member_page
from roadmap.document_permissions import can_draft
from roadmap.forms.imports import RegulationFileForm, SignedPaperForm
from roadmap.services import own_papers as service


def crumbs(request) -> list:
    return [("Документы", url(request, "documents"))]


@member_page
def paper_from_word(request):
    can_draft(request.membership).require()
    form = RegulationFileForm(request.POST or None, request.FILES or None)
    if form.submitted_to(service.draft_from_word, day=timezone.localdate(), by=request.membership):
        messages.success(request, "Текст перенесён по разделам и пунктам. Сверьте его с исходником.")  # fmt: skip
        return redirect("document_edit", request.school.slug, form.result.pk)
    return form_view(
        request, form, title="Перенести документ из Word", submit="Прочитать документ", back=url(request, "documents"),
        crumbs=crumbs(request), lead="Портал разложит текст по разделам и пунктам и поставит номера сам. Черновик можно править.",
    )  # fmt: skip


@member_page
def paper_signed(request):
    can_draft(request.membership).require()
    form = SignedPaperForm(request.school, request.POST or None, request.FILES or None)
    if form.submitted_to(service.attach_signed, on=timezone.localdate(), by=request.membership):
        messages.success(request, "Документ приложен как действующий. Роли и пары он не меняет: внесите их на своих страницах.")  # fmt: skip
        for warning in service.contradictions(form.result):
            messages.warning(request, warning)
        return redirect("document", request.school.slug, form.result.pk)
    return form_view(
        request, form, title="Приложить подписанный документ", submit="Приложить", back=url(request, "documents"),
        crumbs=crumbs(request), lead="Документ, подписанный до портала: он будет действующим со своим номером и датой, файл останется как есть.",
    )  # fmt: skip
