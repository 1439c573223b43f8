"""Learning, materials, awards, contests, practices; included under s/<slug:school>/."""

from django.urls import path

from programs.views import attestation, awards, learning, practices

urlpatterns = [
    path("learning/", learning.trainings, name="trainings"),
    path("learning/new/", learning.training_new, name="training_new"),
    path("learning/schools/new/", learning.mentor_school_new, name="mentor_school_new"),
    path("learning/schools/<int:pk>/", learning.mentor_school, name="mentor_school"),
    path("learning/schools/<int:pk>/sessions/", learning.school_session_new, name="school_session_new"),
    path("learning/schools/<int:pk>/listeners/", learning.school_listeners, name="school_listeners"),
    path("learning/schools/<int:pk>/close/", learning.school_close, name="school_close"),
    path("learning/schools/<int:pk>/certificates.pdf", learning.school_certificates, name="school_certificates"),
    path("learning/sessions/<int:pk>/", learning.school_attendance, name="school_attendance"),
    path("library/materials/", learning.materials, name="materials"),
    path("library/materials/new/", learning.material_new, name="material_new"),
    path("library/materials/<int:pk>/studied/", learning.material_studied, name="material_studied"),
    path("library/materials/<int:pk>/readers/", learning.material_readers, name="material_readers"),
    path("awards/", awards.award_list, name="awards"),
    path("awards/new/", awards.award_new, name="award_new"),
    path("awards/order/", awards.award_order, name="award_order_new"),
    path("awards/<int:pk>/", awards.award, name="award"),
    path("awards/<int:pk>/certificate.pdf", awards.award_certificate, name="award_certificate"),
    path("awards/<int:pk>/submit/", awards.award_submit, name="award_submit"),
    path("awards/<int:pk>/decide/", awards.award_decide, name="award_decide"),
    path("contests/", awards.contests, name="contests"),
    path("contests/new/", awards.contest_new, name="contest_new"),
    path("contests/<int:pk>/", awards.contest, name="contest"),
    path("contests/<int:pk>/nominate/", awards.contest_nominate, name="contest_nominate"),
    path("contests/entries/<int:pk>/", awards.contest_entry, name="contest_entry"),
    path("attestation/<int:pk>/", attestation.attestation_record, name="attestation_record"),
    path("attestation/<int:pk>.pdf", attestation.attestation_pdf, name="attestation_pdf"),
    path("attestation/<int:pk>.docx", attestation.attestation_docx, name="attestation_docx"),
    path("attestation/<int:pk>.xlsx", attestation.attestation_xlsx, name="attestation_xlsx"),
    path("practices/", practices.practice_list, name="practices"),
    path("practices/new/", practices.practice_new, name="practice_new"),
    path("practices/<int:pk>/", practices.practice, name="practice"),
    path("practices/<int:pk>/edit/", practices.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/file/", practices.practice_file, name="practice_file"),
    path("practices/<int:pk>/state/", practices.practice_state, name="practice_state"),
]  # fmt: skip
