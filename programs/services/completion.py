"""How a programme ends: three reasons and no fourth; results go into both cards (R-315, R-701…R-704)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import Membership, MenteeProfile, MentorProfile, Questionnaire, Survey
from people.models.banks import BankState
from people.services import journal, questionnaires, surveys
from people.services.notices import tell
from programs.models import (
    GroupMember,
    MentoringGroup,
    MentorReport,
    Program,
    ProgramResult,
    ProgramSurvey,
)
from programs.models.groups import OPEN_STATES, GroupState
from programs.models.programs import ProgramState
from programs.program_permissions import can_keep_programs
from programs.program_rules import closing_held, completion_obstacles
from programs.services.groups import close
from programs.services.program_drafts import locked
from programs.services.programs import to_pair
from roadmap.services.public_text import refuse_names

Reason, Stage = Program.CompletionReason, ProgramSurvey.Stage
ANSWER_DAYS = 14
FORMS = {
    Stage.MIDTERM: ("mentee_midterm", "mentor_midterm"),
    Stage.FINAL: ("mentee_final", "mentor_final"),
}


@transaction.atomic
def complete(program: Program, *, reason: str, on: dt.date, by: Membership, text: str = "", decision: str = "finish") -> Program:  # fmt: skip
    """The curator records the end. «План выполнен» is checked against the plan, the others need the circumstances."""
    can_keep_programs(by).require()
    program = locked(program)
    check_end(program, reason, text, on)
    finish(program, reason=reason, text=text, decision=decision, on=on, by=by)
    ask([program], stage=Stage.FINAL, on=on, by=by)
    if reason == Reason.PLAN and decision == Program.Decision.FINISH:
        end_pair(program.group, on=on, by=by)
    return program


def check_end(program: Program, reason: str, text: str, on: dt.date) -> None:
    if program.state != ProgramState.RUNNING:
        raise RuleError("Завершают программу, которая идёт.")
    if on < program.running_since:
        raise RuleError(f"Программа идёт с {program.running_since:%d.%m.%Y}: раньше завершить нельзя.", "on")  # fmt: skip
    if reason not in Reason.values:
        raise RuleError("Выберите одно из трёх оснований.", "reason")
    if reason != Reason.PLAN:
        if not text.strip():
            raise RuleError("Опишите обстоятельства: они останутся в деле программы.", "text")
        return
    if gaps := completion_obstacles(program):
        raise RuleError(" ".join(gaps))
    report = MentorReport.objects.filter(program=program).first()
    if not program.one_meeting and (report is None or report.state != MentorReport.State.ACCEPTED):
        raise RuleError("Отчёт наставника ещё не принят.")


def finish(program: Program, *, reason: str, text: str, decision: str, on: dt.date, by: Membership | None) -> None:  # fmt: skip
    """Write the end; no rights: called by `complete` and by the end of the pair."""
    running = Program.objects.filter(pk=program.pk).exclude(state=ProgramState.COMPLETED)
    program.state, program.completed_on, program.unlocked = ProgramState.COMPLETED, on, False
    program.completion_reason, program.completion_text = reason, text.strip()[:500]
    program.decision = decision if closing_held(program) else ""
    program.full_clean()
    kept = {name: getattr(program, name) for name in ("state", "completed_on", "unlocked", "completion_reason", "completion_text", "decision")}  # fmt: skip
    if not running.update(**kept):
        raise RuleError("Программа уже завершена. Обновите страницу.")
    program.save(update_fields=list(kept))
    program.changes.filter(state__in=["open", "agreed", "ordered"]).update(state="declined")
    left = program.meetings.filter(state="planned")
    left.update(state="missed", missed_reason="программа завершена", noted_at=timezone.now())
    write_results(program, on=on)
    journal.record(by, "program.completed", program, organization=program.organization)
    tell_end(program)


def tell_end(program: Program) -> None:
    tell(to_pair(program, "program.completed", "Программа завершена", program.get_completion_reason_display(), 1))  # fmt: skip


def write_results(program: Program, *, on: dt.date) -> None:
    """Result, date and pair in the card of each participant (R-315)."""
    report = MentorReport.objects.filter(program=program).first()
    ended = program.get_completion_reason_display()
    words = {row.person_id: [] for row in program.difficulties.all()}
    for row in program.difficulties.all():
        words[row.person_id].append(f"{row.title}: {row.get_outcome_display()}")
    shared = {"organization": program.organization, "program": program, "completed_on": on}
    rows = [ProgramResult(person=program.group.mentor, role="mentor", text=(report and report.results) or ended, **shared)]  # fmt: skip
    rows += [
        ProgramResult(person=person, role="mentee", text="; ".join(words.get(person.pk, [])) or ended, **shared)
        for person in program.group.mentees
    ]  # fmt: skip
    ProgramResult.objects.bulk_create(rows)


def end_pair(group: MentoringGroup, *, on: dt.date, by: Membership) -> None:
    """The last programme is done and nobody wants to go on: the period of the pair ends with it."""
    if group.programs.exclude(state=ProgramState.COMPLETED).exists():
        return
    group = MentoringGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if group.state in (GroupState.ACTIVE, GroupState.PAUSED):
        close(group, MentoringGroup.EndReason.COMPLETED, on=max(on, group.starts_on))
        free_cards(group)
        journal.record(by, "group.ended", group)


def free_cards(group: MentoringGroup) -> None:
    """Cards of those without another open pair go back to «утверждён»."""
    open_groups = MentoringGroup.objects.of(group.organization).filter(state__in=OPEN_STATES)
    busy = GroupMember.objects.filter(group__in=open_groups.values("pk"), ends_on=None)
    for model, people, held in (
        (MentorProfile, [group.mentor], open_groups.values("mentor")),
        (MenteeProfile, group.mentees, busy.values("person")),
    ):
        rows = model.objects.filter(person__in=people, state=BankState.ACTIVE)
        for card in rows.exclude(person__in=held):
            card.state = BankState.APPROVED
            card.save(update_fields=["state"])


# What the end of a pair means for its programmes: participants or the curator, never a fourth reason.
OF_PAIR = {
    MentoringGroup.EndReason.NOTICE: Reason.PARTICIPANT,
    MentoringGroup.EndReason.REQUEST: Reason.PARTICIPANT,
    MentoringGroup.EndReason.LEFT: Reason.PARTICIPANT,
    MentoringGroup.EndReason.CONSENT: Reason.PARTICIPANT,
    MentoringGroup.EndReason.CURATOR: Reason.CURATOR,
}


def end_with_pair(group: MentoringGroup, *, on: dt.date, by: Membership | None) -> None:
    """Programmes of a pair that has ended: what ran is completed early, what was never approved is left out."""
    reason = OF_PAIR.get(group.end_reason)
    if reason is None:
        return
    for program in group.programs.exclude(state=ProgramState.COMPLETED):
        fresh = locked(program)
        text = f"Пара завершена: {group.get_end_reason_display()}."
        finish(fresh, reason=reason, text=text, decision="", on=max(on, fresh.running_since or on), by=by)  # fmt: skip


@transaction.atomic
def ask(programs: Iterable[Program], *, stage: str, on: dt.date, by: Membership) -> list[Survey]:
    """Open D4 (middle) or D5 and D6 (end) for both sides of the programmes (R-622, R-706)."""
    can_keep_programs(by).require()
    programs = [one for one in programs if not one.surveys.filter(stage=stage).exists()]
    if not programs:
        raise RuleError("Эти анкеты уже открыты.")
    questionnaires.install(by.organization)
    mentees = {one.pk: one for program in programs for one in program.group.mentees}
    mentors = {program.group.mentor_id: program.group.mentor for program in programs}
    found = []
    for code, people in zip(FORMS[stage], (mentees.values(), mentors.values()), strict=True):
        form = Questionnaire.objects.of(by.organization).get(code=code)
        survey = surveys.create(
            form, people=people, by=by, title=form.title, opens_on=on, closes_on=on + dt.timedelta(days=ANSWER_DAYS),
            privacy=Survey.Privacy.NAMED,
        )  # fmt: skip
        found.append(surveys.open_survey(survey, on=on, by=by))
    ProgramSurvey.objects.bulk_create(
        ProgramSurvey(organization=by.organization, program=program, survey=survey, stage=stage)
        for program in programs for survey in found
    )  # fmt: skip
    return found


@transaction.atomic
def publish_result(result: ProgramResult, *, published: bool, by: Membership) -> ProgramResult:
    """Only after the end (R-907); the model refuses it otherwise."""
    can_keep_programs(by).require()
    result.published = published
    if published:
        refuse_names(result.organization, result.text)
    result.full_clean()
    result.save(update_fields=["published"])
    journal.record(by, "result.published", result.program)
    return result
