"""What is left of a person for the numbers: a card without a name, answers without a person."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.contrib.auth import get_user_model

from people.models import (
    AnonymousAnswer,
    Answer,
    DataGrant,
    Invitation,
    LegalRepresentative,
    Letter,
    Membership,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    MentorStrength,
    Notice,
    Person,
    PersonNote,
    PupilCard,
    RestrictedRead,
    SignatureJoining,
    SupportCase,
    SurveyParticipant,
    SurveyResponse,
)
from people.questionnaires.answers import kept
from people.questionnaires.schema import Content
from people.services import journal
from people.services.answers import values_of
from people.services.erasing import chunks, erase_files, erase_history, erase_rows
from people.services.questionnaires import content_of

REMOVED = "Удалено"
# Free words and chosen people may tell who answered.
TELLING = {"text", "long_text", "people", "date"}
CONTACTS = {"email": "", "phone": "", "subject": "", "birth_year": None}
NAMELESS = {
    **CONTACTS, "last_name": REMOVED, "first_name": "", "patronymic": "", "job_title": "", "institution": "",
    "name_forms": {}, "job_title_forms": {}, "category_date": None, "new_in_post_since": None,
}  # fmt: skip


def anonymise(person: Person, *, on: dt.date) -> None:
    """Take away the name, the contacts, the account and everything kept about the person.

    What stays counts people: kind, sex, category, experience, the dates of work, roles and attendance.
    """
    forget_banks([person.pk])
    responses = SurveyResponse.objects.filter(person=person)
    detach_answers(responses.select_related("survey__version__organization"))
    SurveyParticipant.objects.filter(person=person).update(token_hash=None, revoked=True)
    forget_account(person)
    forget_letters(person)
    forget_papers(person)
    for model in (PersonNote, SupportCase, RestrictedRead, Notice, PupilCard):
        model.objects.filter(person=person).delete()
    DataGrant.objects.filter(mentee=person).delete()
    DataGrant.objects.filter(mentor=person).delete()
    LegalRepresentative.objects.filter(pupil=person).delete()
    Person.objects.filter(pk=person.pk).update(**NAMELESS, anonymised_on=on)
    erase_history(Person, [person.pk])
    journal.record(None, "person.anonymised", person, organization=person.organization)


def forget_banks(person_ids: Iterable[int]) -> None:
    """Delete the cards of both banks with what hangs on them and their history."""
    for model, rows in ((MentorProfile, MentorStrength), (MenteeProfile, MenteeNeed)):
        found = model.objects.filter(person__in=list(person_ids)).values_list("pk", flat=True)
        ids = list(found)
        erase_rows(model, ids)
        for part in chunks(ids):
            rows.history.filter(profile_id__in=part).delete()


def forget_account(person: Person) -> None:
    """The sign-in goes, unless the same person signs in to another school with it."""
    membership = Membership.objects.filter(person=person).first()
    if membership is None:
        return
    Invitation.objects.filter(membership=membership).delete()
    user = membership.user_id
    Membership.objects.filter(pk=membership.pk).update(user=None, number=None)
    if user and not Membership.objects.filter(user=user).exists():
        get_user_model().objects.filter(pk=user, is_superuser=False).delete()


def forget_letters(person: Person) -> None:
    """Letters of the notices go with them; those sent to the address go here."""
    if person.email:
        letters = Letter.objects.of(person.organization)
        letters.filter(address__iexact=person.email).delete()


def forget_papers(person: Person) -> None:
    rows = SignatureJoining.objects.filter(person=person)
    scans = list(rows.values_list("scan", flat=True))
    rows.delete()
    erase_files(scans)


def detach_answers(responses: Iterable[SurveyResponse]) -> None:
    """Sent answers of closed runs stay as numbers and choices without a person; the rest goes."""
    fresh = []
    responses = list(responses)
    for response in responses:
        if response.submitted_at and response.survey.state == "closed":
            fresh.append(nameless(response))
    ids = [response.pk for response in responses]
    for part in chunks(ids):
        Answer.objects.filter(response__in=part).delete()
        SurveyResponse.objects.filter(pk__in=part).delete()
    # In the order of the random keys: the order of the rows must not tell whose they were.
    AnonymousAnswer.objects.bulk_create(sorted(fresh, key=lambda row: row.key))


def nameless(response: SurveyResponse) -> AnonymousAnswer:
    rows = {row.question: row for row in response.answers.all()}
    content = content_of(response.survey.version)
    return AnonymousAnswer(
        organization_id=response.organization_id,
        survey=response.survey,
        key=uuid.uuid4(),
        answers=without_words(content, kept(content, values_of(rows))),
    )


def without_words(content: Content, values: dict) -> dict:
    """Only numbers and choices from the list; own words beside a choice go too."""
    found = {}
    for question in content.questions:
        value = values.get(question.code)
        if value is None or question.type in TELLING:
            continue
        if isinstance(value, dict) and "other" in value:
            value = {**value, "other": ""} if value.get("codes") else None
        if value is not None:
            found[question.code] = value
    return found
