"""Addresses without sign-in: the public section and health."""

from django.urls import path

from mentoring.portal.views import health, home, metrics, public

urlpatterns = [
    path("", home.root, name="root"),
    path("p/<slug:school>/", public.page, name="public"),
    path("p/<slug:school>/documents/<int:pk>.pdf", public.page, name="public_document"),
    path("p/<slug:school>/photos/<int:pk>-<slug:print>.jpg", public.page, name="public_photo"),
    path("p/<slug:school>/<path:name>", public.page, name="public_page"),
    path("robots.txt", public.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
