"""Forms of runs."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.forms.consents import PeopleTicks, present
from people.models import Person, Questionnaire, Survey


class FormChoice(forms.ModelChoiceField):
    def label_from_instance(self, form) -> str:
        return f"{form.title} ({form.get_audience_display()})"


class SurveyForm(ServiceForm):
    """One page: which questionnaire, who answers, when, and who will see the answers."""

    form = FormChoice(Questionnaire.objects.none(), label="Анкета", empty_label=None)
    title = forms.CharField(
        label="Как назвать для участников", max_length=200, required=False,
        help_text="Пусто – по названию анкеты.",
    )  # fmt: skip
    opens_on = forms.DateField(label="Начало", widget=DateInput)
    closes_on = forms.DateField(label="Последний день", widget=DateInput, required=False)
    privacy = forms.ChoiceField(
        label="Кто увидит ответы", choices=Survey.Privacy, widget=forms.RadioSelect,
        help_text="Скажем участникам на первом экране. После первого ответа изменить нельзя.",
    )  # fmt: skip
    everybody = forms.BooleanField(label="Все работники", required=False)
    people = PeopleTicks(Person.objects.none(), label="Кто отвечает", required=False)

    def __init__(self, organization, *args, **kwargs):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "opens_on": timezone.localdate(), "privacy": Survey.Privacy.NAMED, **kwargs["initial"],
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        forms_of = Questionnaire.objects.of(organization).filter(archived=False)
        self.fields["form"].queryset = forms_of.order_by("stage", "title")
        self.fields["people"].queryset = present(organization)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("everybody") and not cleaned.get("people"):
            self.add_error("people", "Выберите людей или отметьте «Все работники».")
        closes, opens = cleaned.get("closes_on"), cleaned.get("opens_on")
        if closes and opens and closes < opens:
            self.add_error("closes_on", "Последний день раньше начала.")
        return cleaned

    def service_arguments(self) -> dict:
        values = dict(self.cleaned_data)
        if values.pop("everybody"):
            staff = self.fields["people"].queryset.filter(kind=Person.Kind.EMPLOYED)
            values["people"] = list(staff)
        values["title"] = values["title"] or values["form"].title
        return values


class AddPeopleForm(ServiceForm):
    people = PeopleTicks(Person.objects.none(), label="Кого добавить")

    def __init__(self, survey: Survey, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = survey.participants.values("person")
        self.fields["people"].queryset = present(survey.organization).exclude(pk__in=known)


class SurveyFilter(forms.Form):
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "все"), *Survey.State.choices]
    )
    stage = forms.ChoiceField(
        label="Этап", required=False, choices=[("", "все"), *Questionnaire.Stage.choices]
    )
