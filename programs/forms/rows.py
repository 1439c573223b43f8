"""How papers ask for a row of this floor: an extension agreed by all, a release, a School, awards, a contest entry."""

from django import forms
from django.utils import timezone

from programs.program_rules import NEEDED
from programs.services.row_papers import CHOOSABLE, GONE


def asker(kind: str):
    """`ask` of one kind of value."""

    def ask(organization, **common):
        rows, errors = CHOOSABLE[kind](organization), {"invalid_choice": GONE}
        if kind == "awards":
            ticks = forms.CheckboxSelectMultiple
            return forms.ModelMultipleChoiceField(rows, widget=ticks, error_messages=errors, **common)  # fmt: skip
        return forms.ModelChoiceField(rows, empty_label="не выбрано", error_messages=errors, **common)  # fmt: skip

    return ask


def ask_sections(organization, **common) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=[(name, title.capitalize()) for name, title in NEEDED.items()],
        widget=forms.CheckboxSelectMultiple, **common,
    )  # fmt: skip


def figures_asker(offered):
    """`ask` of a period; `offered(today)`: choices. The figures are counted when the wording is written."""

    def ask(organization, **common) -> forms.ChoiceField:
        return forms.ChoiceField(choices=offered(timezone.localdate()), **common)

    return ask
