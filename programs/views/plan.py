"""The plan of a programme: lines, milestones, comments."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.pages import member_page
from programs import program_permissions as rights
from programs.forms.programs import (
    ActualForm,
    AnswerForm,
    CommentForm,
    DifficultyForm,
    DoneForm,
    ItemEditForm,
    ItemForm,
    MilestoneForm,
    OutcomeForm,
    ReasonForm,
)
from programs.models import Difficulty, ItemComment, Milestone, PlanItem
from programs.services import plan_items
from programs.views.pages import act, form_page, form_view, own_program, program_crumbs


def part(program, name: str) -> str:
    return f"{program.get_absolute_url()}?part={name}"


def own_row(request, model, pk):
    """A row of a programme that the member may read."""
    row = get_object_or_404(model.objects.of(request.school), pk=pk)
    row.program = own_program(request, row.program_id)
    return row


@member_page
def item_new(request, pk):
    shown = own_program(request, pk)
    rights.can_edit_program(request.membership, shown).require()
    form = ItemForm(request.school, request.POST or None, initial={"due_on": shown.ends_on})
    return form_page(
        request, form, plan_items.add_item, shown, title="Новый пункт плана", submit="Добавить",
        done="Пункт добавлен.", back=part(shown, "plan"), of=shown,
    )  # fmt: skip


@member_page
def item_edit(request, pk):
    """The second of two who edit at once is shown what the first wrote."""
    item = own_row(request, PlanItem, pk)
    rights.can_edit_program(request.membership, item.program).require()
    initial = {name: getattr(item, name) for name in (*plan_items.ITEM_FIELDS, "revision")}
    form = ItemEditForm(request.school, request.POST or None, initial=initial)
    if form.submitted_to(plan_items.change_item, item, by=request.membership):
        messages.success(request, "Сохранено.")
        return redirect(part(item.program, "plan"))
    context = {"form": form, "item": item, "program": item.program, "theirs": stored_by_other(form, item)}  # fmt: skip
    return render(request, "programs/programs/item.html", context)


def stored_by_other(form, item: PlanItem) -> list[tuple[str, str]]:
    """Differences to what another saved meanwhile; the next save is on top of it."""
    fresh = PlanItem.objects.get(pk=item.pk)
    if not form.is_bound or str(fresh.revision) == form.data.get("revision"):
        return []
    form.data = form.data.copy()
    form.data["revision"] = fresh.revision
    shown = {"title": fresh.title, "due_on": fresh.due_on.isoformat(), "form_of_work": fresh.form_of_work, "expected": fresh.expected}  # fmt: skip
    return [(form.fields[name].label, value) for name, value in shown.items() if form.data.get(name, "") != value]  # fmt: skip


@member_page
@require_POST
def item_remove(request, pk):
    item = own_row(request, PlanItem, pk)
    rights.can_edit_program(request.membership, item.program).require()
    return act(request, part(item.program, "plan"), plan_items.remove_item, item, by=request.membership, done="Пункт удалён.")  # fmt: skip


@member_page
def item_done(request, pk):
    item = own_row(request, PlanItem, pk)
    rights.can_work(request.membership, item.program).require()
    form = DoneForm(item.program, request.POST or None, request.FILES or None, initial={"on": timezone.localdate(), "actual": item.actual})  # fmt: skip
    if form.submitted_to(plan_items.complete_item, item, today=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Отмечено.")
        return redirect(part(item.program, "plan"))
    return form_view(request, form, title=item.title, back=part(item.program, "plan"), submit="Выполнено", lead=item.expected, crumbs=program_crumbs(item.program))  # fmt: skip


@member_page
@require_POST
def item_reopen(request, pk):
    item = own_row(request, PlanItem, pk)
    rights.can_work(request.membership, item.program).require()
    return act(request, part(item.program, "plan"), plan_items.reopen_item, item, by=request.membership, done="Отметка снята.")  # fmt: skip


@member_page
def item_cancel(request, pk):
    item = own_row(request, PlanItem, pk)
    rights.can_work(request.membership, item.program).require()
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form, plan_items.cancel_item, item, title=f"Снять: {item.title}",
        submit="Снять пункт", done="Пункт снят.", back=part(item.program, "plan"), of=item.program,
    )  # fmt: skip


@member_page
def item_comment(request, pk):
    item = own_row(request, PlanItem, pk)
    return commented(request, item.program, item)


@member_page
def program_comment(request, pk):
    """The box of suggestions of a programme (R-235)."""
    return commented(request, own_program(request, pk), None)


def commented(request, program, item):
    rights.can_comment(request.membership, program).require()
    form = CommentForm(request.POST or None, initial={"kind": "comment" if item else "suggestion"})
    if form.submitted_to(plan_items.comment, program, item=item, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Записано.")
        return redirect(part(program, "plan"))
    title = f"Замечание: {item.title}" if item else "Предложение к программе"
    return form_view(request, form, title=title, back=part(program, "plan"), submit="Отправить", crumbs=program_crumbs(program))  # fmt: skip


@member_page
def comment_answer(request, pk):
    row = own_row(request, ItemComment, pk)
    if row.kind == ItemComment.Kind.SUGGESTION:
        rights.can_keep_programs(request.membership).require()
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    if form.submitted_to(plan_items.answer_comment, row, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Ответ записан.")
        return redirect(part(row.program, "plan"))
    return form_view(request, form, title="Ответ", back=part(row.program, "plan"), submit="Ответить", lead=row.text, crumbs=program_crumbs(row.program))  # fmt: skip


@member_page
def milestone_new(request, pk):
    shown = own_program(request, pk)
    rights.can_edit_program(request.membership, shown).require()
    form = MilestoneForm(request.POST or None)
    return form_page(
        request, form, plan_items.add_milestone, shown, title="Новый этап", submit="Добавить",
        done="Этап добавлен.", back=part(shown, "plan"), of=shown,
    )  # fmt: skip


@member_page
def milestone_actual(request, pk):
    row = own_row(request, Milestone, pk)
    rights.can_work(request.membership, row.program).require()
    form = ActualForm(request.POST or None, initial={"actual": row.actual})
    return form_page(
        request, form, plan_items.record_milestone, row, title=f"Этап: {row.title}",
        submit="Записать", done="Результат этапа записан.", back=part(row.program, "plan"),
        of=row.program, lead=row.planned,
    )  # fmt: skip


@member_page
def difficulty_new(request, pk):
    shown = own_program(request, pk)
    rights.can_work(request.membership, shown).require()
    form = DifficultyForm(shown, request.POST or None)
    return form_page(
        request, form, plan_items.add_difficulty, shown, title="Новое затруднение",
        submit="Записать", done="Записано.", back=part(shown, "work"), of=shown,
    )  # fmt: skip


@member_page
def difficulty_settle(request, pk):
    row = own_row(request, Difficulty, pk)
    rights.can_work(request.membership, row.program).require()
    form = OutcomeForm(request.POST or None, initial={"outcome": row.outcome, "note": row.note})
    return form_page(
        request, form, plan_items.settle_difficulty, row, title=row.title, submit="Записать",
        done="Записано.", back=part(row.program, "work"), of=row.program,
    )  # fmt: skip
