"""Pages of consents; included under s/<slug:school>/."""

from django.urls import path

from people.views import consent_texts, consents, my_consents

ONE, MINE = "consents/<int:pk>/", "me/consents/<int:pk>/"

urlpatterns = [
    path("consents/", consents.consent_register, name="consent_register"),
    path("consents/ask/", consents.consent_ask, name="consent_ask"),
    path("consents/papers/", consents.consent_papers, name="consent_papers"),
    path("consents/blanks.pdf", consents.consent_blanks, name="consent_blanks"),
    path("consents/texts/", consent_texts.texts, name="consent_texts"),
    path("consents/texts/<int:pk>/", consent_texts.text, name="consent_text"),
    path("consents/texts/<int:pk>/publish/", consent_texts.text_publish, name="consent_publish"),
    path("consents/addresses/new/", consent_texts.address_new, name="address_new"),
    path(
        "consents/addresses/<int:pk>/archive/",
        consent_texts.address_archive,
        name="address_archive",
    ),
    path("consents/joining/blanks.pdf", consent_texts.joining_blanks, name="joining_blanks"),
    path("consents/joining/new/", consent_texts.joining_new, name="joining_new"),
    path("consents/joining/<int:pk>/end/", consent_texts.joining_end, name="joining_end"),
    path(ONE, consents.consent, name="consent"),
    path(f"{ONE}consent.pdf", consents.consent_pdf, name="consent_pdf"),
    path(f"{ONE}paper/", consents.consent_record, name="consent_record"),
    path(f"{ONE}sig/", consents.consent_sig, name="consent_sig"),
    path(f"{ONE}withdrawn/", consents.consent_withdraw_paper, name="consent_withdraw_paper"),
    path("people/<int:pk>/consents/", consents.person_consents, name="person_consents"),
    path("me/consents/", my_consents.my_consents, name="my_consents"),
    path(MINE, my_consents.my_consent, name="my_consent"),
    path(f"{MINE}code/", my_consents.my_consent_code, name="my_consent_code"),
    path(f"{MINE}refuse/", my_consents.my_consent_refuse, name="my_consent_refuse"),
    path(f"{MINE}withdraw/", my_consents.my_consent_withdraw, name="my_consent_withdraw"),
]
