from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mentoring.portal"
    label = "portal"
    verbose_name = "Портал"

    def ready(self):
        from mentoring.portal import metrics

        metrics.register()
