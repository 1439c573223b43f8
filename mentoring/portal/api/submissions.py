"""What schools handed in to a request, as the authority reads it."""

import datetime as dt
from typing import Literal

from django.http import Http404
from ninja import Field, Query, Schema
from ninja.errors import HttpError

from mentoring.portal.api import schemas
from mentoring.portal.api.paging import Counted, Page
from mentoring.portal.api.problems import answers
from mentoring.portal.api.requests import own_request, router
from programs.models import ReportSubmission

NOT_YET = "Отчёт этой организации ещё не представлен. Состояние – в списке submissions."
ReportState = Literal["asked", "submitted", "accepted"]


class School(Schema):
    id: int
    name: str


class SubmissionRow(Schema):
    school: School
    state: ReportState = Field(description="asked – ждут, submitted – представлен, accepted – принят.")  # fmt: skip
    submitted_on: dt.date | None
    decided_on: dt.date | None


class SubmissionList(Counted):
    items: list[SubmissionRow]


class SubmissionOut(SubmissionRow):
    title: str = Field(description="Заголовок отчёта.")
    number: str
    date: dt.date | None
    period: schemas.PeriodOut | None
    thresholds: schemas.Thresholds | None
    counted_at: dt.datetime | None
    figures: list[schemas.Figure]


class SubmissionFilter(Page):
    state: ReportState | None = Field(None, description="Только в этом состоянии.")


def submissions_of(request, pk: int):
    """One row a school asked: what was returned is asked anew in a row of its own."""
    rows = own_request(request, pk).submissions.exclude(state=ReportSubmission.State.RETURNED)
    return rows.select_related("organization").order_by("organization__short_name", "pk")


def shown_submission(row: ReportSubmission) -> dict:
    school = {"id": row.organization_id, "name": row.organization.short_name}
    return {"school": school, "state": row.state, "submitted_on": row.submitted_on, "decided_on": row.decided_on}  # fmt: skip


@router.get("requests/{int:pk}/submissions", response=answers(SubmissionList), url_name="request_submissions", operation_id="request_submissions", summary="Кто представил отчёт")  # fmt: skip
def submissions(request, pk: int, asked: Query[SubmissionFilter]):
    """Организации, у которых отчёт запрошен, по названию. Право токена: requests:read."""
    rows = submissions_of(request, pk)
    page = asked.cut(rows.filter(state=asked.state) if asked.state else rows)
    return {**page, "items": [shown_submission(row) for row in page["items"]]}


@router.get("requests/{int:pk}/submissions/{int:school}", response=answers(SubmissionOut), url_name="request_submission", operation_id="request_submission", summary="Представленный отчёт")  # fmt: skip
def submission(request, pk: int, school: int):
    """Показатели отчёта организации, как он представлен. Право токена: requests:read."""
    rows = submissions_of(request, pk).select_related("organization", "document__figures")
    row = rows.defer("document__body").filter(organization=school).first()
    if row is None:
        raise Http404
    if row.document is None:
        raise HttpError(404, NOT_YET)
    kept = getattr(row.document, "figures", None)
    paper = row.document
    return {
        **shown_submission(row), "title": paper.title, "number": paper.number, "date": paper.dated_on,
        "period": schemas.period_out(kept) if kept else None, "thresholds": schemas.thresholds_out(kept) if kept else None,
        "counted_at": kept.counted_at if kept else None, "figures": schemas.frozen(kept.values) if kept else [],
    }  # fmt: skip
