"""«Мои данные»; included under s/<slug:school>/."""

from django.urls import path

from people.views import my_data

urlpatterns = [
    path("me/", my_data.me, name="me"),
    path("me/data.pdf", my_data.my_data_pdf, name="my_data_pdf"),
    path("me/data.json", my_data.my_data_json, name="my_data_json"),
    path("me/contacts/", my_data.my_contacts, name="my_contacts"),
    path("me/correction/", my_data.my_correction, name="my_correction"),
    path("people/<int:pk>/extract.pdf", my_data.person_extract, name="person_extract"),
]
