"""How papers ask for an event or a partner."""

from django import forms

from roadmap.services.row_values import GONE, MODELS


def asker(kind: str):
    """`ask` of one kind of value."""

    def ask(organization, **common) -> forms.ModelChoiceField:
        rows = MODELS[kind].objects.of(organization)
        return forms.ModelChoiceField(rows, empty_label="не выбрано", error_messages={"invalid_choice": GONE}, **common)  # fmt: skip

    return ask
