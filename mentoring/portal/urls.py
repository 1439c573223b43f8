"""Home of a school, under /s/<school>/."""

from django.urls import path

from mentoring.portal.views import home

urlpatterns = [path("", home.home, name="home")]
