"""What an authority asks and how it narrows its table."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.models import Organization
from programs.forms.indicators import DefinitionsForm
from programs.models import ReportRequest, ReportSubmission
from programs.monitoring.scope import Definitions
from programs.monitoring.summary import GROUPS
from programs.services.report_summary import authorities

EVERY = ("", "все")


class RequestForm(DefinitionsForm):
    """A request: for which time, by when, by which thresholds."""

    title = forms.CharField(label="Название", max_length=200, help_text="Его увидят организации: «Наставничество за 2026/2027 учебный год».")  # fmt: skip
    start = forms.DateField(label="Период с")
    end = forms.DateField(label="Период по")
    on = forms.DateField(label="Ключевая дата", help_text="На неё считаются возраст, стаж, кто работает и кто вам подчинён.")  # fmt: skip
    due_on = forms.DateField(label="Представить до")
    note = forms.CharField(label="Пояснение", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip

    field_order = ["title", "start", "end", "on", "due_on", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(Definitions(), *args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "Период заканчивается раньше, чем начинается.")
        return cleaned


class SummaryFilter(forms.Form):
    """Read from the address. Nothing here makes a new sum: rows and columns are only picked."""

    section = forms.TypedChoiceField(label="Показатели", required=False, coerce=int, empty_value=0)
    place = forms.TypedChoiceField(label="Муниципалитет", required=False, coerce=int, empty_value=None)  # fmt: skip
    kind = forms.ChoiceField(label="Вид организации", required=False, choices=[EVERY, *Organization.Type.choices])  # fmt: skip
    state = forms.ChoiceField(label="Отчёт", required=False, choices=[EVERY, *ReportSubmission.State.choices])  # fmt: skip

    def __init__(self, data, *, request: ReportRequest):
        super().__init__(data)
        known = set(request.summary["codes"]) if request.summary else set()
        self.fields["section"].choices = [(place, title) for place, (title, codes) in enumerate(GROUPS) if known & set(codes)]  # fmt: skip
        places = list(authorities(request.summary)) if request.summary else []
        if places:
            self.fields["place"].choices = [EVERY, *places]
        else:
            del self.fields["place"]

    def chosen(self) -> dict:
        """Valid answers only; a wrong one is as good as none."""
        self.is_valid()
        return self.cleaned_data


class ReturnForm(ServiceForm):
    reason = forms.CharField(label="Что исправить", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip


class SentForm(ServiceForm):
    on = forms.DateField(label="Когда передан")
    way = forms.CharField(label="Как передан", max_length=120, help_text="Например: по электронной почте, нарочно.")  # fmt: skip
