"""Home of a school, under /s/<school>/."""

from django.urls import path

from mentoring.portal.views import home, search, state

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("settings/state/", state.state, name="state"),
]
