"""Forms of a roadmap as a whole: a new one, its settings with columns."""

import datetime as dt

from django import forms
from django.utils.html import format_html

from mentoring.core.forms import ServiceForm
from roadmap.models import Roadmap
from roadmap.services.plan_settings import new_column_code
from roadmap.services.plan_templates import list_templates
from roadmap.services.plan_words import years_words

EMPTY = "empty"


def number_choice(label: str, choices, **options) -> forms.TypedChoiceField:
    """A choice of whole numbers; an empty one is None."""
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, empty_value=None, required=False, **options
    )


def year_choices(day: dt.date, *chosen: int | None) -> list[tuple]:
    """School years around the day, and those already chosen."""
    current = day.year if day.month >= 7 else day.year - 1
    years = {*range(current - 1, current + 4), *filter(None, chosen)}
    return [("", "без года"), *((year, years_words(year, None)) for year in sorted(years))]


class RoadmapNewForm(ServiceForm):
    """Template with a sentence about each, year, title (R-110, R-112)."""

    template = forms.ChoiceField(label="С чего начать", widget=forms.RadioSelect)
    year_start = number_choice("Учебный год", ())
    year_end = number_choice(
        "По какой учебный год", (), help_text="Только для карты на несколько лет."
    )
    title = forms.CharField(
        label="Название",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Оставьте пустым: портал составит название по образцу. Его можно изменить позже.",
    )

    def __init__(self, *args, day: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        about = '<strong>{}</strong><br><span class="quiet">{}</span>'
        self.fields["template"].choices = [
            *(
                (one["code"], format_html(about, one["name"], one["about"]))
                for one in list_templates()
            ),
            (EMPTY, format_html(about, "Пустая карта", "Этапы и мероприятия вы добавите сами.")),
        ]
        years = year_choices(day)
        self.fields["year_start"].choices = self.fields["year_end"].choices = years

    def service_arguments(self) -> dict:
        template = self.cleaned_data["template"]
        return {**self.cleaned_data, "template": "" if template == EMPTY else template}


class RoadmapSettingsForm(ServiceForm):
    """Everything of the roadmap but its rows and columns."""

    title = forms.CharField(
        label="Название документа", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    year_start = number_choice("Учебный год", ())
    year_end = number_choice(
        "По какой учебный год", (), help_text="Только для карты на несколько лет."
    )
    numbering = forms.ChoiceField(label="Нумерация", choices=Roadmap.Numbering)
    stamp = forms.ChoiceField(label="Отметка об утверждении", choices=Roadmap.Mark)
    footnote = forms.CharField(
        label="Сноска",
        max_length=500,
        required=False,
        help_text="Печатается под таблицей. Знак сноски «¹» поставьте в заголовке графы.",
    )

    def __init__(self, *args, roadmap: Roadmap, day: dt.date, **kwargs):
        names = ("title", "year_start", "year_end", "numbering", "stamp", "footnote")
        initial = {name: getattr(roadmap, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        years = year_choices(day, roadmap.year_start, roadmap.year_end)
        self.fields["year_start"].choices = self.fields["year_end"].choices = years


class ColumnForm(forms.Form):
    """One column of the table."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    heading = forms.CharField(label="Заголовок графы", max_length=200, required=False)
    shown = forms.BooleanField(label="Показывать", required=False, initial=True)

    @property
    def own(self) -> bool:
        """Own columns of the school may be removed, the usual ones only hidden."""
        return str(self["code"].value() or "").startswith("extra:")


class BaseColumnFormSet(forms.BaseFormSet):
    """Columns in the order of printing; the empty last form adds an own one."""

    def columns(self) -> list[dict]:
        """Cleaned columns as `Roadmap.columns` keeps them."""
        rows = [form.cleaned_data for form in self.ordered_forms]
        columns = []
        for row in rows:
            if row["code"] or row["heading"].strip():
                code = row["code"] or new_column_code(rows)
                columns.append({"code": code, "heading": row["heading"], "shown": row["shown"]})
        return columns


ColumnFormSet = forms.formset_factory(
    ColumnForm, formset=BaseColumnFormSet, extra=1, can_order=True, can_delete=True
)


def column_formset(roadmap: Roadmap, data=None) -> BaseColumnFormSet:
    return ColumnFormSet(data, initial=roadmap.columns, prefix="columns")
