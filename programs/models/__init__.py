"""What pairs do: groups, matching, programmes, meetings, learning, awards, practices."""

from programs.models.attestation import AttestationNote
from programs.models.awards import Award, Contest, ContestEntry
from programs.models.changes import GroupPause, GroupRequest
from programs.models.completion import MentorReport, ProgramResult, ProgramSurvey
from programs.models.groups import Agreement, GroupMember, MentoringGroup
from programs.models.learning import (
    Material,
    MaterialFolder,
    MaterialReading,
    MentorSchool,
    SchoolListener,
    SchoolSession,
    Training,
)
from programs.models.matching import ForbiddenPair, MatchingChoice, MatchingRun
from programs.models.meetings import (
    Assignment,
    Helper,
    HelpRequest,
    Meeting,
    MeetingPresence,
    PrivateNote,
)
from programs.models.monitoring import (
    IndicatorSettings,
    ReportFigures,
    ReportRequest,
    ReportSubmission,
    SwotNote,
)
from programs.models.patterns import ProgramBounds, ProgramPattern
from programs.models.practices import Practice, PracticeAuthor, PracticeFile
from programs.models.program_changes import ChangeAnswer, ProgramChange
from programs.models.program_parts import (
    Difficulty,
    ItemComment,
    ItemProgress,
    Milestone,
    PlanItem,
    ProgramConsent,
    ProgramVersion,
)
from programs.models.programs import Program
from programs.models.publications import (
    HonourEntry,
    Publication,
    PublicationMark,
    PublicationPhoto,
    PublicSection,
    SiteArchive,
)
from programs.models.service_notes import DutyRelease, Proposal, Referral

__all__ = [
    "Agreement",
    "Assignment",
    "AttestationNote",
    "Award",
    "ChangeAnswer",
    "Contest",
    "ContestEntry",
    "Difficulty",
    "DutyRelease",
    "ForbiddenPair",
    "GroupMember",
    "GroupPause",
    "GroupRequest",
    "HelpRequest",
    "Helper",
    "HonourEntry",
    "IndicatorSettings",
    "ItemComment",
    "ItemProgress",
    "MatchingChoice",
    "MatchingRun",
    "Material",
    "MaterialFolder",
    "MaterialReading",
    "Meeting",
    "MeetingPresence",
    "MentorReport",
    "MentorSchool",
    "MentoringGroup",
    "Milestone",
    "PlanItem",
    "Practice",
    "PracticeAuthor",
    "PracticeFile",
    "PrivateNote",
    "Program",
    "ProgramBounds",
    "ProgramChange",
    "ProgramConsent",
    "ProgramPattern",
    "ProgramResult",
    "ProgramSurvey",
    "ProgramVersion",
    "Proposal",
    "PublicSection",
    "Publication",
    "PublicationMark",
    "PublicationPhoto",
    "Referral",
    "ReportFigures",
    "ReportRequest",
    "ReportSubmission",
    "SchoolListener",
    "SchoolSession",
    "SiteArchive",
    "SwotNote",
    "Training",
]
