"""Terms, the working calendar, destruction of data; included under s/<slug:school>/."""

from django.urls import path

from people.views import retention, terms

urlpatterns = [
    path("settings/terms/", terms.term_list, name="terms"),
    path("settings/terms/<slug:code>/edit/", terms.term_edit, name="term_edit"),
    path("settings/retention/", retention.retention, name="retention"),
    path("settings/retention/purge/", retention.purge, name="retention_purge"),
    path("settings/calendar/", terms.calendar_days, name="calendar_days"),
    path(
        "settings/calendar/<int:pk>/remove/", terms.calendar_day_remove, name="calendar_day_remove"
    ),
]
