"""What pairs do: groups, agreements, changes, matching."""

from programs.models.changes import GroupPause, GroupRequest
from programs.models.groups import Agreement, GroupMember, MentoringGroup
from programs.models.matching import ForbiddenPair, MatchingChoice, MatchingRun

__all__ = [
    "Agreement",
    "ForbiddenPair",
    "GroupMember",
    "GroupPause",
    "GroupRequest",
    "MatchingChoice",
    "MatchingRun",
    "MentoringGroup",
]
