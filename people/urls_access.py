"""Sign-ins of the school; included under s/<slug:school>/."""

from django.urls import path

from people.views import access

urlpatterns = [
    path("people/access/", access.access, name="access"),
    path("people/access/cards.pdf", access.access_cards_print, name="access_cards"),
    path("people/access/letters/", access.access_letters, name="access_letters"),
    path("people/<int:pk>/sessions/end/", access.sessions_end, name="sessions_end"),
]
