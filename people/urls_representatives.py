"""The representative's link: /r/<token>/; no sign-in, reading only."""

from django.urls import path

from people.views import representatives

urlpatterns = [
    path("<str:token>/", representatives.representative, name="representative"),
    path(
        "<str:token>/blank.pdf", representatives.representative_blank, name="representative_blank"
    ),
]
