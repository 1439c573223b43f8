"""Pages of a school about its people; included under s/<slug:school>/."""

from django.urls import include, path

from people.views import accounts, files, jobs, organizations, persons, subordination

urlpatterns = [
    path("settings/", organizations.settings, name="settings"),
    path("settings/authority/", subordination.authority, name="authority"),
    path("settings/authority/choose/", subordination.authority_choose, name="authority_choose"),
    path(
        "settings/authority/<int:pk>/release/",
        subordination.authority_release,
        name="authority_release",
    ),
    path("people/", persons.people, name="people"),
    path("people/new/", persons.person_new, name="person_new"),
    path("people/<int:pk>/", persons.person, name="person"),
    path("people/<int:pk>/edit/", persons.person_edit, name="person_edit"),
    path("people/<int:pk>/forms/", persons.person_forms, name="person_forms"),
    path("people/<int:pk>/left/", persons.person_leave, name="person_left"),
    path("people/<int:pk>/roles/new/", accounts.person_role_add, name="person_role_add"),
    path("people/roles/<int:pk>/end/", accounts.role_end, name="role_end"),
    path("people/<int:pk>/invite/", accounts.invite_create, name="invite_create"),
    path("files/<int:pk>/", files.file, name="file"),
    path("tasks/<int:pk>/", jobs.job, name="job"),
    path("", include("people.urls_my_data")),
    path("", include("people.urls_terms")),
    path("", include("people.urls_access")),
    path("", include("people.urls_tokens")),
    path("", include("people.urls_notices")),
    path("", include("people.urls_letters")),
    path("", include("people.urls_consents")),
    path("", include("people.urls_pupils")),
    path("", include("people.urls_imports")),
    path("", include("people.urls_questionnaires")),
    path("", include("people.urls_surveys")),
    path("", include("people.urls_banks")),
]
