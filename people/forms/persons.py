"""Forms of the staff list: card, leaving, forms of the name, filter."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm, ServiceModelForm
from mentoring.core.working_hours import read_working_hours
from people.models import Person
from people.models.accounts import Role

CASES = [
    ("nomn", "именительный (кто?)"),
    ("gent", "родительный (кого?)"),
    ("datv", "дательный (кому?)"),
    ("accs", "винительный (кого?)"),
    ("ablt", "творительный (кем?)"),
    ("loct", "предложный (о ком?)"),
]


# Pupils have a list of their own, and only where the school mentors pupils.
STAFF_KINDS = [choice for choice in Person.Kind.choices if choice[0] != Person.Kind.PUPIL]


class PersonForm(ServiceModelForm):
    """Card of a person; the school is never asked: it is the school of the page."""

    class Meta:
        model = Person
        fields = [
            "kind", "last_name", "first_name", "patronymic", "sex", "job_title", "subject", "institution",
            "email", "phone", "employed_from", "employed_to", "new_in_post_since", "category",
            "category_date", "teaching_since", "teaching_years", "teaching_years_on",
            "here_years", "here_years_on", "working_hours", "birth_year",
        ]  # fmt: skip
        help_texts = {
            "subject": "Например: «математика», «старшая группа». Помогает подобрать пару.",
            "job_title": "Как в приказах, со строчной буквы: «учитель математики».",
            "email": "На этот адрес портал предложит отправить ссылку для входа.",
            "employed_to": "Очистите, если увольнение записано по ошибке. Роли нужно будет дать снова.",
            "new_in_post_since": "Только для тех, кто впервые занял эту должность.",
            "here_years": "Только если стаж в организации длиннее, чем с даты приёма: был перерыв.",
            "teaching_since": "Если дата неизвестна, укажите стаж в годах ниже.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = STAFF_KINDS
        if not self.instance.employed_to:
            # Leaving has a page of its own; here the date is only mended or taken back.
            del self.fields["employed_to"]

    def clean_working_hours(self):
        text = self.cleaned_data["working_hours"].strip()
        try:
            read_working_hours(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean_birth_year(self):
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1920 <= year <= timezone.localdate().year - 5:
            raise forms.ValidationError("Проверьте год рождения: четыре цифры, например 1985.")
        return year


class LeaveForm(ServiceForm):
    on = forms.DateField(label="Последний рабочий день")


class WordFormsForm(ServiceForm):
    """Own forms of the name and the post by case; an empty field means «как предлагает портал»."""

    def __init__(self, person: Person, proposals: dict[str, dict[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for kind, own in (("name", person.name_forms), ("post", person.job_title_forms)):
            for code, label in CASES:
                self.fields[f"{kind}_{code}"] = forms.CharField(
                    label=f"{'ФИО' if kind == 'name' else 'Должность'}, {label}",
                    required=False, max_length=300, initial=own.get(code, ""),
                    help_text=f"Портал пишет: {proposals[kind][code]}",
                )  # fmt: skip

    def service_arguments(self) -> dict:
        return {"name_forms": self._own("name"), "job_title_forms": self._own("post")}

    def _own(self, kind: str) -> dict[str, str]:
        """Only what differs from the proposal is kept, so that better grammar reaches the card."""
        typed = {code: self.cleaned_data[f"{kind}_{code}"].strip() for code, _ in CASES}
        return {
            code: text
            for code, text in typed.items()
            if text and text != self.proposals[kind][code]
        }


class PeopleFilter(forms.Form):
    """Filters of the list, read from the address."""

    NOW, LEFT, ALL = "now", "left", "all"
    kind = forms.ChoiceField(label="Кто", required=False, choices=[("", "все"), *STAFF_KINDS])
    role = forms.ChoiceField(label="Роль", required=False, choices=[("", "любая"), *Role.choices])
    status = forms.ChoiceField(
        label="Работает", required=False,
        choices=[("", "сейчас"), (LEFT, "уже нет"), (ALL, "все")],
    )  # fmt: skip
