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
from roadmap.models.events import Event, EventFile, EventParticipant
from roadmap.models.imports import RoadmapImport
from roadmap.models.library import Norm, NormStudy
from roadmap.models.partners import Contact, Partner, Posting
from roadmap.models.plan import Responsible, Roadmap, RoadmapActivity, RoadmapBlock, RoadmapStage
from roadmap.models.readings import Acknowledgement, Circulation, Reading, Remark
from roadmap.models.work import OrderTask, WorkingGroup, WorkingGroupMember

__all__ = [
    "Acknowledgement",
    "Annex",
    "Approval",
    "ApprovalStep",
    "Basis",
    "Circulation",
    "Contact",
    "Document",
    "DocumentFile",
    "Edition",
    "Event",
    "EventFile",
    "EventParticipant",
    "KindSetting",
    "Norm",
    "NormStudy",
    "OrderTask",
    "Partner",
    "Posting",
    "Reading",
    "Remark",
    "Responsible",
    "Roadmap",
    "RoadmapActivity",
    "RoadmapBlock",
    "RoadmapImport",
    "RoadmapStage",
    "SignatureRecord",
    "Stamp",
    "WorkingGroup",
    "WorkingGroupMember",
]
