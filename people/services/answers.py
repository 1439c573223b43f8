"""Answering: saving field by field, sending, anonymous sending, entering from paper."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, JSONField, Value
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.models import (
    AnonymousAnswer,
    Answer,
    Membership,
    Person,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.permissions import can_edit_questionnaires
from people.questionnaires import answers as rules
from people.questionnaires.schema import Content, Question
from people.services import bank_filling, journal
from people.services.questionnaires import content_of, freeze


@dataclass(frozen=True)
class Saved:
    """Outcome of one save: `conflict` means that another window saved `value` meanwhile."""

    revision: int
    value: object
    conflict: bool = False


def candidates(survey: Survey, question: Question) -> dict[int, str]:
    """People who may be chosen in a question about people: id → name; those named by the run, else its people."""
    people = Person.objects.of(survey.organization)
    people = (
        people.filter(pk__in=survey.choosable)
        if survey.choosable
        else people.filter(surveys__survey=survey)
    )
    if question.who == "mentors":
        people = people.filter(mentor_profile__isnull=False)
    if question.who == "mentees":
        people = people.filter(mentee_profile__isnull=False)
    return {person.pk: person.full_name for person in people}


def clean(survey: Survey, question: Question, value):
    """Checked value; AnswerError of the pure rules passes through."""
    people = candidates(survey, question) if question.type == "people" else ()
    return rules.check_value(question, value, people=people)


def response_of(participant: SurveyParticipant) -> SurveyResponse:
    """The person's own row, created at the first answer, which also freezes the version."""
    found = SurveyResponse.objects.filter(participant=participant).first()
    if found:
        return found
    freeze(participant.survey.version)
    values = {
        "organization": participant.organization,
        "survey": participant.survey,
        "person": participant.person,
    }
    try:
        with transaction.atomic():
            return SurveyResponse.objects.create(participant=participant, **values)
    except IntegrityError:  # two windows began at once
        return SurveyResponse.objects.get(participant=participant)


def save_answer(
    participant: SurveyParticipant, question: Question, value, *, revision: int | None = None
) -> Saved:
    """Keep one answer. `revision`: what the window last saw; an older one is a conflict, and nothing is
    overwritten. None overwrites (a whole form sent once more after the conflict was shown).
    """
    refuse_anonymous(participant.survey)
    value = clean(participant.survey, question, value)
    response = response_of(participant)
    with transaction.atomic():
        kept = Answer.objects.select_for_update().filter(response=response, question=question.code)
        row = kept.first()
        if row is None and value is None:
            return Saved(0, None)
        if row is None:
            return insert(response, question, value)
        if revision is not None and revision < row.revision and row.value != value:
            return Saved(row.revision, row.value, conflict=True)
        if row.value == value:
            return Saved(row.revision, value)
        # A cleared answer is JSON null: a plain None would be the database's NULL, which the column refuses.
        written = Value(None, JSONField()) if value is None else value
        kept.update(value=written, revision=row.revision + 1, saved_at=timezone.now())
        return Saved(row.revision + 1, value)


def insert(response: SurveyResponse, question: Question, value) -> Saved:
    try:
        with transaction.atomic():
            Answer.objects.create(
                organization_id=response.organization_id, response=response,
                question=question.code, value=value,
            )  # fmt: skip
    except IntegrityError:  # the other window was first
        row = Answer.objects.get(response=response, question=question.code)
        return Saved(row.revision, row.value, conflict=row.value != value)
    return Saved(1, value)


def refuse_anonymous(survey: Survey) -> None:
    if survey.privacy == Survey.Privacy.ANONYMOUS:
        raise RuleError("Анонимные ответы не сохраняют по частям.")


def answers_of(response: SurveyResponse | None) -> dict[str, Answer]:
    """Rows by question code; a cleared answer (None) is left out by `values_of`."""
    return {row.question: row for row in response.answers.all()} if response else {}


def values_of(rows: dict[str, Answer]) -> dict:
    return {code: row.value for code, row in rows.items() if row.value is not None}


