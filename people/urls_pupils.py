"""Pages of pupils; included under s/<slug:school>/."""

from django.urls import path

from people.views import pupils

urlpatterns = [
    path("pupils/", pupils.pupils, name="pupils"),
    path("pupils/new/", pupils.pupil_new, name="pupil_new"),
    path("pupils/<int:pk>/", pupils.pupil, name="pupil"),
    path("pupils/<int:pk>/edit/", pupils.pupil_edit, name="pupil_edit"),
    path(
        "pupils/<int:pk>/representatives/new/",
        pupils.representative_new,
        name="representative_new",
    ),
    path("representatives/<int:pk>/edit/", pupils.representative_edit, name="representative_edit"),
    path(
        "representatives/<int:pk>/archive/",
        pupils.representative_archive,
        name="representative_archive",
    ),
    path("representatives/<int:pk>/link/", pupils.representative_link, name="representative_link"),
]
