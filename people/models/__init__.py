"""Who: organizations, persons, accounts, banks, questionnaires, consents, notices, files and jobs."""

from people.models.accounts import Invitation, Membership, RoleGrant
from people.models.banks import MenteeNeed, MenteeProfile, MentorProfile, MentorStrength
from people.models.catalogues import CatalogueEntry
from people.models.consents import (
    Consent,
    ConsentText,
    DisseminationChoice,
    PublicAddress,
    SignatureJoining,
)
from people.models.files import StoredFile
from people.models.imports import ImportBatch
from people.models.jobs import Job
from people.models.journal import JournalEntry, JournalSeal
from people.models.notes import DataGrant, PersonNote, RestrictedRead, SupportCase
from people.models.notices import CalendarFeed, Letter, LetterChoice, Notice
from people.models.organizations import Organization
from people.models.persons import Person
from people.models.pupils import LegalRepresentative, PupilCard
from people.models.questionnaires import BankQuestion, Questionnaire, QuestionnaireVersion
from people.models.retention import CalendarDay, PurgeRun, TermSetting
from people.models.subordination import Subordination
from people.models.surveys import (
    AnonymousAnswer,
    Answer,
    Survey,
    SurveyParticipant,
    SurveyResponse,
)
from people.models.tokens import ApiToken
from people.models.tries import Tries

__all__ = [
    "AnonymousAnswer",
    "Answer",
    "ApiToken",
    "BankQuestion",
    "CalendarDay",
    "CalendarFeed",
    "CatalogueEntry",
    "Consent",
    "ConsentText",
    "DataGrant",
    "DisseminationChoice",
    "ImportBatch",
    "Invitation",
    "Job",
    "JournalEntry",
    "JournalSeal",
    "LegalRepresentative",
    "Letter",
    "LetterChoice",
    "Membership",
    "MenteeNeed",
    "MenteeProfile",
    "MentorProfile",
    "MentorStrength",
    "Notice",
    "Organization",
    "Person",
    "PersonNote",
    "PublicAddress",
    "PupilCard",
    "PurgeRun",
    "Questionnaire",
    "QuestionnaireVersion",
    "RestrictedRead",
    "RoleGrant",
    "SignatureJoining",
    "StoredFile",
    "Subordination",
    "SupportCase",
    "Survey",
    "SurveyParticipant",
    "SurveyResponse",
    "TermSetting",
    "Tries",
]
