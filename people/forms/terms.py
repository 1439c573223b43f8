"""Forms of terms and of the working calendar."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.services.terms import GROUPS, Term


class TermForm(ServiceForm):
    value = forms.IntegerField(label="Свой срок", min_value=1)
    note = forms.CharField(
        label="Каким локальным актом установлен",
        max_length=300,
        required=False,
        help_text="Например: Положение об обработке персональных данных, п. 5.2. Если вернуть срок по норме, не нужно.",
    )

    def __init__(self, term: Term, *args, **kwargs):
        super().__init__(*args, initial={"value": term.value, "note": term.basis}, **kwargs)
        units = {
            "day": "дней", "working_day": "рабочих дней", "month": "месяцев", "year": "лет",
        }  # fmt: skip
        self.fields["value"].label = f"Срок, {units[term.unit]}"


class TermFilter(forms.Form):
    """Filters of the list, read from the address."""

    group = forms.ChoiceField(label="О чём", choices=[("", "всё"), *GROUPS.items()], required=False)
    show = forms.ChoiceField(
        label="Показать",
        choices=[("", "все"), ("own", "свои"), ("unchecked", "не сверенные с нормой")],
        required=False,
    )


class CalendarDayForm(ServiceForm):
    day = forms.DateField(label="День")
    working = forms.TypedChoiceField(
        label="Какой он у вас",
        choices=[("", "выберите"), ("0", "нерабочий"), ("1", "рабочий")],
        coerce=lambda value: value == "1",
    )
    title = forms.CharField(
        label="Почему", max_length=120, help_text="Например: перенос с субботы 4 января."
    )
