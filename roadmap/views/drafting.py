"""Preparing a paper: choose the kind, answer its questions, mend the text, attach annexes, bases and stamps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.pages import member_page
from roadmap import documents as builders
from roadmap.document_permissions import can_draft, can_edit_draft
from roadmap.forms.decisions import AmendForm
from roadmap.forms.documents import DraftForm, TextForm, ValuesForm
from roadmap.kinds import KINDS
from roadmap.models import Document, Event, Roadmap
from roadmap.services import drafts
from roadmap.services.packages import draft_package, free_annexes
from roadmap.services.plan_templates import templates
from roadmap.views.documents import own_document, paper_page


@member_page
def document_new(request):
    """Without `kind` the choice of kinds, with it the questions of the paper."""
    can_draft(request.membership).require()
    kind = request.GET.get("kind")
    if not kind:
        return render(request, "roadmap/documents/choose.html", choice(request))
    if kind not in KINDS:
        raise Http404("Такого вида документа нет.")
    form = DraftForm(
        request.school, kind, request.POST or None, initial=first_answers(request, kind)
    )
    service = draft_package if kind == "regulation_order" else drafts.create_draft
    event = event_of(request)
    more = {"event": event} if event and service is drafts.create_draft else {}
    if form.submitted_to(service, by=request.membership, **more):
        messages.success(request, "Черновик готов. Проверьте текст и отправьте на утверждение.")
        return redirect("document", request.school.slug, form.result.pk)
    return render(request, "roadmap/documents/new.html", {"form": form, "kind": KINDS[kind]})


def event_of(request) -> Event | None:
    """The event whose minutes or order the paper will be."""
    pk = request.GET.get("event", "")
    return Event.objects.of(request.school).filter(pk=row_number(pk)).first()


def first_answers(request, kind: str) -> dict:
    """What the address says, today, the chosen or newest roadmap, for the order all that waits for one."""
    roadmaps = Roadmap.objects.of(request.school)
    asked = row_number(request.GET.get("roadmap"))
    roadmap = roadmaps.first() if asked is None else roadmaps.filter(pk=asked).first()
    answers = {
        field.name: request.GET.getlist(field.name) if field.kind == "persons" else request.GET[field.name]
        for field in builders.builder(kind).FIELDS
        if field.name in request.GET
    }  # fmt: skip
    answers |= {"day": timezone.localdate(), "roadmap": roadmap}
    if kind == "regulation_order":
        waiting = list(free_annexes(request.school))
        answers["annexes"] = waiting
        answers["create_annexes"] = not waiting
    return answers


def choice(request) -> dict:
    """Kinds proposed by the newest roadmap's template, then the rest, each with its living papers."""
    roadmap = Roadmap.objects.of(request.school).first()
    template = templates().get(roadmap.template_code) if roadmap else None
    proposed = [code for code in (template or {}).get("kinds", []) if code in KINDS]
    dead = [Document.State.CANCELLED, Document.State.REPLACED]
    living: dict[str, list] = {}
    for paper in (
        Document.objects.of(request.school)
        .exclude(state__in=dead)
        .defer("body")
        .order_by("created_at")
    ):
        living.setdefault(paper.kind, []).append(paper)
    rows = {code: {"kind": kind, "papers": living.get(code, [])} for code, kind in KINDS.items()}
    return {
        "roadmap": roadmap,
        "proposed": [rows[code] for code in proposed],
        "others": [row for code, row in rows.items() if code not in proposed],
    }


def draft_of(request, pk: int) -> Document:
    """A draft that the member may change; otherwise 404 or 403 with the reason."""
    paper = own_document(request, pk)
    can_edit_draft(request.membership, paper).require()
    return paper


@member_page
def document_edit(request, pk):
    """The text in the editor; a roadmap is edited as a plan, not as a text."""
    paper = draft_of(request, pk)
    if paper.kind == "roadmap":
        messages.info(
            request, "Текст дорожной карты – это её план. Правьте этапы и мероприятия здесь."
        )
        return redirect("roadmap", request.school.slug, paper.roadmap_id)
    form = TextForm(request.POST or None, initial={"title": paper.title, "body": paper.body})
    if form.submitted_to(drafts.edit_draft, paper, by=request.membership):
        messages.success(request, "Текст сохранён.")
        return redirect("document", request.school.slug, paper.pk)
    return render(request, "roadmap/documents/edit.html", {"form": form, "document": paper})


@member_page
def document_values(request, pk):
    """Answer the questions of the paper anew; its wording is written again."""
    paper = draft_of(request, pk)
    answers = {"day": timezone.localdate(), **paper.values}
    form = ValuesForm(request.school, paper.kind, request.POST or None, initial=answers)
    if form.submitted_to(drafts.set_values, paper, by=request.membership):
        messages.success(request, "Данные сохранены, текст собран заново.")
        return redirect("document", request.school.slug, paper.pk)
    return render(request, "roadmap/documents/values.html", {"form": form, "document": paper})


@member_page
def document_rebuild(request, pk):
    """Write the wording anew; asks first, because edits of the text are lost."""
    paper = draft_of(request, pk)
    if request.method == "POST":
        try:
            drafts.rebuild(paper, day=timezone.localdate(), by=request.membership)
        except RuleError as error:
            return paper_page(request, paper, refusal=error.message)
        messages.success(request, "Текст собран заново из карточек и настроек.")
        return redirect("document", request.school.slug, paper.pk)
    lost = (
        "Правки текста, сделанные руками, пропадут."
        if paper.body_edited
        else "Ручных правок в тексте нет, ничего не пропадёт."
    )
    return confirm(
        request, paper, title="Собрать текст заново?", submit="Собрать заново",
        consequences=["Портал возьмёт свежие реквизиты, должности и настройки.", lost], danger=paper.body_edited,
    )  # fmt: skip


def confirm(request, paper: Document, **words):
    """A page that says what will happen and asks once."""
    words.setdefault("cancel_url", reverse("document", args=[request.school.slug, paper.pk]))
    return render(request, "partials/confirm_page.html", words)


@member_page
def document_amend(request, pk):
    """A new edition of a paper in force (R-121)."""
    paper = own_document(request, pk)
    can_draft(request.membership).require()
    form = AmendForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.submitted_to(drafts.amend, paper, by=request.membership):
        messages.success(
            request, "Черновик новой редакции готов. Внесите изменения и отправьте на утверждение."
        )
        return redirect("document", request.school.slug, form.result.pk)
    return confirm(
        request, paper, title=f"Новая редакция: {paper.full_title}", submit="Подготовить новую редакцию", form=form,
        consequences=[
            "Появится черновик с тем же текстом.",
            "Действующая редакция останется в силе, пока новую не утвердят и не подпишут.",
        ],
    )  # fmt: skip
