"""For which time figures are shown, and the school's own thresholds."""

import datetime as dt

from django import forms

from mentoring.core.forms import DateInput, ServiceForm
from programs.monitoring.process import PARTS
from programs.monitoring.scope import Definitions, Period, calendar_year, school_year
from roadmap.services.plan_words import years_words
from roadmap.services.year import year_of

SCHOOL, CALENDAR, FREE = "school", "calendar", "free"


class PeriodForm(forms.Form):
    """Read from the address; without anything the school year of today."""

    kind = forms.ChoiceField(label="Период", required=False, choices=[(SCHOOL, "учебный год"), (CALENDAR, "календарный год"), (FREE, "свои даты")])  # fmt: skip
    year = forms.TypedChoiceField(label="Год", required=False, coerce=int, empty_value=None)
    start = forms.DateField(label="С", required=False, widget=DateInput)
    end = forms.DateField(label="По", required=False, widget=DateInput)
    on = forms.DateField(label="Ключевая дата", required=False, widget=DateInput)

    def __init__(self, *args, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        current = year_of(today)
        self.fields["year"].choices = [("", "текущий"), *((year, years_words(year, None)) for year in range(current, current - 6, -1))]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if cleaned.get("kind") == FREE and not (start and end):
            self.add_error("start", "Укажите обе даты.")
        elif start and end and end < start:
            self.add_error("end", "Период заканчивается раньше, чем начинается.")
        return cleaned

    def period(self) -> Period:
        """The chosen period; of a year that is over the key date is its last day."""
        if not self.is_valid():
            return school_year(self.today)
        chosen = self.cleaned_data
        if chosen["kind"] == FREE:
            period = Period(chosen["start"], chosen["end"], min(chosen["end"], self.today))
        else:
            make = calendar_year if chosen["kind"] == CALENDAR else school_year
            day = dt.date(chosen["year"], 12, 1) if chosen["year"] else self.today
            period = make(day)
            period = Period(period.start, period.end, min(period.end, self.today))
        on = chosen["on"] or period.on
        return Period(period.start, period.end, on)


class SwotForm(ServiceForm):
    """The four texts, a thought a line."""

    def __init__(self, note, *args, **kwargs):
        super().__init__(*args, initial={part: getattr(note, part) for part in PARTS}, **kwargs)
        for part, title in PARTS.items():
            hint = "Каждая мысль с новой строки, без имён." if part == "strong" else ""
            self.fields[part] = forms.CharField(label=title, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 5}))  # fmt: skip


class DefinitionsForm(ServiceForm):
    satisfied_from = forms.IntegerField(label="Доволен, если оценка не ниже", min_value=1, max_value=10)  # fmt: skip
    young_age = forms.IntegerField(label="Молодой педагог: не старше, лет", min_value=18, max_value=45)  # fmt: skip
    young_years = forms.IntegerField(label="Молодой специалист: стаж меньше, лет", min_value=1, max_value=10)  # fmt: skip
    without_pair_days = forms.IntegerField(label="Без пары дольше, дней", min_value=0, max_value=365)  # fmt: skip

    def __init__(self, definitions: Definitions, *args, **kwargs):
        super().__init__(*args, initial=definitions.as_dict(), **kwargs)
