"""How papers ask for a row of this floor: an extension agreed by all, a release, a School, awards, a contest entry."""

from django import forms
from django.utils import timezone

from programs.program_rules import NEEDED
from programs.services.authority_reports import owed_rows
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


class OwedChoice(forms.ModelChoiceField):
    def label_from_instance(self, row) -> str:
        return f"{row.request.title} ({row.request.organization.short_name}, до {row.request.due_on:%d.%m.%Y})"


def ask_owed(organization, **common) -> OwedChoice:
    """A request of the authority that waits for this organization's report."""
    return OwedChoice(owed_rows(organization), empty_label="не выбран", error_messages={"invalid_choice": GONE}, **common)  # fmt: skip
