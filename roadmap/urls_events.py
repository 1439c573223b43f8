"""Pages of events; included under s/<slug:school>/."""

from django.urls import path

from roadmap.views import events

ONE = "events/<int:pk>/"

urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new/", events.event_new, name="event_new"),
    path(ONE, events.event, name="event"),
    path(f"{ONE}edit/", events.event_edit, name="event_edit"),
    path(f"{ONE}invite/", events.event_invite, name="event_invite"),
    path(f"{ONE}attendance/", events.event_hold, name="event_hold"),
    path(f"{ONE}sign-up/", events.event_sign_up, name="event_sign_up"),
    path(f"{ONE}cancel/", events.event_cancel, name="event_cancel"),
]
