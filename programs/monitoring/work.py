"""Indicators about programmes, plans, practices, papers with partners."""

from django.db.models import Q

from programs.models import PlanItem, Practice, Program
from programs.models.programs import ProgramState
from programs.monitoring.scope import Scope
from programs.monitoring.values import Reading
from roadmap.models import Document

Reason = Program.CompletionReason


def completed(scope: Scope) -> Reading:
    """I-07, %: programmes completed because their plan was fulfilled, of those due to end in the period."""
    due = scope.of(Program).filter(Q(ends_on__range=scope.period.days) | Q(completed_on__range=scope.period.days))  # fmt: skip
    due = due.exclude(state=ProgramState.DRAFT)
    return Reading((due.filter(completion_reason=Reason.PLAN, completed_on__range=scope.period.days),), (due,))  # fmt: skip


def ended_early(reason: str):
    """I-08, number: programmes ended in the period on the initiative of participants or of the curator."""

    def read(scope: Scope) -> Reading:
        return Reading((scope.of(Program).filter(completion_reason=reason, completed_on__range=scope.period.days),))  # fmt: skip

    return read


def plans(scope: Scope) -> Reading:
    """I-09, %: items of plans done, of those due in the period; cancelled ones are not counted."""
    due = scope.of(PlanItem).filter(due_on__range=scope.period.days).exclude(state="cancelled")
    due = due.exclude(program__state=ProgramState.DRAFT)
    return Reading((due.filter(state="done"),), (due,))


def mentor_number(scope: Scope) -> Reading:
    """I-10, number: mentors of the period."""
    return Reading((scope.mentors(),))


def mentee_number(scope: Scope) -> Reading:
    """I-10, number: mentees of the period."""
    return Reading((scope.mentees(),))


def group_number(scope: Scope) -> Reading:
    """I-10, number: pairs and groups of the period."""
    return Reading((scope.groups(),))


def program_number(scope: Scope) -> Reading:
    """I-10, number: programmes that ran in the period."""
    rows = scope.of(Program).exclude(state__in=[ProgramState.DRAFT, ProgramState.AGREED])
    over = Q(completed_on=None) | Q(completed_on__gte=scope.period.start)
    return Reading((rows.filter(over, starts_on__lte=scope.period.end),))


def practices(scope: Scope) -> Reading:
    """I-15, number: practices taken into the collection in the period."""
    rows = scope.of(Practice).filter(state__in=["collected", "best"])
    return Reading((rows.filter(made_on__range=scope.period.days),))


def published(scope: Scope) -> Reading:
    """I-15, number: of them those on the site."""
    return Reading((practices(scope).counted[0].filter(published=True),))


def partners(scope: Scope) -> Reading:
    """I-20, number: agreements with partners in force on the key date."""
    return Reading((scope.of(Document).filter(kind="partner_agreement", state="in_force", dated_on__lte=scope.period.on),))  # fmt: skip
