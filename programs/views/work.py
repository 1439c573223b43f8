"""Tasks, calls for help, helpers, notes to services, proposals, release from duties."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.pages import member_page
from people.permissions import MANAGERS, has_any
from people.services import journal
from programs import program_permissions as rights
from programs.forms.programs import AnswerForm
from programs.forms.work import (
    CheckTaskForm,
    DecideForm,
    DeclineForm,
    HelperForm,
    HelpForm,
    ProposalForm,
    ReferralForm,
    ReleaseForm,
    SubmitTaskForm,
    TaskForm,
)
from programs.models import Assignment, DutyRelease, Helper, HelpRequest, Proposal, Referral
from programs.services import service_notes, tasks_and_help
from programs.views.pages import RESULT, act, form_page, form_view, own_program, program_crumbs, url
from programs.views.plan import own_row, part


@member_page
def task_new(request, pk):
    shown = own_program(request, pk)
    rights.can_guide(request.membership, shown).require()
    form = TaskForm(shown, request.POST or None)
    return form_page(
        request, form, tasks_and_help.give, shown, on=timezone.localdate(), title="Дать задание",
        submit="Отправить", done="Задание отправлено.", back=part(shown, "work"), of=shown,
    )  # fmt: skip


@member_page
def assignment(request, pk):
    """One task: the mentee hands in, the mentor checks."""
    row = own_row(request, Assignment, pk)
    rights.can_read_assignment(request.membership, row).require()
    mine = row.person_id == request.membership.person_id and row.program.is_open
    submit = SubmitTaskForm(request.POST if "submit" in request.POST else None, request.FILES or None, initial={"result": row.result})  # fmt: skip
    check = CheckTaskForm(request.POST if "check" in request.POST else None)
    if submit.submitted_to(tasks_and_help.submit, row, by=request.membership):
        messages.success(request, "Сдано. Наставник получил уведомление.")
        return redirect(row)
    if check.submitted_to(tasks_and_help.check, row, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Отзыв отправлен.")
        return redirect(row)
    context = {
        "task": row, "program": row.program, "submit_form": submit if mine and row.state in ("given", "returned") else None,
        "check_form": check if row.state == "submitted" and rights.can_guide(request.membership, row.program) else None,
    }  # fmt: skip
    return render(request, "programs/programs/assignment.html", context)


@member_page
def help_new(request, pk):
    shown = own_program(request, pk)
    rights.can_ask_help(request.membership, shown).require()
    form = HelpForm(request.POST or None)
    return form_page(
        request, form, tasks_and_help.ask, shown, now=timezone.now(), title="Вопрос наставнику",
        submit="Спросить", done="Вопрос отправлен наставнику.", back=part(shown, "work"), of=shown,
    )  # fmt: skip


@member_page
def help_answer(request, pk):
    row = own_row(request, HelpRequest, pk)
    rights.can_answer_help(request.membership, row.program).require()
    form = AnswerForm(request.POST or None)
    return form_page(
        request, form, tasks_and_help.answer_help, row, now=timezone.now(), title="Ответ на вопрос",
        submit="Ответить", done="Ответ отправлен.", back=part(row.program, "work"), of=row.program,
        lead=row.text,
    )  # fmt: skip


@member_page
def helper_new(request, pk):
    shown = own_program(request, pk)
    rights.can_guide(request.membership, shown).require()
    form = HelperForm(shown, request.POST or None)
    return form_page(
        request, form, tasks_and_help.invite_helper, shown, on=timezone.localdate(),
        title="Позвать помощника", submit="Пригласить", done="Приглашение отправлено.",
        back=part(shown, "case"), of=shown,
        lead="Помощник увидит программу, план и встречи, но не личные записи и отчёт.",
    )  # fmt: skip


@member_page
@require_POST
def helper_answer(request, pk):
    """The invited person answers; nothing of the programme is shown before."""
    rows = Helper.objects.of(request.school).filter(person=request.membership.person)
    row = get_object_or_404(rows.select_related("program__group__mentor", "program__organization"), pk=pk)  # fmt: skip
    accepted = request.POST.get("accepted") == "1"
    return act(request, url(request, "my_programs"), tasks_and_help.answer_invitation, row, accepted=accepted, on=timezone.localdate(), by=request.membership, done="Ответ записан.")  # fmt: skip


@member_page
def referral_new(request, pk):
    shown = own_program(request, pk)
    rights.can_guide(request.membership, shown).require()
    form = ReferralForm(request.POST or None)
    return form_page(
        request, form, service_notes.refer, shown, on=timezone.localdate(),
        title="Обратиться в службу", submit="Отправить", done="Отправлено.",
        back=part(shown, "case"), to=RESULT, of=shown,
    )  # fmt: skip


@member_page
def referrals(request):
    """Notes for the services the member belongs to, and own ones."""
    rows = Referral.objects.of(request.school).select_related("author", "program__organization")  # fmt: skip
    shown = [row for row in rows if rights.can_read_referral(request.membership, row)]
    return render(request, "programs/programs/referrals.html", {"referrals": shown})


@member_page
def referral(request, pk):
    """Reading by anybody but the author is logged: the note may speak of a person's state."""
    rows = Referral.objects.of(request.school).select_related("author", "program__group__mentor", "program__organization", "answered_by")  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    rights.can_read_referral(request.membership, row).require()
    if row.author_id != request.membership.person_id and request.method == "GET":
        journal.record(request.membership, "referral.read", row)
    form = AnswerForm(request.POST or None)
    answers = rights.can_answer_referral(request.membership, row)
    if request.method == "POST":
        answers.require()
    if form.submitted_to(service_notes.answer_referral, row, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Ответ отправлен.")
        return redirect(row)
    return render(request, "programs/programs/referral.html", {"referral": row, "form": form if answers and not row.answer else None})  # fmt: skip


@member_page
def proposals(request):
    """Own proposals; head and curator see all."""
    rows = Proposal.objects.of(request.school).select_related("author", "about")
    if not has_any(request.membership, MANAGERS):
        rows = rows.filter(author=request.membership.person)
    return render(request, "programs/programs/proposals.html", {"proposals": rows, "can_propose": rights.can_propose(request.membership)})  # fmt: skip


@member_page
def proposal_new(request):
    rights.can_propose(request.membership).require()
    form = ProposalForm(request.school, request.POST or None)
    if form.submitted_to(service_notes.propose_to_head, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Предложение отправлено руководителю.")
        return redirect(form.result)
    return form_view(request, form, title="Предложение руководителю", back=redirect("proposals", request.school.slug).url, submit="Отправить")  # fmt: skip


@member_page
def proposal(request, pk):
    rows = Proposal.objects.of(request.school).select_related("author", "about", "decided_by__person")  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    rights.can_read_proposal(request.membership, row).require()
    if row.author_id != request.membership.person_id and request.method == "GET":
        journal.record(request.membership, "proposal.read", row)
    decides = rights.can_decide_proposal(request.membership)
    form = DecideForm(request.POST or None)
    if request.method == "POST":
        decides.require()
    if form.submitted_to(service_notes.decide_proposal, row, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Решение записано.")
        return redirect(row)
    return render(request, "programs/programs/proposal.html", {"proposal": row, "form": form if decides and row.state == "open" else None})  # fmt: skip


@member_page
def release_new(request, pk):
    shown = own_program(request, pk)
    rights.can_guide(request.membership, shown).require()
    form = ReleaseForm(shown, request.POST or None)
    if form.submitted_to(service_notes.ask_release, shown, on=timezone.localdate(), by=request.membership):  # fmt: skip
        messages.success(request, "Просьба отправлена куратору.")
        return redirect(part(shown, "case"))
    lead = "Это исключение: обычно встречи проходят в свободное время, чтобы занятия не прерывались. Решает руководитель приказом."  # fmt: skip
    return form_view(request, form, title="Освободить от занятий", back=part(shown, "case"), submit="Попросить", lead=lead, crumbs=program_crumbs(shown))  # fmt: skip


@member_page
@require_POST
def release_draft(request, pk):
    """The curator drafts the order on the release."""
    row = own_row(request, DutyRelease, pk)
    rights.can_keep_programs(request.membership).require()
    return act(request, part(row.program, "case"), service_notes.draft_release, row, on=timezone.localdate(), by=request.membership, done="Черновик приказа готов: он в документах.")  # fmt: skip


@member_page
def release_decline(request, pk):
    row = own_row(request, DutyRelease, pk)
    rights.can_keep_programs(request.membership).require()
    form = DeclineForm(request.POST or None)
    return form_page(
        request, form, service_notes.decline_release, row, title="Отказать в освобождении",
        submit="Отказать", done="Отказ записан.", back=part(row.program, "case"), of=row.program,
    )  # fmt: skip
