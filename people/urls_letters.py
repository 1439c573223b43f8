"""Letters and the own calendar; included under s/<slug:school>/."""

from django.urls import path

from people.views import letters

urlpatterns = [
    path("letters/", letters.letter_list, name="letters"),
    path("letters/batch/", letters.letter_batch, name="letter_batch"),
    path("letters/decide/", letters.letter_decide, name="letter_decide"),
    path("letters/again/", letters.letters_again, name="letters_again"),
    path("me/letters/", letters.my_letters, name="my_letters"),
    path("me/calendar/", letters.my_calendar, name="my_calendar"),
    path("me/calendar/address/", letters.my_calendar_address, name="my_calendar_address"),
]
