"""The check page of a paper, without sign-in."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("v/<str:code>/", lambda request, code: HttpResponse(code), name="check")]
