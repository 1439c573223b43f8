"""Writing a programme and getting it approved: begin, text that saves itself, agreement, decision, completion."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core.errors import RuleError
from people.models import Person
from people.pages import member_page
from people.reauthentication import ask_again
from programs import program_permissions as rights
from programs.forms.programs import (
    AgreeForm,
    BeginForm,
    ChangeForm,
    CompleteForm,
    ReasonForm,
    RunningForm,
    TextForm,
    WitnessForm,
    start_of,
)
from programs.models import MentoringGroup, Program, ProgramChange, ProgramPattern
from programs.program_rules import completion_obstacles
from programs.services import completion, patterns, program_changes, program_drafts, programs
from programs.views.pages import act, form_page, form_view, own_program, program_crumbs


def startable_group(request, pk) -> MentoringGroup:
    rows = MentoringGroup.objects.of(request.school).select_related("mentor")
    group = get_object_or_404(rows.prefetch_related("members__person"), pk=pk)
    rights.can_start_program(request.membership, group).require()
    return group


@member_page
def program_begin(request, pk):
    """A new programme of a pair: the bank offers what fits the mentee's needs first."""
    group = startable_group(request, pk)
    if not ProgramPattern.objects.of(request.school).exists():
        patterns.install(request.school)
    form = BeginForm(request.school, request.POST or None, initial={"starts_on": start_of(group), "pattern": request.GET.get("pattern")})  # fmt: skip
    if form.submitted_to(
        program_drafts.begin, group, on=timezone.localdate(), by=request.membership
    ):
        messages.success(request, "Черновик готов. Проверьте текст и план.")
        return redirect(form.result)
    lead = (
        "Портал заполнит программу по анкете наставляемого и выбранной основе. Всё можно изменить."
    )
    return form_view(request, form, title="Новая программа", back=redirect("my_programs", request.school.slug).url, submit="Составить", lead=lead)  # fmt: skip


@member_page
def program_running(request, pk):
    """A programme that already runs on paper."""
    rights.can_keep_programs(request.membership).require()
    group = startable_group(request, pk)
    form = RunningForm(request.POST or None, request.FILES or None)
    if form.submitted_to(programs.enter_running, group, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Программа внесена и идёт.")
        return redirect(form.result)
    return form_view(request, form, title="Программа, которая уже идёт", back=group, submit="Внести", lead="Достаточно дат и плана: согласий заново портал не спросит.")  # fmt: skip


@member_page
def program_edit(request, pk):
    """The text; saves itself as it is typed, a stale copy is shown what the other wrote."""
    shown = own_program(request, pk)
    rights.can_edit_program(request.membership, shown).require()
    form = TextForm(shown, request.POST or None)
    if request.htmx and request.method == "POST":
        return autosaved(request, shown, form)
    if form.submitted_to(program_drafts.write, shown, by=request.membership):
        messages.success(request, "Сохранено.")
        return redirect(shown)
    others = theirs(form, shown)
    if others:
        keep_own(form, shown)
    context = {"form": form, "program": shown, "theirs": others}
    return render(request, "programs/programs/edit.html", context)


def theirs(form: TextForm, shown: Program) -> list[tuple[str, str]]:
    """Fields in which what is stored now differs from what was just typed."""
    if not form.is_bound or form.is_valid() or not form.non_field_errors():
        return []
    stored = Program.objects.get(pk=shown.pk)
    texts = [name for name in form.fields if isinstance(getattr(stored, name, None), str)]
    return [(form.fields[name].label, getattr(stored, name)) for name in texts if (form.data.get(name) or "").strip() != getattr(stored, name).strip()]  # fmt: skip


def keep_own(form: TextForm, shown: Program) -> None:
    """After the comparison the next save is on top of what the other wrote."""
    form.data = form.data.copy()
    form.data["revision"] = Program.objects.values_list("revision", flat=True).get(pk=shown.pk)


def autosaved(request, shown: Program, form: TextForm) -> HttpResponse:
    """Save the fields that are valid; answer with the new revision and the time."""
    form.is_valid()
    valid = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    revision = valid.pop("revision", None)
    try:
        saved = program_drafts.write(shown, by=request.membership, revision=revision, **valid)
    except RuleError as error:
        return render(request, "programs/programs/_saved.html", {"error": error.message})
    except ValidationError as error:
        return render(request, "programs/programs/_saved.html", {"error": " ".join(error.messages)})
    return render(request, "programs/programs/_saved.html", {"revision": saved.revision})


@member_page
def program_agree(request, pk):
    """The own agreement; by the second route the mentee names before whom it was read."""
    shown = own_program(request, pk)
    by, day = request.membership, timezone.localdate()
    reads = shown.route == Program.Route.READ and not rights.is_mentor(by, shown)
    if not reads:
        if request.method != "POST":
            return redirect(shown)
        return act(request, shown, programs.agree, shown, on=day, by=by, done="Ваше согласие записано.")  # fmt: skip
    form = WitnessForm(shown, request.POST or None)
    if form.submitted_to(programs.agree, shown, on=day, by=by):
        messages.success(request, "Ознакомление записано.")
        return redirect(shown)
    return form_view(request, form, title="Ознакомиться с программой", back=shown, submit="Я ознакомлен(а)", crumbs=program_crumbs(shown))  # fmt: skip


@member_page
def program_agree_paper(request, pk):
    """The curator records a signature on paper."""
    rights.can_keep_programs(request.membership).require()
    shown = own_program(request, pk)
    form = AgreeForm(shown, request.POST or None, people=[shown.group.mentor, *shown.group.mentees])
    return form_page(
        request, form, programs.agree, shown, on=timezone.localdate(), title="Подпись на бумаге",
        submit="Записать", done="Подпись записана.", back=shown, of=shown,
    )  # fmt: skip


@member_page
@require_POST
def program_approve(request, pk):
    shown = own_program(request, pk)
    rights.can_approve_program(request.membership, shown).require()
    ask_again(request)
    return act(request, shown, programs.approve, shown, on=timezone.localdate(), by=request.membership, done="Программа утверждена.")  # fmt: skip


@member_page
def program_return(request, pk):
    shown = own_program(request, pk)
    rights.can_approve_program(request.membership, shown).require()
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form, programs.give_back, shown, title="Вернуть на доработку", submit="Вернуть",
        done="Программа вернулась к паре.", back=shown, of=shown,
    )  # fmt: skip


