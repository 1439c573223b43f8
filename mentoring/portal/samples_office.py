"""Samples of the access table about acts, partners, tasks of orders, files of events, readings of files."""

from mentoring.portal.sample_rows import Finder, row
from roadmap.models import (
    Contact,
    EventFile,
    Norm,
    OrderTask,
    Partner,
    Posting,
    Roadmap,
    RoadmapImport,
)

OFFICE: dict[str, Finder] = {
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
