"""The private calendar: /cal/<secret>/; no sign-in."""

from django.urls import path

from people.views import letters

urlpatterns = [path("<str:token>/", letters.feed, name="calendar_feed")]
