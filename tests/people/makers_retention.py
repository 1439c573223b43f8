"""A person with data on every topic, old enough to be destroyed; with bytes of files."""

import datetime as dt

from django.utils import timezone

from people.models import (
    Answer,
    DataGrant,
    ImportBatch,
    Invitation,
    Job,
    Letter,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    MentorStrength,
    Notice,
    PersonNote,
    Questionnaire,
    QuestionnaireVersion,
    RestrictedRead,
    SignatureJoining,
    StoredFile,
    SupportCase,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.services.files import store
from tests.people.makers_consents import make_consent

LONG_AGO = dt.date(2020, 9, 1)
THEN = timezone.make_aware(dt.datetime(2020, 9, 1, 12))
CONTENT = {
    "sections": [{"code": "s", "title": "О вас", "questions": [
        {"code": "years", "type": "number", "text": "Сколько лет вы работаете?"},
        {"code": "help", "type": "many", "text": "Что трудно?", "other": True,
         "options": [{"code": "lesson", "text": "урок"}, {"code": "class", "text": "класс"}]},
        {"code": "words", "type": "long_text", "text": "Расскажите"},
        {"code": "who", "type": "people", "text": "С кем?"},
    ]}],
}  # fmt: skip


def make_file(organization, purpose="consent") -> StoredFile:
    return store(
        b"%PDF-1.4 scan", organization=organization, purpose=purpose, name="скан.pdf",
        content_type="application/pdf",
    )  # fmt: skip


def make_survey(organization, curator, *, state="closed", **over) -> Survey:
    questionnaire = Questionnaire.objects.create(
        organization=organization, code=f"q{Questionnaire.objects.count()}", title="Анкета",
        audience="staff",
    )  # fmt: skip
    version = QuestionnaireVersion.objects.create(
        organization=organization, questionnaire=questionnaire, number=1, content=CONTENT, frozen_at=THEN,
    )  # fmt: skip
    values = {
        "title": "Анкета 2020 года",
        "opens_on": LONG_AGO,
        "closed_at": THEN if state == "closed" else None,
    }
    return Survey.objects.create(
        organization=organization, version=version, state=state, created_by=curator, **{**values, **over}
    )  # fmt: skip


def make_response(survey, person, *, submitted_at=THEN) -> SurveyResponse:
    participant = SurveyParticipant.objects.create(
        organization=survey.organization, survey=survey, person=person,
        answered=submitted_at is not None, token_hash=f"hash-{survey.pk}-{person.pk}",
    )  # fmt: skip
    response = SurveyResponse.objects.create(
        organization=survey.organization, survey=survey, participant=participant, person=person,
        started_at=THEN, submitted_at=submitted_at,
    )  # fmt: skip
    values = {
        "years": 7, "help": {"codes": ["lesson"], "other": "тайное слово"}, "words": "тайный рассказ",
        "who": [{"person": person.pk, "reasons": [], "text": ""}],
    }  # fmt: skip
    for question, value in values.items():
        Answer.objects.create(
            organization=survey.organization, response=response, question=question, value=value
        )
    return response


def make_bank_cards(person) -> None:
    mentor = MentorProfile.objects.create(
        organization=person.organization, person=person, entered_on=LONG_AGO, interests="шахматы"
    )
    mentor.interests = "тайное увлечение"
    mentor.save()
    MentorStrength.objects.create(
        organization=person.organization,
        profile=mentor,
        direction="methodical",
        text="тайное уточнение",
    )
    mentee = MenteeProfile.objects.create(
        organization=person.organization, person=person, entered_on=LONG_AGO
    )
    MenteeNeed.objects.create(
        organization=person.organization, profile=mentee, direction="methodical",
        source="questionnaire", noted_on=LONG_AGO,
        text="тайный запрос",
    )  # fmt: skip


def make_records(person, curator) -> None:
    """Notes, grants, readings, notices, letters: all old."""
    common = {"organization": person.organization, "person": person}
    PersonNote.objects.create(
        **common, kind="third_party", author_role="colleague", text="тайная заметка",
        noted_on=LONG_AGO, entered_by=curator,
    )  # fmt: skip
    SupportCase.objects.create(**common, psychologist=curator, starts_on=LONG_AGO, ends_on=LONG_AGO)
    DataGrant.objects.create(
        organization=person.organization, mentee=person, mentor=curator.person, parts=["needs"],
        reason="тайная причина", asked_on=LONG_AGO,
    )  # fmt: skip
    RestrictedRead.objects.create(**common, reader=curator, what="answers", at=THEN)
    notice = Notice.objects.create(**common, event="x", key="x", title="Старое", created_at=THEN)
    Letter.objects.create(
        organization=person.organization, notice=notice, address="vetrova@school.example",
        subject="Старое", text="тайное письмо", state="sent", created_at=THEN,
    )  # fmt: skip


def make_office(organization, curator) -> None:
    """Uploaded list, packed papers, an expired invitation: all old."""
    ImportBatch.objects.create(
        organization=organization, file=make_file(organization, "staff_import"), membership=curator,
        state="applied", created_at=THEN, undo=[{"person": 1, "before": {"last_name": "тайная"}}],
    )  # fmt: skip
    Job.objects.create(
        organization=organization, membership=curator, title="Пакет", state="done",
        result=make_file(organization, "pack"), created_at=THEN, updated_at=THEN,
    )  # fmt: skip
    Invitation.objects.create(
        organization=organization, membership=curator, token_hash=f"t{organization.pk}", expires_at=THEN
    )  # fmt: skip


def make_old_life(person, curator) -> Survey:
    """Everything at once; the consent was withdrawn in 2020 and has a scan."""
    make_consent(
        person, given_on=LONG_AGO, state="withdrawn", withdrawn_on=dt.date(2020, 10, 1),
        scan=make_file(person.organization),
    )  # fmt: skip
    SignatureJoining.objects.create(
        organization=person.organization, person=person, signed_on=LONG_AGO, received_by=curator,
        scan=make_file(person.organization),
    )  # fmt: skip
    make_bank_cards(person)
    survey = make_survey(person.organization, curator)
    make_response(survey, person)
    make_response(make_survey(person.organization, curator), person, submitted_at=None)
    make_records(person, curator)
    make_office(person.organization, curator)
    return survey
