"""Pages of one row of the plan: add, edit, move, remove, mark. Each works without JavaScript."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from mentoring.core.grammar import count
from mentoring.core.row_numbers import row_number
from people.pages import member_page
from roadmap.forms.plan_nodes import ActivityForm, NodeForm, PlaceForm, ProgressForm
from roadmap.permissions import can_edit_plan, can_mark_progress
from roadmap.services import plan_edit, plan_moves
from roadmap.services.plan import load_plan
from roadmap.services.progress import mark_progress
from roadmap.views.plan import living_plan, own_roadmap, render_node

NAMES = {"stage": "этап", "block": "блок", "activity": "мероприятие"}
OF_NAMES = {"stage": "этапа", "block": "блока", "activity": "мероприятия"}


def back_to(item, node=None):
    """The working page at the row."""
    anchor = f"#{node._meta.model_name.removeprefix('roadmap')}-{node.pk}" if node else ""
    return redirect(item.get_absolute_url() + anchor)


def gone(request, item):
    """A row that another editor removed (or that never was in this school)."""
    return render(request, "roadmap/plan/gone.html", {"roadmap": item}, status=404)


def node_form(request, item, level: str, view=None, **initial):
    """The form of a row of that level, bound when something was sent."""
    options = {
        "organization": request.school, "day": timezone.localdate(), "view": view, "initial": initial,
    }  # fmt: skip
    if request.htmx and view:
        options["auto_id"] = f"{level}{view.node.pk}_%s"
    data = request.POST or None
    if level == "activity":
        return ActivityForm(data, roadmap=item, **options)
    return NodeForm(data, **options)


def add_page(request, item, level: str, service, title: str, **place):
    form = node_form(request, item, level)
    if form.submitted_to(service, item, by=request.membership, **place):
        messages.success(request, "Строка добавлена.")
        return back_to(item, form.result)
    context = {"roadmap": item, "form": form, "title": title, "submit": f"Добавить {NAMES[level]}"}
    return render(request, "roadmap/plan/node_form.html", context)


@member_page
def stage_add(request, pk):
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    return add_page(request, item, "stage", plan_edit.add_stage, "Новый этап")


@member_page
def block_add(request, pk, stage):
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    holder = load_plan(item).find("stage", stage)
    if holder is None:
        return gone(request, item)
    title = f"Новый блок в этапе {holder.number}"
    return add_page(request, item, "block", plan_edit.add_block, title, stage=stage)


@member_page
def activity_add(request, pk, stage):
    """A line of the stage, or of its block `?block=`."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    plan = load_plan(item)
    holder, inner = plan.find("stage", stage), request.GET.get("block", "")
    block = row_number(inner)
    if holder is None or (inner and (block is None or plan.find("block", block) is None)):
        return gone(request, item)
    title = f"Новое мероприятие в этапе {holder.number}"
    place = {"stage": stage, "block": block}
    return add_page(request, item, "activity", plan_edit.add_activity, title, **place)


@member_page
def node_edit(request, pk, level, node):
    """Edit on a page of its own; with htmx in the place of the row."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    view = load_plan(item).find(level, node)
    if view is None:
        return gone(request, item)
    form = node_form(request, item, level, view)
    if form.submitted_to(plan_edit.edit_node, item, level, node, by=request.membership):
        return saved(request, item, level, node, "Строка сохранена.")
    context = {
        "roadmap": item, "form": form, "view": view, "level": level,
        "title": f"Правка {OF_NAMES[level]}", "submit": "Сохранить",
    }  # fmt: skip
    template = "_node_form" if request.htmx else "node_form"
    return render(request, f"roadmap/plan/{template}.html", context)


def saved(request, item, level: str, node: int, message: str):
    """After a change: the fresh row for htmx, else back to the working page."""
    if not request.htmx:
        messages.success(request, message)
        return back_to(item, plan_edit.find_node(item, level, node))
    plan = living_plan(item)
    response = render_node(request, plan, plan.find(level, node))
    response["HX-Trigger"] = "plan-changed"
    return response


@member_page
@require_POST
def node_move(request, pk, level, node):
    """One place up or down (`step` = -1 or 1)."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    step = {"-1": -1, "1": 1}.get(request.POST.get("step"), 0)
    return placed(request, item, plan_moves.move_node, level, node, step=step)


