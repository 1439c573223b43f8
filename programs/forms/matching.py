"""Forms of the workbench."""

import datetime as dt

from django import forms
from django.utils import timezone

from mentoring.core.forms import DateInput, ServiceForm
from people.forms.banks import choices_of
from people.models import Person
from programs.forms.groups import ANSWER_DAYS, MARKS, OnePerson
from programs.matching import PARTS
from programs.models import ForbiddenPair, MatchingChoice
from programs.services.runs import TITLES, USUAL_WEIGHTS


class RunForm(ServiceForm):
    """Weights behind «подробнее»: the usual ones serve most schools."""

    form = forms.ChoiceField(label="Только форма", required=False)
    balance = forms.FloatField(
        label="Выравнивание нагрузки, баллов", min_value=0, max_value=100, initial=0, required=False,
        help_text="На столько дешевле второе место наставника, вдвое – третье. 0 – не выравнивать.",
    )  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices_of(organization, "form", empty="любая")
        for name in PARTS:
            self.fields[f"weight_{name}"] = forms.FloatField(
                label=TITLES[name].capitalize(),
                initial=USUAL_WEIGHTS[name],
                min_value=0,
                max_value=100,
            )

    def service_arguments(self) -> dict:
        cleaned = self.cleaned_data
        return {
            "form": cleaned["form"],
            "balance": cleaned["balance"] or 0,
            "weights": {name: cleaned[f"weight_{name}"] for name in PARTS},
        }


class MoveForm(ServiceForm):
    mentor = OnePerson(
        Person.objects.none(), label="Наставник", required=False, empty_label="без наставника"
    )

    def __init__(self, choice: MatchingChoice, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.of(choice.organization).filter(pk__in=choice.run.task["mentors"])
        self.fields["mentor"].queryset = people.order_by("last_name", "first_name")


class WeighForm(ServiceForm):
    """R-506."""

    profile_mark = forms.TypedChoiceField(label="Опыт отвечает запросу", choices=MARKS, coerce=int, empty_value=None, required=False)  # fmt: skip
    profile_word = forms.CharField(label="Словами", required=False, max_length=300)
    interest_mark = forms.TypedChoiceField(label="Взаимный интерес", choices=MARKS, coerce=int, empty_value=None, required=False)  # fmt: skip
    interest_word = forms.CharField(label="Словами", required=False, max_length=300)


class BanForm(ServiceForm):
    reason = forms.ChoiceField(label="Почему", choices=ForbiddenPair.Reason)
    note = forms.CharField(label="Пояснение", required=False, max_length=300)


class SendForm(ServiceForm):
    answer_by = forms.DateField(label="Ответить до", widget=DateInput)
    together = forms.BooleanField(label="Наставляемых одного наставника – одной группой", required=False)  # fmt: skip

    def __init__(self, *args, **kwargs):
        day = timezone.localdate() + dt.timedelta(days=ANSWER_DAYS)
        super().__init__(*args, initial={"answer_by": day}, **kwargs)
