"""What an organization reads about itself: its card, its figures, its reports in force."""

import datetime as dt

from django.http import Http404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from mentoring.core.errors import RuleError
from mentoring.portal.api import schemas
from mentoring.portal.api.access import TokenAuth
from mentoring.portal.api.paging import Counted, Page
from mentoring.portal.api.problems import answers
from people.models import ApiToken
from programs.models import ReportFigures
from programs.monitoring.scope import Period, school_year
from programs.services import indicators
from roadmap.models import Document

router = Router(tags=["Своя организация"])
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class OrganizationOut(Schema):
    id: int
    slug: str = Field(description="Адрес организации в портале.")
    full_name: str
    short_name: str
    institution_type: str = Field(description="Вид организации: school, kindergarten, additional_education, college, authority.")  # fmt: skip
    founder: str
    address: str
    place: str
    phone: str
    email: str
    site: str
    inn: str
    ogrn: str


class TokenOut(Schema):
    organization: str = Field(description="Чей токен: краткое наименование.")
    name: str = Field(description="Для чего выдан.")
    scopes: list[str] = Field(description="Что можно читать.")
    expires_on: dt.date = Field(description="Последний день действия.")


@router.get("", auth=TokenAuth(), response=answers(TokenOut), url_name="token", operation_id="token", summary="Проверить токен")  # fmt: skip
def token(request):
    """Чей это токен, что по нему можно читать и до какого дня."""
    return shown_token(request.auth)


def shown_token(found: ApiToken) -> dict:
    return {"organization": found.organization.short_name, "name": found.name, "scopes": found.scopes, "expires_on": found.expires_on}  # fmt: skip


@router.get("organization", auth=TokenAuth("organization:read"), response=answers(OrganizationOut), url_name="organization", operation_id="organization", summary="Карточка организации")  # fmt: skip
def organization(request):
    """Наименование и реквизиты. Сведений о людях здесь нет. Право токена: organization:read."""
    return request.auth.organization


class PeriodIn(Schema):
    start: dt.date | None = Field(None, ge=FIRST, le=LAST, description="Первый день периода. Без дат – текущий учебный год.")  # fmt: skip
    end: dt.date | None = Field(None, ge=FIRST, le=LAST, description="Последний день периода.")
    on: dt.date | None = Field(None, ge=FIRST, le=LAST, description="Ключевая дата. По умолчанию сегодня, но не позже конца периода и не раньше начала.")  # fmt: skip

    def period(self, today: dt.date) -> Period:
        usual = school_year(today)
        if (self.start is None) != (self.end is None):
            missing = "start" if self.start is None else "end"
            raise RuleError("Укажите обе даты периода: start и end.", missing)
        start, end = self.start or usual.start, self.end or usual.end
        if end < start:
            raise RuleError("Период заканчивается раньше, чем начинается.", "end")
        return Period(start, end, self.on or min(end, max(today, start)))


class IndicatorsOut(Schema):
    period: schemas.PeriodOut
    thresholds: schemas.Thresholds
    figures: list[schemas.OwnFigure]


@router.get("indicators", auth=TokenAuth("figures:read"), response=answers(IndicatorsOut), url_name="indicators", operation_id="indicators", summary="Показатели за период")  # fmt: skip
def own_indicators(request, asked: Query[PeriodIn]):
    """Показатели I-01 … I-20, посчитанные сейчас по порогам организации. Право токена: figures:read."""
    own = request.auth.organization
    period, rules = asked.period(timezone.localdate()), indicators.definitions_of(own)
    values = indicators.of_school(own, period, rules)
    return {
        "period": schemas.period_out(period), "thresholds": schemas.thresholds_out(rules),
        "figures": [schemas.counted(code, value) for code, value in values.items()],
    }  # fmt: skip


class ReportRow(Schema):
    id: int
    kind: str = Field(description="Вид отчёта, например annual_report.")
    title: str
    number: str
    date: dt.date | None = Field(description="Дата документа.")
    period: schemas.PeriodOut
    thresholds: schemas.Thresholds
    counted_at: dt.datetime = Field(description="Когда показатели посчитаны и закреплены.")


class ReportOut(ReportRow):
    figures: list[schemas.Figure]


class ReportList(Counted):
    items: list[ReportRow]


class ReportFilter(Page):
    kind: str | None = Field(
        None, max_length=40, pattern="^[a-z_]+$", description="Только отчёты этого вида."
    )


def reports_of(owner):
    """Figures of reports in force, newest first."""
    rows = ReportFigures.objects.of(owner).filter(document__state=Document.State.IN_FORCE)
    rows = rows.select_related("document").defer("document__body")
    return rows.order_by("-document__dated_on", "-document_id")


def shown_report(row: ReportFigures) -> dict:
    """The frozen figures with the requisites of their paper."""
    paper = row.document
    return {
        "id": paper.pk, "kind": paper.kind, "title": paper.title, "number": paper.number, "date": paper.dated_on,
        "period": schemas.period_out(row), "thresholds": schemas.thresholds_out(row), "counted_at": row.counted_at,
        "figures": schemas.frozen(row.values),
    }  # fmt: skip


@router.get("reports", auth=TokenAuth("reports:read"), response=answers(ReportList), url_name="reports", operation_id="reports", summary="Отчёты в силе")  # fmt: skip
def reports(request, asked: Query[ReportFilter]):
    """Утверждённые и подписанные отчёты, новые первыми. Право токена: reports:read."""
    rows = reports_of(request.auth.organization)
    if asked.kind:
        rows = rows.filter(document__kind=asked.kind)
    page = asked.cut(rows)
    return {**page, "items": [shown_report(row) for row in page["items"]]}


@router.get("reports/{int:pk}", auth=TokenAuth("reports:read"), response=answers(ReportOut), url_name="report", operation_id="report", summary="Показатели отчёта")  # fmt: skip
def report(request, pk: int):
    """Показатели, как они закреплены в отчёте; позже они не пересчитываются. Право токена: reports:read."""
    row = reports_of(request.auth.organization).filter(document=pk).first()
    if row is None:
        raise Http404
    return shown_report(row)