def placed(request, item, service, level: str, node: int, **place):
    """Call a moving service; a refusal is a message on the working page."""
    try:
        row = service(item, level, node, by=request.membership, **place)
    except RuleError as error:
        if error.message == plan_edit.GONE:
            return gone(request, item)
        messages.error(request, error.message)
        return back_to(item)
    return back_to(item, row)


@member_page
def node_place(request, pk, level, node):
    """Move into another stage or block; dragging sends `stage`, `block` and `before`."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    plan = load_plan(item)
    view = plan.find(level, node)
    if view is None:
        return gone(request, item)
    if request.method == "POST" and "target" not in request.POST:
        place = {name: row_number(request.POST.get(name)) for name in ("stage", "block", "before")}
        return placed(request, item, plan_moves.place_node, level, node, **place)
    form = PlaceForm(request.POST or None, plan=plan, level=level)
    if form.submitted_to(plan_moves.place_node, item, level, node, by=request.membership):
        messages.success(request, "Строка перенесена.")
        return back_to(item, form.result)
    context = {
        "roadmap": item, "form": form, "view": view,
        "title": f"Перенос {OF_NAMES[level]}", "submit": "Перенести",
    }  # fmt: skip
    return render(request, "roadmap/plan/node_form.html", context)


@member_page
def node_remove(request, pk, level, node):
    """Say what goes with the row, in numbers, and ask once."""
    can_edit_plan(request.membership).require()
    item = own_roadmap(request, pk)
    view = load_plan(item).find(level, node)
    if view is None:
        return gone(request, item)
    if request.method == "POST":
        try:
            counts = plan_edit.remove_node(item, level, node, by=request.membership)
        except RuleError:
            return gone(request, item)
        messages.success(request, f"Удалено: {removed_words(level, counts)}.")
        return back_to(item)
    words = removed_words(level, plan_edit.removal_counts(view.node))
    context = {
        "title": f"Удалить {NAMES[level]}?",
        "consequences": [f"«{view.node.title}»", f"Будет удалено: {words}."],
        "submit": "Удалить",
        "danger": True,
        "undo": "Утверждённая редакция карты не изменится, пока вы не утвердите новую.",
        "cancel_url": item.get_absolute_url() + f"#{level}-{node}",
    }
    return render(request, "partials/confirm_page.html", context)


def removed_words(level: str, counts: dict[str, int]) -> str:
    """«1 этап, 2 блока, 5 мероприятий»."""
    numbers = {"stage": 0, "block": counts["blocks"], "activity": counts["activities"]}
    numbers[level] += 1
    return ", ".join(count(n, NAMES[one]) for one, n in numbers.items() if n)


@member_page
def activity_progress(request, pk, node):
    """A mark of progress; it never touches the approved paper."""
    can_mark_progress(request.membership).require()
    item = own_roadmap(request, pk)
    view = load_plan(item).find("activity", node)
    if view is None:
        return gone(request, item)
    options = {"auto_id": f"activity{node}_%s"} if request.htmx else {}
    form = ProgressForm(request.POST or None, request.FILES or None, activity=view.node, **options)
    day = timezone.localdate()
    if form.submitted_to(mark_progress, view.node, day=day, by=request.membership):
        return saved(request, item, "activity", node, "Отметка сохранена.")
    context = {
        "roadmap": item, "form": form, "view": view, "level": "activity",
        "title": "Как идёт мероприятие", "submit": "Сохранить отметку",
    }  # fmt: skip
    template = "_node_form" if request.htmx else "node_form"
    return render(request, f"roadmap/plan/{template}.html", context)