@transaction.atomic
def submit(participant: SurveyParticipant, *, on: dt.date, by: Membership | None = None) -> None:
    """Send what was saved. Required questions must be answered. Sent once more (the answer was lost, two clicks)
    it changes nothing.

    The bank cards are filled from named answers only: the head reads the cards, so what was promised
    to stay with the curator must not get there.
    """
    refuse_anonymous(participant.survey)
    participant = lock(participant)
    if participant.answered:
        return
    response = response_of(participant)
    content, values = content_of(participant.survey.version), values_of(answers_of(response))
    require_complete(content, values)
    response.submitted_at = timezone.now()
    response.save(update_fields=["submitted_at"])
    SurveyParticipant.objects.filter(pk=participant.pk).update(answered=True)
    journal.record(by, "survey.answered", response, organization=participant.organization)
    if participant.survey.privacy == Survey.Privacy.NAMED:
        fills = rules.kept(content, values)
        bank_filling.fill_from_answers(participant.person, content, fills, on=on, by=by)


def lock(participant: SurveyParticipant) -> SurveyParticipant:
    rows = SurveyParticipant.objects.select_for_update(of=("self",))
    return rows.select_related("survey__version__organization", "person__organization", "organization").get(pk=participant.pk)  # fmt: skip


def require_complete(content: Content, values: dict) -> None:
    if lacking := rules.missing(content, values):
        names = "; ".join(f"«{question.text}»" for question in lacking[:3])
        raise RuleError(f"Осталось ответить: {names}{' и другие' if len(lacking) > 3 else ''}.")


@transaction.atomic
def send_anonymous(participant: SurveyParticipant, values: dict) -> None:
    """Store an anonymous answer and mark the person as answered, in one transaction.

    The answer carries no person, link, time or address, and leaves no journal line. All anonymous answers
    of the run are written anew in the order of their random keys, and all its participants are touched, so
    that neither the order of the rows nor the number of the transaction that wrote them tells whose it is.
    """
    claimed = SurveyParticipant.objects.filter(pk=participant.pk, answered=False)
    if not claimed.update(answered=True):
        raise RuleError("Вы уже ответили. Второй раз ответить нельзя.")
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=participant.survey_id)
    freeze(participant.survey.version)
    content = content_of(participant.survey.version)
    checked = {
        question.code: clean(survey, question, values.get(question.code))
        for question in content.questions
    }
    checked = rules.kept(
        content, {code: value for code, value in checked.items() if value is not None}
    )
    require_complete(content, checked)
    mix_in(survey, checked)
    # Changes nothing, rewrites every row.
    survey.participants.update(revoked=F("revoked"))


def mix_in(survey: Survey, values: dict) -> None:
    rows = list(AnonymousAnswer.objects.filter(survey=survey))
    rows.append(AnonymousAnswer(organization_id=survey.organization_id, survey=survey, key=uuid.uuid4(), answers=values))  # fmt: skip
    AnonymousAnswer.objects.filter(survey=survey).delete()
    AnonymousAnswer.objects.bulk_create(sorted(rows, key=lambda row: row.key))


@transaction.atomic
def reopen(participant: SurveyParticipant, *, by: Membership | None) -> None:
    """The person takes the sent answers back to change them, while the run is open."""
    refuse_anonymous(participant.survey)
    SurveyResponse.objects.filter(participant=participant).update(submitted_at=None)
    SurveyParticipant.objects.filter(pk=participant.pk).update(answered=False)


@transaction.atomic
def enter_from_paper(
    participant: SurveyParticipant, values: dict, *, on: dt.date, by: Membership
) -> None:
    """Answers of a paper form, typed by the curator and marked as such."""
    can_edit_questionnaires(by).require()
    if participant.answered:
        raise RuleError("Ответ этого человека уже есть. Обновите страницу.")
    if participant.survey.privacy == Survey.Privacy.ANONYMOUS:
        send_anonymous(participant, values)
        return
    for question in content_of(participant.survey.version).questions:
        save_answer(participant, question, values.get(question.code))
    SurveyResponse.objects.filter(participant=participant).update(on_paper=True, entered_by=by)
    submit(participant, on=on, by=by)
    journal.record(by, "survey.paper", participant.survey)
