"""Puts our admin site in the place of Django's; named in INSTALLED_APPS instead of django.contrib.admin."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "people.admin_site.PortalAdminSite"
