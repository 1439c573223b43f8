"""Figures and reports; included under s/<slug:school>/."""

from django.urls import path

from programs.views import authority, incoming, indicators, monitoring, reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/registries/<bank:bank>.xlsx", reports.registry, name="registry"),
    path("reports/registries/<bank:bank>.pdf", reports.registry_pdf, name="registry_pdf"),
    path("reports/registries/<bank:bank>.docx", reports.registry_docx, name="registry_docx"),
    path("reports/<int:pk>/figures.xlsx", reports.report_figures, name="report_figures"),
    path("reports/<int:pk>/recount/", reports.report_recount_page, name="report_recount"),
    path("reports/mentors/", reports.mentor_reports_pack, name="mentor_reports_pack"),
    path("reports/incoming/", incoming.incoming_requests, name="incoming_requests"),
    path("reports/incoming/<int:pk>/submit/", incoming.report_submit, name="report_submit"),
    path("reports/incoming/<int:pk>/sent/", incoming.report_sent, name="report_sent"),
    path("reports/requests/", authority.report_list, name="report_requests"),
    path("reports/requests/new/", authority.request_new, name="report_request_new"),
    path("reports/requests/<int:pk>/", authority.report_request, name="report_request"),
    path("reports/requests/<int:pk>/count/", authority.request_count, name="report_request_count"),
    path("reports/requests/<int:pk>/close/", authority.request_close, name="report_request_close"),
    path("reports/requests/<int:pk>/<slug:of>/", authority.submission, name="submission"),
    path(
        "reports/requests/<int:pk>/<slug:of>/report.pdf",
        authority.submission_pdf,
        name="submission_pdf",
    ),
    path("reports/subordinates/", authority.subordinates, name="subordinates"),
    path("reports/indicators/", indicators.indicators, name="indicators"),
    path("reports/indicators/settings/", indicators.indicator_settings, name="indicator_settings"),
    path("reports/indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("reports/monitoring/", monitoring.monitoring, name="monitoring"),
    path("reports/monitoring/swot/", monitoring.swot, name="swot"),
    path("reports/monitoring/swot/take/", monitoring.swot_take, name="swot_take"),
]
