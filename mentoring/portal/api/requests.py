"""What an authority reads: its requests for reports and their summaries."""

import datetime as dt
from typing import Literal

from django.http import Http404
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from mentoring.portal.api import schemas
from mentoring.portal.api.access import TokenAuth
from mentoring.portal.api.paging import Counted, Page
from mentoring.portal.api.problems import answers
from programs.models import ReportRequest
from programs.services import report_requests, report_summary

router = Router(tags=["Орган управления образованием"], auth=TokenAuth("requests:read"))
NO_SUMMARY = "Сводка по этому запросу ещё не посчитана. Её считает куратор на странице запроса."
RequestState = Literal["open", "closed"]


class Progress(Schema):
    """Сколько организаций в каком состоянии."""

    all: int = Field(description="Всего запрошено.")
    asked: int = Field(description="Отчёт ждут.")
    submitted: int = Field(description="Представлен.")
    accepted: int = Field(description="Принят.")


class RequestRow(Schema):
    id: int
    title: str
    state: RequestState = Field(description="open – идёт сбор, closed – сбор завершён.")
    period: schemas.PeriodOut
    thresholds: schemas.Thresholds
    asked_on: dt.date = Field(description="Когда запрошено.")
    due_on: dt.date = Field(description="Представить до.")
    summarised_at: dt.datetime | None = Field(description="Когда посчитана сводка.")
    progress: Progress


class RequestOut(RequestRow):
    note: str = Field(description="Пояснение к запросу.")


class RequestList(Counted):
    items: list[RequestRow]


class RequestFilter(Page):
    state: RequestState | None = Field(None, description="Только в этом состоянии.")


def own_request(request, pk: int) -> ReportRequest:
    rows = ReportRequest.objects.of(request.auth.organization)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def shown_request(row: ReportRequest, progress: dict[str, int]) -> dict:
    return {
        "id": row.pk, "title": row.title, "state": row.state, "period": schemas.period_out(row),
        "thresholds": schemas.thresholds_out(row), "asked_on": row.asked_on, "due_on": row.due_on,
        "summarised_at": row.summarised_at, "note": row.note, "progress": progress,
    }  # fmt: skip


@router.get("requests", response=answers(RequestList), url_name="requests", operation_id="requests", summary="Запросы отчётов")  # fmt: skip
def requests(request, asked: Query[RequestFilter]):
    """Запросы этого органа управления, новые первыми. Право токена: requests:read."""
    rows = ReportRequest.objects.of(request.auth.organization).defer("summary")
    page = asked.cut(rows.filter(state=asked.state) if asked.state else rows)
    numbers = report_requests.numbers(page["items"])
    return {**page, "items": [shown_request(row, numbers[row.pk]) for row in page["items"]]}


@router.get("requests/{int:pk}", response=answers(RequestOut), url_name="request", operation_id="request", summary="Запрос отчёта")  # fmt: skip
def one_request(request, pk: int):
    """Запрос и сколько отчётов представлено. Право токена: requests:read."""
    row = own_request(request, pk)
    return shown_request(row, report_summary.progress(row))


class Cell(Schema):
    code: str
    n: int | None
    d: int | None
    value: float | None


class SummaryRow(Schema):
    id: int = Field(description="Номер организации; с ним читают её отчёт.")
    name: str
    kind: str = Field(description="Вид организации.")
    parent: int | None = Field(description="Номер органа, в чьих итогах эта строка.")
    authority: bool = Field(description="Строка – итог по органу управления.")
    schools: int = Field(description="Сколько организаций в строке.")
    state: str = Field(description="Состояние отчёта: asked, submitted, accepted; у итога пусто.")  # fmt: skip
    figures: list[Cell]
    hidden: list[str] = Field(description="Коды показателей, скрытых, чтобы по малым числам нельзя было узнать людей.")  # fmt: skip


class Elsewhere(Schema):
    title: str
    organization: str


class SummaryOut(Counted):
    final: bool = Field(description="true – сбор завершён, сводка больше не меняется; false – предварительная, без чувствительных показателей.")  # fmt: skip
    summarised_at: dt.datetime
    indicators: list[schemas.Heading]
    instead: Elsewhere | None = Field(description="Другая сводка за пересекающийся период, которая уже показывает чувствительные показатели.")  # fmt: skip
    items: list[SummaryRow]


class SummaryFilter(Page):
    place: int | None = Field(None, description="Номер органа управления из сводки: он и всё, что под ним.")  # fmt: skip
    kind: str = Field("", max_length=24, description="Вид организации, например school.")
    state: Literal["", "asked", "submitted", "accepted"] = Field("", description="Состояние отчёта.")  # fmt: skip
    q: str = Field("", max_length=200, description="Часть названия.")


@router.get("requests/{int:pk}/summary", response=answers(SummaryOut), url_name="request_summary", operation_id="request_summary", summary="Сводка по запросу")  # fmt: skip
def summary(request, pk: int, asked: Query[SummaryFilter]):
    """Строки закреплённой сводки, как на странице запроса: скрытых показателей в ней нет. Право токена: requests:read."""
    row = own_request(request, pk)
    if row.summary is None:
        raise HttpError(404, NO_SUMMARY)
    found = report_summary.shown_rows(row, place=asked.place, kind=asked.kind, state=asked.state, q=asked.q)  # fmt: skip
    page, codes = asked.cut(found), row.summary["codes"]
    instead = row.summary.get("instead")
    return {
        "final": row.state == ReportRequest.State.CLOSED, "summarised_at": row.summarised_at,
        "indicators": [schemas.heading(code) for code in codes],
        "instead": dict(zip(("title", "organization"), instead, strict=True)) if instead else None,
        "count": page["count"], "items": [shown_row(one, codes) for one in page["items"]],
    }  # fmt: skip


def shown_row(row: dict, codes: list[str]) -> dict:
    """Figures in the order of the columns; a column without a figure is hidden in this row."""
    values = row["values"]
    cells = [{"code": code, **dict(zip("nd", values[code][:2], strict=True)), "value": values[code][2]} for code in codes if code in values]  # fmt: skip
    return {**row, "figures": cells, "hidden": [code for code in codes if code not in values]}
