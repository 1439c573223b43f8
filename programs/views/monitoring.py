"""Both stages of monitoring on one page; the curator writes strong and weak sides from the answers."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.core import charts
from people.pages import member_page
from programs import report_permissions as rights
from programs.forms.indicators import PeriodForm, SwotForm
from programs.monitoring.influence import FEW, GREATEST, Influence
from programs.monitoring.process import PARTS
from programs.services import monitoring as service
from programs.services import swot as notes
from programs.views.pages import act, form_page, url


@member_page
def monitoring(request):
    """Process first, influence second; each figure beside the runs it was counted from."""
    rights.can_read_reports(request.membership).require()
    form = period_form(request)
    found = service.of_period(request.school, form.period())
    can_write = rights.can_write_reports(request.membership)
    context = {
        "form": form, "found": found, "few": FEW, "can_write": can_write, "query": query_of(request),
        "parts": [part_of(found, code, title, offers=bool(can_write)) for code, title in PARTS.items()],
        "influence": [(one, chart_of(one), found.asked[one.role]) for one in found.influence],
    }  # fmt: skip
    return render(request, "programs/monitoring/page.html", context)


def period_form(request) -> PeriodForm:
    return PeriodForm(request.GET, today=timezone.localdate())


def query_of(request) -> str:
    """The chosen period for addresses of this page's own buttons."""
    return urlencode([(name, value) for name, value in request.GET.items() if value])


def part_of(found: service.Monitoring, code: str, title: str, *, offers: bool) -> dict:
    """Lines the curator kept, and texts of answers not taken over yet."""
    lines = notes.lines_of(getattr(found.swot, code))
    fresh = [one for one in found.offers if one.part == code and " ".join(one.text.split()) not in lines]  # fmt: skip
    return {"code": code, "title": title, "lines": lines, "offers": fresh if offers else []}


def chart_of(one: Influence) -> str:
    """Picture of the scales that enough people answered twice; "" when there is none."""
    if not one.drawn:
        return ""
    series = [(words, [getattr(scale, name).value for scale in one.drawn]) for words, name in (("после", "after"), ("до", "before"))]  # fmt: skip
    return charts.address(charts.bars([scale.title.capitalize() for scale in one.drawn], series, title=f"{one.title}: среднее до и после", points=GREATEST))  # fmt: skip


@member_page
def swot(request):
    """The four texts on one form; the period stays in the address."""
    rights.can_write_reports(request.membership).require()
    period = period_form(request).period()
    form = SwotForm(service.swot_of(request.school, period), request.POST or None)
    back = back_to(request)
    return form_page(
        request, form, notes.save, period, title="Сильные и слабые стороны", done="Анализ сохранён.",
        back=back, crumbs=[("Мониторинг", back)],
        lead=f"За период с {period.start:%d.%m.%Y} по {period.end:%d.%m.%Y}.",
    )  # fmt: skip


def back_to(request) -> str:
    query = query_of(request)
    return f"{url(request, 'monitoring')}{'?' + query if query else ''}#swot"


@member_page
@require_POST
def swot_take(request):
    rights.can_write_reports(request.membership).require()
    part, text = request.POST.get("part", ""), request.POST.get("text", "")
    return act(
        request, back_to(request), notes.take, period_form(request).period(),
        part=part, text=text, by=request.membership, done="Строка перенесена.",
    )  # fmt: skip
