"""Answering by a personal link: /q/<token>/; no sign-in, questionnaires only."""

from django.urls import path

from people.views import answering

urlpatterns = [
    path("<str:token>/", answering.q_page, name="q_page"),
    path("<str:token>/save/", answering.q_save, name="q_save"),
    path("<str:token>/check/", answering.q_check, name="q_check"),
    path("<str:token>/done/", answering.q_done, name="q_done"),
    path("<str:token>/change/", answering.q_reopen, name="q_reopen"),
]
