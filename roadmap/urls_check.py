"""The check page of a paper, without sign-in."""

from django.urls import path

from roadmap.views import check

urlpatterns = [path("v/<str:code>/", check.check, name="check")]
