"""Runs of questionnaires and answering from «Мои анкеты»; included under s/<slug:school>/."""

from django.urls import path

from people.views import answering, surveys

ONE, MINE, PERSON = "surveys/<int:pk>/", "surveys/my/<int:pk>/", "surveys/people/<int:pk>/"

urlpatterns = [
    path("surveys/", surveys.survey_list, name="surveys"),
    path("surveys/new/", surveys.survey_new, name="survey_new"),
    path("surveys/my/", answering.my_surveys, name="my_surveys"),
    path(MINE, answering.my_page, name="my_survey_page"),
    path(f"{MINE}save/", answering.my_save, name="my_survey_save"),
    path(f"{MINE}check/", answering.my_check, name="my_survey_check"),
    path(f"{MINE}done/", answering.my_done, name="my_survey_done"),
    path(f"{MINE}change/", answering.my_reopen, name="my_survey_reopen"),
    path(ONE, surveys.survey, name="survey"),
    path(f"{ONE}open/", surveys.survey_open, name="survey_open"),
    path(f"{ONE}close/", surveys.survey_close, name="survey_close"),
    path(f"{ONE}remind/", surveys.survey_remind, name="survey_remind"),
    path(f"{ONE}privacy/", surveys.survey_privacy, name="survey_privacy"),
    path(f"{ONE}people/", surveys.survey_people, name="survey_people"),
    path(f"{ONE}links.pdf", surveys.survey_links, name="survey_links"),
    path(f"{ONE}results/", surveys.survey_results_page, name="survey_results"),
    path(f"{PERSON}remove/", surveys.participant_remove, name="participant_remove"),
    path(f"{PERSON}revoke/", surveys.participant_revoke, name="participant_revoke"),
    path(f"{PERSON}paper/", surveys.participant_paper, name="participant_paper"),
    path("surveys/answers/<int:pk>/", surveys.response, name="survey_response"),
    path("surveys/answers/<int:pk>/answers.pdf", surveys.response_pdf, name="survey_response_pdf"),
]
