"""Runs of questionnaires: people, dates, one of three privacy levels, personal links."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mentoring.core import grammar
from mentoring.core.errors import RuleError
from people.models import (
    AnonymousAnswer,
    Membership,
    Person,
    Questionnaire,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.permissions import can_edit_questionnaires
from people.services import journal, notices, questionnaires
from people.services.accounts import token_hash
from people.services.notices import Message

State, Privacy = Survey.State, Survey.Privacy
LINK_DAYS = 30


@transaction.atomic
def create(
    form: Questionnaire,
    *,
    people: Iterable[Person],
    by: Membership,
    minimum: int | None = None,
    **values,
) -> Survey:
    """Prepare a run of the latest version. `values`: title, opens_on, closes_on, privacy."""
    can_edit_questionnaires(by).require()
    school_minimum = by.organization.anonymous_minimum
    survey = Survey(
        organization=by.organization, version=questionnaires.latest(form), created_by=by,
        minimum=max(minimum or 0, school_minimum), **values,
    )  # fmt: skip
    if not survey.version.content["sections"] or not any(
        section["questions"] for section in survey.version.content["sections"]
    ):
        raise RuleError("В анкете нет вопросов. Сначала добавьте их.")
    survey.full_clean()
    survey.save()
    add_people(survey, people, by=by)
    journal.record(by, "survey.created", survey)
    return survey


@transaction.atomic
def add_people(survey: Survey, people: Iterable[Person], *, by: Membership) -> int:
    can_edit_questionnaires(by).require()
    if survey.state == State.CLOSED:
        raise RuleError("Анкетирование закрыто. Проведите новое.")
    known = set(survey.participants.values_list("person", flat=True))
    rows = [
        SurveyParticipant(organization=survey.organization, survey=survey, person=person)
        for person in people
        if person.pk not in known
    ]
    SurveyParticipant.objects.bulk_create(rows)
    journal.record(by, "survey.people", survey)
    if survey.state == State.OPEN:
        invite([row.person for row in rows], survey)
    return len(rows)


@transaction.atomic
def remove_person(participant: SurveyParticipant, *, by: Membership) -> None:
    """Take a person off the list; who has answered (or begun) stays."""
    can_edit_questionnaires(by).require()
    if participant.answered or hasattr(participant, "response"):
        raise RuleError("Этот человек уже отвечает. Из списка его не убрать.")
    journal.record(by, "survey.people", participant.survey)
    participant.delete()


@transaction.atomic
def open_survey(survey: Survey, *, on: dt.date, by: Membership) -> Survey:
    """Begin: everybody on the list is told. An anonymous run needs enough people."""
    can_edit_questionnaires(by).require()
    number = survey.participants.count()
    if not number:
        raise RuleError("В списке никого нет. Сначала выберите, кто отвечает.")
    if survey.privacy == Privacy.ANONYMOUS and number < survey.minimum:
        raise RuleError(
            f"В списке {grammar.count(number, 'человек')}, а анонимная сводка возможна не меньше чем из "
            f"{survey.minimum} ответов. Выберите именную анкету или добавьте людей."
        )
    if survey.closes_on and survey.closes_on < on:
        raise RuleError("Последний день анкетирования уже прошёл. Измените срок.")
    if not Survey.objects.filter(pk=survey.pk, state=State.DRAFT).update(state=State.OPEN):
        raise RuleError("Анкетирование уже начато. Обновите страницу.")
    survey.state = State.OPEN
    journal.record(by, "survey.opened", survey)
    invite(Person.objects.filter(surveys__survey=survey), survey)
    return survey


def invite(people: Iterable[Person], survey: Survey) -> None:
    until = f"до {survey.closes_on:%d.%m.%Y}" if survey.closes_on else "в удобное время"
    notices.tell(
        Message(
            person=person,
            event="survey.asked",
            key=f"survey-asked-{survey.pk}",
            title=f"Анкета: {survey.title}",
            text=f"Ответьте {until}, это займёт около пяти минут.",
            url=reverse("my_surveys", args=[survey.organization.slug]),
        )
        for person in people
    )


def noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@transaction.atomic
def close_survey(survey: Survey, *, by: Membership, on: dt.date | None = None) -> Survey:
    """End: nobody answers any more, anonymous answers become readable; `on` if it was another day."""
    can_edit_questionnaires(by).require()
    open_rows = Survey.objects.filter(pk=survey.pk, state=State.OPEN)
    if not open_rows.update(state=State.CLOSED, closed_at=noon(on) if on else timezone.now()):
        raise RuleError("Анкетирование уже закрыто. Обновите страницу.")
    survey.refresh_from_db()
    journal.record(by, "survey.closed", survey)
    return survey


@transaction.atomic
def change_privacy(survey: Survey, privacy: str, *, by: Membership) -> Survey:
    """Only before the first answer: people answered under a promise."""
    can_edit_questionnaires(by).require()
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if has_answers(survey):
        raise RuleError("Ответы уже есть: обещание о том, кто их увидит, не меняют.")
    survey.privacy = privacy
    survey.full_clean()
    survey.save(update_fields=["privacy"])
    journal.record(by, "survey.created", survey)
    return survey


def has_answers(survey: Survey) -> bool:
    named = SurveyResponse.objects.filter(survey=survey)
    return named.exists() or AnonymousAnswer.objects.filter(survey=survey).exists()


@transaction.atomic
def issue_links(
    participants: Iterable[SurveyParticipant], *, on: dt.date, by: Membership
) -> dict[int, str]:
    """New personal links by participant id; the old ones die. Only hashes are stored."""
    can_edit_questionnaires(by).require()
    tokens, rows = {}, list(participants)
    for row in rows:
        tokens[row.pk] = secrets.token_urlsafe(18)
        row.token_hash, row.revoked = token_hash(tokens[row.pk]), False
        row.token_expires_on = row.survey.closes_on or on + dt.timedelta(days=LINK_DAYS)
    SurveyParticipant.objects.bulk_update(rows, ["token_hash", "token_expires_on", "revoked"])
    if rows:
        journal.record(by, "survey.links", rows[0].survey)
    return tokens


@transaction.atomic
def revoke_link(participant: SurveyParticipant, *, by: Membership) -> None:
    can_edit_questionnaires(by).require()
    participant.revoked = True
    participant.save(update_fields=["revoked"])
    journal.record(by, "survey.links", participant.survey)


def find_by_link(token: str) -> SurveyParticipant | None:
    """The participant of a link that was not revoked; dates and state are judged by `why_closed`."""
    found = SurveyParticipant.objects.filter(token_hash=token_hash(token), revoked=False)
    return with_survey(found).first()


def with_survey(participants):
    return participants.select_related(
        "person",
        "survey__organization",
        "survey__version__questionnaire",
        "survey__version__organization",
    )


def why_closed(participant: SurveyParticipant, *, on: dt.date, by_link: bool) -> str:
    """Russian reason why this person cannot answer today; "" when he can."""
    survey = participant.survey
    if by_link and participant.token_expires_on and participant.token_expires_on < on:
        return "Срок ссылки прошёл. Попросите куратора выдать новую."
    last_day = participant.person and participant.person.employed_to
    if last_day and last_day < on:
        return "Ссылка больше не действует: отвечают те, кто работает или учится в организации."
    if survey.state == State.DRAFT or survey.opens_on > on:
        return f"Анкетирование начнётся {survey.opens_on:%d.%m.%Y}."
    if survey.state == State.CLOSED or (survey.closes_on and survey.closes_on < on):
        return "Анкетирование закончено, ответы больше не принимают."
    if participant.answered and survey.privacy == Privacy.ANONYMOUS:
        return (
            "Вы уже ответили. Анонимный ответ изменить нельзя: портал не знает, какой из них ваш."
        )
    return ""


@transaction.atomic
def remind(survey: Survey, *, on: dt.date, by: Membership) -> int:
    """Tell those who have not answered, once a day at most."""
    can_edit_questionnaires(by).require()
    waiting = survey.participants.filter(answered=False, revoked=False).select_related("person")
    told = notices.tell(
        Message(
            person=row.person,
            event="survey.remind",
            key=f"survey-now-{survey.pk}-{on}",
            title=f"Напоминание: {survey.title}",
            text="Ваш ответ ещё не получен.",
            url=reverse("my_surveys", args=[survey.organization.slug]),
        )
        for row in waiting
    )
    waiting.update(reminded_on=on)
    journal.record(by, "survey.reminded", survey)
    return len(told)
