"""Records of the people floor in the curator's admin."""

from allauth.usersessions.models import UserSession
from django.contrib import admin

from people.admin import accounts, journal, notices, organizations, persons  # noqa: F401

# Addresses of devices are shown to their owner only.
admin.site.unregister(UserSession)
