"""Samples of the access table about people: consents, banks, questionnaires, notes, pupils, events."""

from mentoring.portal.sample_rows import Finder, row
from people.models import (
    ApiToken,
    CalendarDay,
    Consent,
    ConsentText,
    DataGrant,
    ImportBatch,
    LegalRepresentative,
    MenteeNeed,
    MenteeProfile,
    MentorProfile,
    Notice,
    PersonNote,
    PublicAddress,
    PupilCard,
    Questionnaire,
    SignatureJoining,
    SupportCase,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from roadmap.models import Event

# What the plain staff member of a filled school was asked for.
ASKED = {"person__consents__state": "asked", "person__consents__kind": "data"}
OWN_FORM = {"stage": "own"}

PEOPLE: dict[str, Finder] = {
    "consent": row(Consent, state="asked", kind="data"),
    "given_consent": row(Consent, state="given", kind="data"),
    "consent_text": row(ConsentText),
    "address": row(PublicAddress),
    "joining": row(SignatureJoining),
    "bank": lambda school: {"bank": "mentors"},
    "mentor": row(MentorProfile),
    "mentee": row(MenteeProfile, needs__isnull=False),
    "mentor_card": row(MentorProfile, also={"bank": "mentors"}),
    "mentor_pause": row(MentorProfile, also={"bank": "mentors", "step": "pause"}),
    "need": row(MenteeNeed),
    "catalogue": lambda school: {"catalogue": "kind"},
    "catalogue_item": lambda school: {"catalogue": "kind", "code": "speed"},
    "note": row(PersonNote, kind="third_party"),
    "psychologist_note": row(PersonNote, kind="psychologist"),
    "case": row(SupportCase),
    "case_person": row(SupportCase, take="person"),
    "data_grant": row(DataGrant),
    "notice": row(Notice, **ASKED),
    "survey": row(Survey, state="open"),
    "draft_survey": row(Survey, state="draft"),
    "participant": row(SurveyParticipant, survey__state="open", answered=False),
    "response": row(SurveyResponse, submitted_at__isnull=False),
    "questionnaire": row(Questionnaire, **OWN_FORM),
    "questionnaire_section": row(Questionnaire, also={"section": 0}, **OWN_FORM),
    "question": row(Questionnaire, also={"section": 0, "code": "one"}, **OWN_FORM),
    "question_code": row(Questionnaire, also={"code": "one"}, **OWN_FORM),
    "pupil": row(PupilCard, take="person"),
    "representative": row(LegalRepresentative),
    "event": row(Event),
    "import": row(ImportBatch),
    "term": lambda school: {"code": "survey_answers"},
    "calendar_day": row(CalendarDay),
    "api_token": row(ApiToken),
}
