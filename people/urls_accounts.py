"""Entrance by an invitation link; included under accounts/ before allauth."""

from django.urls import path

from people.views import accounts

urlpatterns = [path("invite/<str:token>/", accounts.invitation, name="invitation")]
