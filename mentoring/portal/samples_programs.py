"""Samples of the access table about programmes, learning, recognition and practices."""

from mentoring.portal.sample_rows import Finder, row
from people.models import MentorProfile
from programs.models import (
    Assignment,
    Award,
    Contest,
    ContestEntry,
    Difficulty,
    DutyRelease,
    Helper,
    HelpRequest,
    ItemComment,
    Material,
    Meeting,
    MentorReport,
    MentorSchool,
    Milestone,
    PlanItem,
    Practice,
    Program,
    ProgramChange,
    ProgramPattern,
    Proposal,
    Referral,
    SchoolSession,
)

RUNNING = {"state": "running", "unlocked": False}
PROGRAMS: dict[str, Finder] = {
    "own_mentor": row(MentorProfile, take="person"),
    "program": row(Program, **RUNNING),
    "program_paper": row(Program, **RUNNING, also={"code": "program"}),
    "program_version": row(Program, **RUNNING, also={"number": 1}),
    "program_person": lambda school: of_mentee(school),
    "agreed_program": row(Program, state="agreed"),
    "draft_program": row(Program, state="draft"),
    "unlocked_program": row(Program, unlocked=True),
    "reported_program": row(MentorReport, take="program"),
    "plan_item": row(PlanItem, program__state="running"),
    "draft_item": row(PlanItem, program__state="draft"),
    "item_comment": row(ItemComment),
    "milestone": row(Milestone),
    "difficulty": row(Difficulty),
    "meeting": row(Meeting),
    "assignment": row(Assignment),
    "help_request": row(HelpRequest),
    "helper": row(Helper),
    "change": row(ProgramChange, state="open"),
    "agreed_change": row(ProgramChange, state="agreed"),
    "duty_release": row(DutyRelease),
    "referral": row(Referral),
    "proposal": row(Proposal),
    "pattern": row(ProgramPattern),
    "mentor_school": row(MentorSchool, state="open"),
    "school_draft": row(MentorSchool, state="draft"),
    "school_session": row(SchoolSession),
    "material": row(Material),
    "award": row(Award, state="proposed", kind="commendation"),
    "state_award": row(Award, kind="state_award"),
    "given_award": row(Award, state="given"),
    "contest": row(Contest),
    "contest_entry": row(ContestEntry),
    "practice": row(Practice),
}


def of_mentee(school) -> dict | None:
    found = Program.objects.of(school).filter(**RUNNING).order_by("pk").values("pk", "group__members__person").first()  # fmt: skip
    return found and {"pk": found["pk"], "person": found["group__members__person"]}
