"""Figures and reports; included under s/<slug:school>/."""

from django.urls import path

from programs.views import indicators

urlpatterns = [
    path("reports/indicators/", indicators.indicators, name="indicators"),
    path("reports/indicators/settings/", indicators.indicator_settings, name="indicator_settings"),
    path("reports/indicators/<str:code>/", indicators.indicator, name="indicator"),
]
