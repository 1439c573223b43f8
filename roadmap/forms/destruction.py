"""How the act asks which destruction it is about."""

from django import forms

from people.models import PurgeRun


class PurgeChoice(forms.ModelChoiceField):
    """A destruction done by the portal; an act about paper needs none."""

    def __init__(self, queryset, **kwargs):
        errors = {"invalid_choice": "Такого уничтожения нет. Выберите из списка."}
        empty = "уничтожены только бумаги"
        super().__init__(queryset, empty_label=empty, error_messages=errors, **kwargs)

    def label_from_instance(self, run) -> str:
        return f"{run.on:%d.%m.%Y}, записей: {sum(run.counts.values())}"


def ask_purge(organization, **common) -> PurgeChoice:
    return PurgeChoice(PurgeRun.objects.of(organization), **common)
