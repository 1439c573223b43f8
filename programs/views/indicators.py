"""Figures of the programme for head and curator; every figure opens the list it was counted from."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from mentoring.core import charts
from mentoring.core.exports import xlsx_response
from mentoring.core.grammar import school_year_short
from people.models import Person
from people.pages import member_page
from programs import report_permissions as rights
from programs.forms.indicators import DefinitionsForm, PeriodForm
from programs.monitoring.answers import band
from programs.monitoring.registry import BY_CODE, INDICATORS
from programs.monitoring.scope import Period
from programs.monitoring.values import SHARE, Value
from programs.services import indicators as service
from programs.views.pages import form_page, url

PAGE = 100
HEADINGS = ["Код", "Показатель", "Значение", "Числитель", "Знаменатель", "Год назад", "Источник"]
TILES = (
    ("Как идёт", ("I-01", "I-13", "I-09", "I-18")),
    ("Что получилось", ("I-07", "I-05", "I-06", "I-17")),
)  # fmt: skip
# Answers are counted here and read on the page of their questionnaire, under its own rights.
CLOSED = {"I-05", "I-06"}


@member_page
def indicators(request):
    """Figures of the chosen period beside those of a year ago."""
    rights.can_read_reports(request.membership).require()
    form = PeriodForm(request.GET, today=timezone.localdate())
    period = form.period()
    definitions = service.definitions_of(request.school)
    now, before, years = service.overview(request.school, period, definitions)
    if request.GET.get("export") == "xlsx":
        table = ([one.code, one.title, now[one.code].shown, now[one.code].n, now[one.code].d, before[one.code].shown, one.source] for one in INDICATORS)  # fmt: skip
        return xlsx_response("Показатели", HEADINGS, table)
    rows = [shown(one, now[one.code], before[one.code]) for one in INDICATORS]
    years = trend_of(years)
    context = {
        "form": form, "period": period, "rows": rows, "chart": chart_of(rows), "definitions": definitions, "quality": band(now["I-17"]),
        "tiles": [(title, [row for code in codes for row in rows if row["indicator"].code == code]) for title, codes in TILES],
        "trend": years, "trend_chart": trend_chart(years),
        "query": urlencode({name: value for name, value in request.GET.items() if name != "export"}),
        "can_write": rights.can_write_reports(request.membership),
    }  # fmt: skip
    return render(request, "programs/indicators/list.html", context)


def trend_of(found: list) -> dict:
    """Words of the years, and for each main indicator its figure of each year."""
    years = [year_words(period) for period, _ in found]
    rows = [(BY_CODE[code].title, [(year, values[code]) for year, (_, values) in zip(years, found, strict=True)]) for code in service.MAIN]  # fmt: skip
    return {"years": years, "rows": rows}


def year_words(period: Period) -> str:
    """«2026/27» of a school year, «2026» of a calendar one, else its first day."""
    first, last = period.start, period.end
    if (first.day, first.month, last.day, last.month) == (1, 9, 31, 8):
        return school_year_short(first.year)
    whole = (first.day, first.month, last.day, last.month) == (1, 1, 31, 12)
    return str(first.year) if whole else f"с {first:%d.%m.%Y}"


def trend_chart(trend: dict) -> str:
    """A line for each indicator that has figures; nothing to draw from one year alone."""
    known = [(title, [value.value for _, value in values]) for title, values in trend["rows"] if any(value.d for _, value in values)]  # fmt: skip
    if len(trend["years"]) < 2 or not known:
        return ""
    return charts.address(charts.lines(trend["years"], known, title="Главное по годам, %"))


def chart_of(rows: list[dict]) -> str:
    """Picture of the shares that can be counted for the period or a year ago; "" when there is none."""
    known = [row for row in rows if row["share"] and (row["now"].d or row["before"].d)]
    if not known:
        return ""
    series = [(words, [row[name].value for row in known]) for words, name in (("за период", "now"), ("год назад", "before"))]  # fmt: skip
    return charts.address(charts.bars([row["indicator"].title for row in known], series, title="Доли, %"))  # fmt: skip


def shown(indicator, now: Value, before: Value) -> dict:
    both = now.value is not None and before.value is not None
    difference = round(now.value - before.value, 1) if both else None
    return {
        "indicator": indicator, "now": now, "before": before, "share": indicator.unit == SHARE,
        "difference": difference, "opens": bool(indicator.read) and indicator.code not in CLOSED and bool(now.n),
    }  # fmt: skip


@member_page
def indicator(request, code):
    """The rows behind a figure: people by name, other rows by title."""
    rights.can_read_reports(request.membership).require()
    chosen = BY_CODE.get(code)
    if chosen is None or not chosen.read or code in CLOSED:
        raise Http404
    form = PeriodForm(request.GET, today=timezone.localdate())
    scope = service.scope_of(request.school, form.period(), None)
    rows = service.rows_of(chosen, scope)[0].select_related("organization").distinct()
    context = {
        "indicator": chosen, "period": scope.period, "of_people": rows.model is Person,
        "page": Paginator(rows.order_by(*rows.model._meta.ordering), PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "programs/indicators/rows.html", context)


@member_page
def indicator_settings(request):
    rights.can_write_reports(request.membership).require()
    form = DefinitionsForm(service.definitions_of(request.school), request.POST or None)
    return form_page(
        request, form, service.set_definitions, title="Пороги показателей", done="Пороги сохранены.",
        back=url(request, "indicators"), crumbs=[("Показатели", url(request, "indicators"))],
        lead="По этим порогам считаются показатели школы. Орган управления может спросить по своим.",
    )  # fmt: skip
