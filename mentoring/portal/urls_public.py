"""Addresses without sign-in: the public section and health."""

from django.urls import path

from mentoring.portal.views import health, home, public

urlpatterns = [
    path("", home.root, name="root"),
    path("p/<slug:school>/", public.section, name="public"),
    path("p/<slug:school>/documents/<int:pk>.pdf", public.document, name="public_document"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
