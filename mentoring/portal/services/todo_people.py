"""«Что сделать сегодня» about people: questionnaires, consents, candidates, events."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.urls import reverse

from mentoring.core import grammar
from mentoring.core.keys import Key
from mentoring.portal.services.todo_line import Asker, Todo
from people.models import (
    Consent,
    Membership,
    MenteeProfile,
    MentorProfile,
    Person,
    Survey,
    SurveyParticipant,
)
from people.models.banks import BankState
from people.permissions import HEADS, has_any
from roadmap.models import EventParticipant

SOON = dt.timedelta(days=30)


def own_lines(membership: Membership, found: dict[str, int], today: dt.date) -> list[Todo]:
    """What this person owes: answers, decisions on consents, meetings to come."""
    return [
        *(to_answer(membership, today) if found["to_answer"] else ()),
        *(to_consent(membership) if found["to_consent"] else ()),
        *(to_attend(membership, today) if found["to_attend"] else ()),
    ]


def own_rows(asker: Asker) -> dict[str, QuerySet]:
    return {
        "to_answer": unanswered(asker.person, asker.today),
        "to_consent": asked_consents(asker.person),
        "to_attend": meetings(asker.person, asker.today),
    }


def unanswered(person: Person | Key, today: dt.date | Key) -> QuerySet:
    return SurveyParticipant.objects.filter(
        Q(survey__closes_on=None) | Q(survey__closes_on__gte=today),
        person=person, answered=False, revoked=False,
        survey__state=Survey.State.OPEN, survey__opens_on__lte=today,
    )  # fmt: skip


def asked_consents(person: Person | Key) -> QuerySet:
    return Consent.objects.filter(person=person, state=Consent.State.ASKED, representative=None)


def meetings(person: Person | Key, today: dt.date | Key) -> QuerySet:
    return EventParticipant.objects.filter(person=person, event__state="planned", event__starts_at__date__gte=today)  # fmt: skip


def head_rows(asker: Asker) -> dict[str, QuerySet]:
    """Candidates with a consent, by bank (R-202)."""
    if not has_any(asker, HEADS):
        return {}
    banks = {"mentor_candidates": MentorProfile, "mentee_candidates": MenteeProfile}
    return {name: model.objects.filter(state=BankState.CANDIDATE).with_consent(on=asker.today) for name, model in banks.items()}  # fmt: skip


def head_lines(membership: Membership, found: dict[str, int]) -> list[Todo]:
    """What waits for the head in the banks."""
    number = found.get("mentor_candidates", 0) + found.get("mentee_candidates", 0)
    if not number:
        return []
    text = f"Утвердить участников наставничества: {grammar.count(number, 'кандидат')}"
    return [Todo(text, reverse("bank_approve", args=[membership.organization.slug]), "wait")]


def to_answer(membership: Membership, today: dt.date) -> list[Todo]:
    rows = unanswered(membership.person, today).of(membership.organization)
    slug = membership.organization.slug
    return [
        Todo(
            f"Ответить на анкету: {row.survey.title}",
            reverse("my_survey_page", args=[slug, row.pk]),
            "wait",
            f"до {row.survey.closes_on:%d.%m.%Y}" if row.survey.closes_on else "",
        )
        for row in rows.select_related("survey")
    ]


def to_consent(membership: Membership) -> list[Todo]:
    rows = asked_consents(membership.person).of(membership.organization)
    slug = membership.organization.slug
    return [
        Todo(f"Решить: согласие {row.get_kind_display()}", reverse("my_consent", args=[slug, row.pk]), "wait")
        for row in rows
    ]  # fmt: skip


def to_attend(membership: Membership, today: dt.date) -> list[Todo]:
    rows = meetings(membership.person, today).of(membership.organization)
    slug = membership.organization.slug
    return [
        Todo(
            f"{row.event.starts_at:%d.%m}: {row.event.title}",
            reverse("event", args=[slug, row.event_id]),
            "work",
            row.event.place,
        )
        for row in rows.select_related("event").order_by("event__starts_at")[:5]
    ]
