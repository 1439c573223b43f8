"""Which reports are listed, and of which period the mentors' reports are packed."""

import datetime as dt

from django import forms

from mentoring.core.forms import DateInput
from programs.services.report_figures import FREE, all_choices, days_of
from programs.services.report_kinds import REPORT_KINDS
from roadmap.models import Document


class ReportFilter(forms.Form):
    """Read from the address."""

    kind = forms.ChoiceField(label="Отчёт", required=False)
    state = forms.ChoiceField(label="Состояние", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "все"), *((code, one.kind.title) for code, one in REPORT_KINDS.items())]  # fmt: skip
        self.fields["state"].choices = [("", "любое"), *Document.State.choices]

    def narrow(self, rows):
        chosen = self.cleaned_data if self.is_valid() else {}
        return rows.filter(**{name: value for name, value in chosen.items() if value})


class PackForm(forms.Form):
    """A school year, a calendar year or own dates."""

    period = forms.ChoiceField(label="Период")
    start = forms.DateField(label="Свои даты: с", required=False, widget=DateInput)
    end = forms.DateField(label="Свои даты: по", required=False, widget=DateInput)

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = all_choices(today)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("period") != FREE or self.errors:
            return cleaned
        start, end = cleaned.get("start"), cleaned.get("end")
        if not (start and end):
            self.add_error("start", "Укажите обе даты периода.")
        elif end < start:
            self.add_error("end", "Период заканчивается раньше, чем начинается.")
        return cleaned

    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of the chosen period, of a valid form."""
        chosen = self.cleaned_data
        if chosen["period"] == FREE:
            return chosen["start"], chosen["end"]
        return days_of(chosen["period"])
