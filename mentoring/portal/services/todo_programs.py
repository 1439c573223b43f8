"""«Что сделать сегодня» in own programmes; what the head decides about them."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from mentoring.core import grammar
from mentoring.core.keys import Key
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import Membership
from people.permissions import HEADS, has_any
from programs.models import (
    Assignment,
    ChangeAnswer,
    Helper,
    HelpRequest,
    Meeting,
    MentoringGroup,
    Program,
    ProgramConsent,
    Proposal,
)
from programs.models.groups import GroupState
from programs.models.programs import OPEN_PROGRAMS, ProgramState

# name of the count, words, noun, colour
LINES = (
    ("begin", "Составить", "программа", "work"),
    ("agree", "Согласовать", "программа", "wait"),
    ("meetings", "Отметить", "встреча", "wait"),
    ("tasks", "Выполнить", "задание", "work"),
    ("checks", "Проверить", "задание", "wait"),
    ("calls", "Ответить на", "вопрос", "wait"),
    ("answers", "Ответить: изменение программы", "предложение", "wait"),
    ("invitations", "Ответить: помощь в программе", "приглашение", "wait"),
)


def own_lines(membership: Membership, found: dict[str, int]) -> list[Todo]:
    """Lines that all lead to «Моя программа»; `found`: numbers of `rows`."""
    url = reverse("my_programs", args=[membership.organization.slug])
    return [
        Todo(f"{words}: {grammar.count(found[name], noun)}", url, colour)
        for name, words, noun, colour in LINES
        if found[name]
    ]


def rows(person: Key) -> dict[str, QuerySet]:
    """What each line counts."""
    groups = MentoringGroup.objects.of_person(person)
    own = Program.objects.filter(group__in=groups.values("pk"))
    agreed = ProgramConsent.objects.filter(person=person).values("program")
    return {
        "begin": groups.filter(state=GroupState.ACTIVE, mentor=person).exclude(programs__state__in=OPEN_PROGRAMS),
        "agree": own.filter(state=ProgramState.DRAFT, items__isnull=False).exclude(pk__in=agreed),
        "meetings": Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__lt=Now(), program__state=ProgramState.RUNNING, program__group__mentor=person),
        "tasks": Assignment.objects.filter(person=person, state__in=["given", "returned"]),
        "checks": Assignment.objects.filter(program__group__mentor=person, state="submitted"),
        "calls": HelpRequest.objects.filter(answered_at=None).filter(Q(program__group__mentor=person) | Q(program__helpers__person=person, program__helpers__state="accepted")),
        "answers": ChangeAnswer.objects.filter(person=person, accepted=None, change__state="open"),
        "invitations": Helper.objects.filter(person=person, state=Helper.State.INVITED),
    }  # fmt: skip


def head_rows(asker: Asker) -> dict[str, QuerySet]:
    """Programmes that the head approves by the school's own rule, proposals to decide."""
    if not has_any(asker, HEADS):
        return {}
    found = {"proposals": Proposal.objects.filter(state=Proposal.State.OPEN)}
    if asker.head_approves_programs:
        found["head_review"] = Program.objects.filter(state=ProgramState.AGREED)
    return found


def head_lines(membership: Membership, found: dict[str, int]) -> list[Todo]:
    slug, lines = membership.organization.slug, []
    if number := found.get("head_review"):
        lines.append(Todo(f"Утвердить: {grammar.count(number, 'программа')}", reverse("programs", args=[slug]) + "?review=on", "wait"))  # fmt: skip
    if number := found.get("proposals"):
        lines.append(Todo(f"Решить: {grammar.count(number, 'предложение')}", reverse("proposals", args=[slug]), "wait", "о поощрении или мерах"))  # fmt: skip
    return lines
