"""Forms of what is attached to a paper: stamps, bases, annexes."""

import datetime as dt

from django import forms

from mentoring.core.forms import ServiceForm
from roadmap.forms.documents import NO_PAPER
from roadmap.models import Document, Norm, Stamp
from roadmap.services.packages import free_annexes


class StampForm(ServiceForm):
    """A stamp of a body; its date may be incomplete (R-119)."""

    word = forms.ChoiceField(label="Гриф", choices=Stamp.Word.choices)
    body_name = forms.CharField(
        label="Орган",
        max_length=300,
        help_text="В именительном падеже: «педагогический совет». Портал просклоняет.",
    )
    minutes_number = forms.CharField(label="Протокол №", max_length=40, required=False)
    day = forms.IntegerField(label="День", min_value=1, max_value=31, required=False)
    month = forms.IntegerField(label="Месяц", min_value=1, max_value=12, required=False)
    year = forms.IntegerField(
        label="Год",
        min_value=1990,
        max_value=2100,
        required=False,
        help_text="Дату можно указать не полностью.",
    )

    def clean(self):
        cleaned = super().clean()
        day, month, year = (cleaned.get(name) for name in ("day", "month", "year"))
        if day and not month:
            self.add_error("month", "Укажите месяц или уберите день.")
        elif month and not year:
            self.add_error("year", "Укажите год или уберите месяц.")
        elif day and month and year:
            self.check_date(year, month, day)
        return cleaned

    def check_date(self, year: int, month: int, day: int) -> None:
        try:
            dt.date(year, month, day)
        except ValueError:
            self.add_error("day", "Такой даты нет в календаре. Проверьте день и месяц.")


class BasisForm(ServiceForm):
    """An act of the library, or one typed by hand."""

    norm = forms.ModelChoiceField(
        Norm.objects.none(), label="Акт из библиотеки", required=False, empty_label="вписать самому"
    )
    text = forms.CharField(
        label="Документ-основание", max_length=500, required=False,
        help_text="Например: приказ управления образования от 28.08.2026 № 412.",
    )  # fmt: skip
    dated_on = forms.DateField(
        label="Его дата",
        required=False,
        help_text="По ней портал предупредит, если документ датирован раньше.",
    )

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["norm"].queryset = Norm.objects.of(organization).filter(ended_on=None)
        self.fields["norm"].label_from_instance = lambda norm: f"{norm.requisites}: {norm.title}"[:120]  # fmt: skip


class AnnexForm(ServiceForm):
    """Choose a paper that the order will approve."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label="Документ",
        empty_label="не выбран",
        error_messages={"invalid_choice": NO_PAPER},
    )

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = free_annexes(organization)
        self.fields["document"].label_from_instance = lambda document: document.full_title
