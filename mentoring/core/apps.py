from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mentoring.core"
    label = "core"
    verbose_name = "Основа портала"

    def ready(self):
        from mentoring.core import checks, row_numbers  # noqa: F401  registers the checks of fonts

        row_numbers.register()
