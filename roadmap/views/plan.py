"""Pages of a roadmap as a whole: list, new, working page, settings, copy, print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mentoring.core.errors import RuleError
from mentoring.core.row_numbers import row_number
from people.pages import member_page
from people.permissions import MANAGERS, has_any
from roadmap.forms.plan import RoadmapNewForm, RoadmapSettingsForm, column_formset
from roadmap.kinds import KINDS
from roadmap.models import Document, Roadmap
from roadmap.permissions import (
    can_edit_plan,
    can_mark_progress,
    can_read_plan,
    can_read_working_plan,
)
from roadmap.services import evidence
from roadmap.services.plan import PlanView, edition_in_force, load_plan, roadmaps_of
from roadmap.services.plan_settings import copy_to_next_year, update_roadmap
from roadmap.services.plan_templates import create_roadmap
from roadmap.services.snapshots import approved_snapshot, differences, snapshot
from roadmap.services.timeline import timeline

CLOSED_STATES = (Document.State.REPLACED, Document.State.CANCELLED)


def own_roadmap(request, pk: int) -> Roadmap:
    """A roadmap of this school, else 404."""
    return get_object_or_404(Roadmap.objects.of(request.school), pk=pk)


@member_page
def roadmaps(request):
    """All roadmaps for those who plan; the approved ones for the others."""
    can_read_plan(request.membership).require()
    items = roadmaps_of(request.school)
    working = can_read_working_plan(request.membership)
    if not working:
        items = items.filter(approved=True)
    words = request.GET.get("q", "").strip()
    items = [item for item in items if words.casefold() in item.title.casefold()]
    context = {"items": items, "working": working, "can_edit": can_edit_plan(request.membership)}
    return render(request, "roadmap/plan/list.html", context)


@member_page
def roadmap_new(request):
    can_edit_plan(request.membership).require()
    day = timezone.localdate()
    this_year = day.year if day.month >= 7 else day.year - 1
    initial = {"template": "recommended", "year_start": this_year}
    form = RoadmapNewForm(request.POST or None, day=day, initial=initial)
    if form.submitted_to(create_roadmap, by=request.membership):
        messages.success(request, "Дорожная карта создана. Проверьте строки и поправьте под себя.")
        return redirect(form.result)
    return render(request, "roadmap/plan/new.html", {"form": form})


@member_page
def roadmap(request, pk):
    """The working page; staff get the edition in force."""
    can_read_plan(request.membership).require()
    item = own_roadmap(request, pk)
    if not can_read_working_plan(request.membership):
        return approved_page(request, item)
    plan = living_plan(item)
    if part := request.GET.get("part"):
        return plan_part(request, plan, part)
    return render(request, "roadmap/plan/detail.html", working_context(request, plan))


def living_plan(item: Roadmap) -> PlanView:
    """The rows with the facts of today on them."""
    plan = load_plan(item)
    evidence.overlay(plan, timezone.localdate())
    return plan


def working_context(request, plan: PlanView) -> dict:
    context = {**page_context(request, plan), **changes_context(request, plan)}
    view = request.GET.get("view")
    context["table"] = context["working"] if view == "table" else None
    context["timeline"] = timeline(plan, context["day"]) if view == "timeline" else None
    context["only_left"] = request.GET.get("show") == "left"
    context["overdue"] = len(plan.overdue_on(context["day"]))
    context["drafts"] = drafts_by_kind(plan.roadmap)
    for stage in plan.stages:
        for line in stage.all_activities:
            line.draft = context["drafts"].get(line.node.document_kind)
    return context


def page_context(request, plan: PlanView) -> dict:
    """What every piece of the working page needs."""
    return {
        "plan": plan,
        "roadmap": plan.roadmap,
        "day": timezone.localdate(),
        "can_edit": bool(can_edit_plan(request.membership)) and not plan.roadmap.closed_on,
        "can_mark": bool(can_mark_progress(request.membership)) and not plan.roadmap.closed_on,
        "is_manager": has_any(request.membership, MANAGERS),
        "kinds": KINDS,
    }


def changes_context(request, plan: PlanView) -> dict:
    """The edition in force and what the working rows have beside it (one query)."""
    edition = edition_in_force(plan.roadmap)
    working = snapshot(plan.roadmap, plan=plan)
    approved = approved_snapshot(edition)
    changes = differences(approved, working) if approved else []
    return {"edition": edition, "working": working, "changes": changes}


def drafts_by_kind(item: Roadmap) -> dict[str, Document]:
    """The living paper of each kind that belongs to the roadmap (one query)."""
    papers = Document.objects.of(item.organization).filter(roadmap=item)
    papers = papers.exclude(state__in=CLOSED_STATES).order_by("pk")
    return {paper.kind: paper for paper in papers.only("kind", "state", "title")}


def plan_part(request, plan: PlanView, part: str):
    """One piece for htmx: «changes», or a row such as «activity-12»."""
    if part == "changes":
        context = {**page_context(request, plan), **changes_context(request, plan)}
        return render(request, "roadmap/plan/_changes.html", context)
    level, _, pk = part.partition("-")
    number = row_number(pk)
    view = None if number is None else plan.find(level, number)
    if view is None:
        raise Http404
    return render_node(request, plan, view)


def render_node(request, plan: PlanView, view):
    """A row as it stands on the working page."""
    if view.level == "activity":
        view.draft = drafts_by_kind(plan.roadmap).get(view.node.document_kind)
    context = {**page_context(request, plan), view.level: view, "line": view}
    return render(request, f"roadmap/plan/_{view.level}_head.html", context)


def approved_page(request, item: Roadmap):
    """Read-only: the edition in force, or the sentence that there is none yet."""
    edition = edition_in_force(item)
    context = {"roadmap": item, "edition": edition, "table": approved_snapshot(edition)}
    status = 200 if context["table"] else 404
    return render(request, "roadmap/plan/approved.html", context, status=status)


@member_page
def roadmap_settings(request, pk):
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    data = request.POST or None
    form = RoadmapSettingsForm(data, roadmap=item, day=timezone.localdate())
    columns = column_formset(item, data)
    if data and columns.is_valid():
        saved = form.submitted_to(
            update_roadmap, item, columns=columns.columns(), by=request.membership
        )
        if saved:
            messages.success(request, "Настройки карты сохранены.")
            return redirect(item)
    context = {"roadmap": item, "form": form, "columns": columns}
    return render(request, "roadmap/plan/settings.html", context)


@member_page
def roadmap_copy(request, pk):
    """Ask, then copy to the next year."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    if request.method == "POST":
        try:
            copy = copy_to_next_year(item, by=request.membership)
        except RuleError as error:
            messages.error(request, error.message)
            return redirect("roadmaps", request.school.slug)
        messages.success(request, "Копия создана. Проверьте сроки и ответственных.")
        return redirect(copy)
    plan = load_plan(item)
    consequences = [
        f"Появится новая карта с теми же строками: {plan.total}.",
        "Даты сдвинутся на год, отметки о выполнении останутся в прежней карте.",
        "Уволенные ответственные в копию не попадут.",
    ]
    context = {
        "title": "Скопировать карту на следующий год?",
        "consequences": consequences,
        "submit": "Создать копию",
        "cancel_url": item.get_absolute_url(),
        "undo": "Прежняя карта не изменится.",
    }
    return render(request, "partials/confirm_page.html", context)


@member_page
def roadmap_print(request, pk):
    """The table alone, for the printer of the browser."""
    can_read_plan(request.membership).require()
    item = own_roadmap(request, pk)
    if not can_read_working_plan(request.membership):
        return approved_page(request, item)
    context = {"roadmap": item, "table": snapshot(item)}
    return render(request, "roadmap/plan/print.html", context)
