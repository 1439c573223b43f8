"""«Что сделать сегодня» of the curator: what waits."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from mentoring.core import grammar
from mentoring.core.keys import moved
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import Consent, Membership, Survey, SurveyParticipant
from people.permissions import CURATORS, has_any
from programs.models import (
    DutyRelease,
    GroupRequest,
    MentoringGroup,
    MentorReport,
    Program,
    ProgramChange,
)
from programs.models.groups import GroupState
from programs.models.programs import ProgramState

SOON = dt.timedelta(days=30)


def curator_lines(membership: Membership, found: dict[str, int]) -> list[Todo]:
    """Answers, consents, pairs and wishes that wait for the curator; `found`: numbers of `rows`."""
    if not has_any(membership, CURATORS):
        return []
    slug = membership.organization.slug
    return [
        Todo(f"{words}: {grammar.count(found[name], noun)}", reverse(page, args=[slug]) + query, state, note)
        for name, words, noun, page, query, state, note in LINES
        if found[name]
    ]  # fmt: skip


# name of the count, words, noun, page, what narrows it, colour, what to do
LINES = (
    ("unanswered", "Не ответили на анкеты", "человек", "surveys", "?state=open", "work", "напомнить или внести с бумаги"),
    ("asked", "Ждут ответа", "согласие", "consent_papers", "", "work", "напечатать бланки"),
    ("ending", "Заканчиваются за 30 дней", "согласие", "consent_register", "?ending=on", "wait", ""),
    ("paused", "Приостановлены", "пара", "groups", "?state=paused", "late", "нужно согласие или приказ"),
    ("requests", "Решить", "заявление", "groups", "?requests=on", "wait", "о парах"),
    ("agreed", "Составить приказ", "пара", "pair_order_new", "", "work", "все согласны"),
    ("review", "Утвердить", "программа", "programs", "?review=on", "wait", "согласованы парами"),
    ("changes", "Решить", "изменение", "programs", "?review=on", "wait", "в программах, стороны согласны"),
    ("reports", "Принять", "отчёт", "programs", "?review=on", "wait", "наставники прислали"),
    ("releases", "Решить", "просьба", "programs", "?review=on", "wait", "об освобождении с заменой"),
)  # fmt: skip


def rows(asker: Asker) -> dict[str, QuerySet]:
    """What each line counts."""
    if not has_any(asker, CURATORS):
        return {}
    groups, consents = MentoringGroup.objects, Consent.objects
    return {
        "unanswered": SurveyParticipant.objects.filter(
            survey__state=Survey.State.OPEN, answered=False, revoked=False
        ),
        "asked": consents.filter(state=Consent.State.ASKED),
        "ending": consents.filter(
            state=Consent.State.GIVEN,
            valid_until__range=(asker.today, moved(asker.today, lambda day: day + SOON)),
        ),
        "paused": groups.filter(state=GroupState.PAUSED),
        "requests": GroupRequest.objects.filter(state=GroupRequest.State.OPEN),
        "review": Program.objects.filter(
            state=ProgramState.AGREED, organization__head_approves_programs=False
        ),
        "changes": ProgramChange.objects.filter(state=ProgramChange.State.AGREED),
        "reports": MentorReport.objects.filter(state=MentorReport.State.SENT),
        "releases": DutyRelease.objects.filter(state=DutyRelease.State.ASKED),
        "agreed": groups.filter(state=GroupState.ACCEPTED, document=None),
    }
