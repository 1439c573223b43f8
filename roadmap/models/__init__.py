"""The plan of a school and its papers."""

from roadmap.models.approvals import Approval, ApprovalStep, SignatureRecord
from roadmap.models.documents import (
    Annex,
    Basis,
    Document,
    DocumentFile,
    Edition,
    KindSetting,
    Stamp,
)
from roadmap.models.events import Event, EventParticipant
from roadmap.models.plan import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.models.readings import Acknowledgement, Circulation, Reading, Remark

__all__ = [
    "Acknowledgement",
    "Annex",
    "Approval",
    "ApprovalStep",
    "Basis",
    "Circulation",
    "Document",
    "DocumentFile",
    "Edition",
    "Event",
    "EventParticipant",
    "KindSetting",
    "Reading",
    "Remark",
    "Responsible",
    "Roadmap",
    "RoadmapActivity",
    "RoadmapBlock",
    "RoadmapStage",
    "SignatureRecord",
    "Stamp",
]
