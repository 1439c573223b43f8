from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mentoring.core"
    label = "core"
    verbose_name = "Основа портала"

    def ready(self):
        from mentoring.core import checks, request_log, row_numbers  # noqa: F401  registers the checks

        request_log.connect()
        row_numbers.register()
