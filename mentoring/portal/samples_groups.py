"""Samples of the access table about pairs and the matching."""

from mentoring.portal.sample_rows import Finder, row
from programs.models import (
    Agreement,
    ForbiddenPair,
    GroupRequest,
    MatchingChoice,
    MatchingRun,
    MentoringGroup,
)
from roadmap.models import Event


def two_runs(school) -> dict | None:
    """A run beside itself is enough for the access table."""
    pk = MatchingRun.objects.of(school).order_by("pk").values_list("pk", flat=True).first()
    return pk and {"pk": pk, "other": pk}


GROUPS: dict[str, Finder] = {
    "group": row(MentoringGroup, state="proposed"),
    "working_group": row(MentoringGroup, state="active"),
    "agreement": row(Agreement, state="waiting"),
    "group_request": row(GroupRequest, state="open"),
    "run": row(MatchingRun),
    "two_runs": two_runs,
    "choice": row(MatchingChoice, mentor__isnull=False),
    "ban": row(ForbiddenPair),
    "session": row(Event, kind="group_session"),
}
