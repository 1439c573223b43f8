"""Samples of the access table about acts, partners, tasks of orders, files of events, readings of files."""

from mentoring.portal.sample_rows import Finder, row
from people.models import Subordination
from programs.models import ReportFigures, ReportSubmission
from roadmap.models import (
    Contact,
    Document,
    EventFile,
    Norm,
    OrderTask,
    Partner,
    Posting,
    Roadmap,
    RoadmapImport,
)

OFFICE: dict[str, Finder] = {
    # Pages of an authority: a school has no such rows and is refused before any is looked for.
    "asked": lambda school: {"pk": 1},
    "asked_of": lambda school: {"pk": 1, "of": school.slug},
    "owed_report": row(ReportSubmission, state="asked"),
    "figures": row(ReportFigures, take="document"),
    "sent_report": row(Document, kind="authority_report"),
    "bond": row(Subordination, ends_on=None),
    "indicator": lambda school: {"code": "I-01"},
    "norm": row(Norm),
    "partner": row(Partner),
    "contact": row(Contact),
    "posting": row(Posting),
    "order_task": row(OrderTask),
    "event_file": row(EventFile),
    "roadmap_import": row(RoadmapImport),
    "ending_plan": row(Roadmap, title__startswith="План, который"),
    "past_plan": row(Roadmap, closed_on__isnull=False),
}