@member_page
def program_change(request, pk):
    """Propose a change of an approved programme."""
    shown = own_program(request, pk)
    rights.can_work(request.membership, shown).require()
    form = ChangeForm(shown, request.POST or None)
    lead = "Изменение вступит в силу, когда согласятся обе стороны и куратор. О продлении издаётся приказ."
    return form_page(
        request, form, program_changes.propose_change, shown, on=timezone.localdate(),
        title="Предложить изменение", submit="Предложить",
        done="Предложение отправлено другой стороне.", back=shown, of=shown, lead=lead,
    )  # fmt: skip


def own_change(request, pk) -> ProgramChange:
    rows = ProgramChange.objects.of(request.school).select_related("program__group__mentor", "program__organization")  # fmt: skip
    change = get_object_or_404(rows.prefetch_related("program__group__members", "program__helpers"), pk=pk)  # fmt: skip
    rights.can_read_program(request.membership, change.program).require()
    return change


@member_page
@require_POST
def change_answer(request, pk):
    """One side answers; the curator with `person` records what was answered on paper."""
    change = own_change(request, pk)
    person = None
    if request.POST.get("person"):
        person = get_object_or_404(Person.objects.of(request.school), pk=request.POST["person"])
    return act(
        request, change.program, program_changes.answer_change, change, accepted=request.POST.get("accepted") == "1",
        on=timezone.localdate(), by=request.membership, person=person, done="Ответ записан.",
    )  # fmt: skip


@member_page
@require_POST
def change_decide(request, pk):
    change = own_change(request, pk)
    rights.can_keep_programs(request.membership).require()
    ask_again(request)
    approved = request.POST.get("approved") == "1"
    return act(request, change.program, program_changes.decide_change, change, approved=approved, on=timezone.localdate(), by=request.membership, done="Решение записано.")  # fmt: skip


@member_page
@require_POST
def program_lock(request, pk):
    """The agreed change is written down: freeze the new version."""
    shown = own_program(request, pk)
    rights.can_keep_programs(request.membership).require()
    ask_again(request)
    return act(request, shown, program_changes.finish_editing, shown, on=timezone.localdate(), by=request.membership, done="Новая редакция утверждена.")  # fmt: skip


@member_page
def program_version(request, pk, number):
    """One frozen version and what it changed."""
    shown = own_program(request, pk)
    version = get_object_or_404(shown.versions.select_related("made_by__person"), number=number)
    before = shown.versions.filter(number=number - 1).first()
    changes = program_changes.differences(before.content, version.content) if before else []
    return render(request, "programs/programs/version.html", {"program": shown, "version": version, "before": before, "changes": changes})  # fmt: skip


@member_page
def program_complete(request, pk):
    rights.can_keep_programs(request.membership).require()
    shown = own_program(request, pk, "items", "difficulties", "meetings")
    form = CompleteForm(request.POST or None, initial={"on": timezone.localdate(), "reason": "plan_fulfilled"})  # fmt: skip
    if form.submitted_to(completion.complete, shown, by=request.membership):
        messages.success(request, "Программа завершена, итоги записаны в карточки, анкеты отправлены.")  # fmt: skip
        if form.cleaned_data["decision"] == Program.Decision.CONTINUE:
            return redirect("program_begin", request.school.slug, shown.group_id)
        return redirect(shown)
    gaps = completion_obstacles(shown)
    lead = f"Для «план выполнен полностью» пока не хватает: {' '.join(gaps)}" if gaps else "План выполнен, заключительная встреча проведена."  # fmt: skip
    return form_view(request, form, title="Завершить программу", back=shown, submit="Завершить", lead=lead, crumbs=program_crumbs(shown))  # fmt: skip


@member_page
@require_POST
def program_midterm(request, pk):
    """Open the questionnaires of the middle for both sides (R-622)."""
    shown = own_program(request, pk)
    rights.can_keep_programs(request.membership).require()
    return act(request, shown, completion.ask, [shown], stage="midterm", on=timezone.localdate(), by=request.membership, done="Анкеты открыты обеим сторонам.")  # fmt: skip
