from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mentoring.portal"
    label = "portal"
    verbose_name = "Портал"
