"""Questionnaires and their builder; included under s/<slug:school>/."""

from django.urls import path

from people.views import questionnaires as views

ONE = "questionnaires/<int:pk>/"

urlpatterns = [
    path("questionnaires/", views.questionnaires, name="questionnaires"),
    path("questionnaires/new/", views.questionnaire_new, name="questionnaire_new"),
    path(ONE, views.questionnaire, name="questionnaire"),
    path(f"{ONE}blank.pdf", views.questionnaire_blank, name="questionnaire_blank"),
    path(f"{ONE}copy/", views.questionnaire_copy, name="questionnaire_copy"),
    path(f"{ONE}archive/", views.questionnaire_archive, name="questionnaire_archive"),
    path(f"{ONE}intro/", views.questionnaire_intro, name="questionnaire_intro"),
    path(f"{ONE}sections/<int:section>/", views.section_edit, name="section_edit"),
    path(f"{ONE}sections/<int:section>/remove/", views.section_remove, name="section_remove"),
    path(f"{ONE}sections/<int:section>/bank/", views.question_from_bank, name="question_from_bank"),
    path(f"{ONE}sections/<int:section>/<slug:code>/", views.question_edit, name="question_edit"),
    path(f"{ONE}questions/<slug:code>/", views.question_change, name="question_change"),
]
