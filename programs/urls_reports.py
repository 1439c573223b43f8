"""Figures and reports; included under s/<slug:school>/."""

from django.urls import path

from programs.views import indicators, monitoring, reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/registries/<bank:bank>.xlsx", reports.registry, name="registry"),
    path("reports/mentors/", reports.mentor_reports_pack, name="mentor_reports_pack"),
    path("reports/indicators/", indicators.indicators, name="indicators"),
    path("reports/indicators/settings/", indicators.indicator_settings, name="indicator_settings"),
    path("reports/indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("reports/monitoring/", monitoring.monitoring, name="monitoring"),
    path("reports/monitoring/swot/", monitoring.swot, name="swot"),
    path("reports/monitoring/swot/take/", monitoring.swot_take, name="swot_take"),
]
