"""The list of papers and the pages of one paper: the paper itself, its readers, its history."""

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from mentoring.core.exports import xlsx_response
from mentoring.core.search import words_query
from people.events import history_of
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from roadmap.document_permissions import (
    can_draft,
    can_read_document,
    can_read_documents,
    readable_documents,
)
from roadmap.forms.documents import DocumentFilter
from roadmap.models import Acknowledgement, ApprovalStep, Document
from roadmap.services.families import current_of, editions_of
from roadmap.views.paper_side import side

SORTS = [
    ("-created", "новые"), ("-date", "по дате документа"), ("title", "по названию"), ("number", "по номеру"),
]  # fmt: skip
ORDERS = {
    "-created": ("-created_at", "-pk"),
    "-date": ("-dated_on", "-pk"),
    "title": ("kind", "title", "pk"),
    "number": ("number", "pk"),
}
PAGE = 50


@member_page
def documents(request):
    """List with search, filters and sort kept in the address."""
    can_read_documents(request.membership).require()
    mine = readable_documents(request.membership)
    filters = DocumentFilter(years_of(mine), request.GET)
    rows = narrowed(mine, filters, request.GET.get("q", ""))
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort"), ORDERS["-created"]))
    rows = (
        rows.select_related("annexed_to__order_document")
        .defer("body")
        .prefetch_related(waiting_steps(request.school))
    )
    if request.GET.get("export") == "xlsx":
        return xlsx_response("Документы", list(EXPORTED), exported(rows))
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "filters": filters, "sorts": SORTS,
        "may_draft": can_draft(request.membership),
    }  # fmt: skip
    return render(request, "roadmap/documents/list.html", context)


EXPORTED = ("Заголовок", "Вид", "Дата", "Номер", "Журнал", "Состояние")


def exported(rows):
    """The list as filtered, a line per paper."""
    for paper in rows:
        kind, register = paper.kind_info.title, paper.get_register_display()
        yield [
            paper.full_title,
            kind,
            paper.dated_on,
            paper.number,
            register,
            paper.get_state_display(),
        ]


def years_of(rows) -> list[int]:
    """Calendar years of the dated papers, newest first (one query)."""
    dates = rows.exclude(dated_on=None).order_by().dates("dated_on", "year", order="DESC")
    return [day.year for day in dates]


def narrowed(rows, filters: DocumentFilter, text: str):
    chosen = filters.cleaned_data if filters.is_valid() else {}
    for name in ("kind", "state", "register"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("year"):
        rows = rows.filter(dated_on__year=chosen["year"])
    return rows.filter(words_query(text, ("title", "number"))) if text.strip() else rows


def waiting_steps(school) -> Prefetch:
    steps = (
        ApprovalStep.objects.of(school)
        .filter(state=ApprovalStep.State.OPEN)
        .select_related("person")
    )
    return Prefetch("steps", queryset=steps, to_attr="open_steps")


def own_paper(request, pk: int, links: tuple[str, ...] = (), **columns) -> Document:
    """The paper if the member may read it: a foreign one is 404, an own closed one 403 with the reason (one query)."""
    readable = readable_documents(request.membership).filter(pk=OuterRef("pk"))
    rows = Document.objects.of(request.school).annotate(may_read=Exists(readable), **columns)
    found = get_object_or_404(rows.select_related(*links) if links else rows, pk=pk)
    if not found.may_read:
        can_read_document(request.membership, found).require()
    return found


def own_document(request, pk: int) -> Document:
    """The same with what its page says of acquaintance."""
    sheet = Acknowledgement.objects.of(request.school).filter(document=OuterRef("pk"))
    own_rows = sheet.filter(person=request.membership.person_id)
    return own_paper(
        request, pk, ("roadmap", "signatory", "created_by__person", "replaces", "annexed_to__order_document"),
        asked_me=Exists(own_rows.filter(acknowledged_on=None)),
        i_know=Exists(own_rows.filter(acknowledged_on__isnull=False)),
        asked=number_of(sheet),
        acquainted=number_of(sheet.filter(acknowledged_on__isnull=False)),
    )  # fmt: skip


def number_of(rows):
    """Correlated count, 0 when there are no rows."""
    counted = rows.order_by().values("document").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


@member_page
def document(request, pk):
    return paper_page(request, own_document(request, pk))


def paper_page(request, paper: Document, *, refusal: str = "", status: int = 200):
    """The page of a paper; `refusal` is why the last click did nothing."""
    context = {
        "document": paper,
        "tab": "paper",
        "refusal": refusal,
        **side(paper, request.membership, timezone.now()),
    }
    return render(request, "roadmap/documents/page.html", context, status=status)


@member_page
def document_history(request, pk):
    """Editions with their hashes, files, the chain of editions, the journal in words."""
    paper = own_document(request, pk)
    family = editions_of(paper)
    context = {
        "document": paper,
        "tab": "history",
        "editions": paper.editions.select_related("created_by__person"),
        "files": paper.files.select_related("stored", "edition"),
        "family": family,
        "current": current_of(family),
        "history": history_of(paper, request.school),
        "is_manager": has_any(request.membership, MANAGERS),
    }
    return render(request, "roadmap/documents/history.html", context)
