"""Forms of pupils and representatives."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm, ServiceModelForm
from people.models import LegalRepresentative, Person

OLDEST = 25


class PupilForm(ServiceForm):
    last_name = forms.CharField(label="Фамилия", max_length=80)
    first_name = forms.CharField(label="Имя", max_length=80)
    patronymic = forms.CharField(label="Отчество", max_length=80, required=False)
    sex = forms.ChoiceField(label="Пол", choices=Person.Sex)
    school_class = forms.CharField(
        label="Класс", max_length=20, help_text="Как в школе принято: «9 А»."
    )
    birth_date = forms.DateField(
        label="Дата рождения", help_text="От неё зависит, чьё согласие нужно: с 14 лет – и ученика."
    )

    def __init__(self, *args, person: Person | None = None, **kwargs):
        if person:
            names = ("last_name", "first_name", "patronymic", "sex")
            initial = {name: getattr(person, name) for name in names}
            initial |= {
                "school_class": person.pupil.school_class,
                "birth_date": person.pupil.birth_date,
            }
            kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)

    def clean_birth_date(self):
        day, today = self.cleaned_data["birth_date"], timezone.localdate()
        if not 5 <= today.year - day.year <= OLDEST:
            raise forms.ValidationError("Проверьте год рождения обучающегося.")
        return day


class RepresentativeForm(ServiceModelForm):
    class Meta:
        model = LegalRepresentative
        fields = ["last_name", "first_name", "patronymic", "sex", "kind", "basis", "phone", "email"]


class PupilFilter(forms.Form):
    """Filters of the list, read from the address; classes are those of the school."""

    school_class = forms.ChoiceField(label="Класс", required=False)

    def __init__(self, classes, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "все"), *((name, name) for name in classes)]
        self.fields["school_class"].choices = choices
