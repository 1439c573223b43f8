"""Addresses of the portal."""

from django.contrib import admin
from django.urls import include, path

from mentoring.portal.api.address import ADDRESS
from mentoring.portal.api.app import api

SCHOOL = "s/<slug:school>/"

handler500 = "mentoring.portal.views.failures.server_error"

urlpatterns = [
    path("", include("mentoring.portal.urls_public")),
    path("", include("roadmap.urls_check")),
    path("accounts/", include("people.urls_accounts")),
    path("accounts/", include("allauth.urls")),
    path("q/", include("people.urls_answers")),
    path("r/", include("people.urls_representatives")),
    path("cal/", include("people.urls_calendar")),
    path(ADDRESS.lstrip("/"), api.urls),
    path("admin/", admin.site.urls),
    path(SCHOOL, include("mentoring.portal.urls")),
    path(SCHOOL, include("roadmap.urls")),
    path(SCHOOL, include("people.urls")),
    path(SCHOOL, include("programs.urls")),
]
