"""Forms of reading: sending a draft, a remark, its answer, the acknowledgement sheet."""

from django import forms
from django.utils import timezone

from mentoring.core.forms import ServiceForm
from people.models import Person
from roadmap.forms.documents import PersonsChoice, staff
from roadmap.models import Acknowledgement

CLAUSE_LENGTH = 20
WORDS_SHOWN = 60


class PeopleForm(ServiceForm):
    """People by ticks, or the whole staff by one."""

    field = "people"
    all_staff = forms.BooleanField(label="Всем работникам", required=False)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields[self.field] = PersonsChoice(staff(organization), label="Кому", required=False)
        self.order_fields(["all_staff", self.field])

    def clean(self):
        cleaned = super().clean()
        if (
            not cleaned.get("all_staff")
            and not cleaned.get(self.field)
            and not self.has_error(self.field)
        ):
            self.add_error(self.field, "Выберите людей или отметьте «Всем работникам».")
        return cleaned

    def chosen(self) -> list[Person]:
        if self.cleaned_data["all_staff"]:
            return list(staff(self.organization).filter(kind=Person.Kind.EMPLOYED))
        return list(self.cleaned_data[self.field])


class AcknowledgementForm(PeopleForm):
    def service_arguments(self) -> dict:
        return {"people": self.chosen()}


class CirculationForm(PeopleForm):
    field = "readers"
    due_on = forms.DateField(label="Прочитать до", required=False)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError(
                "Эта дата уже прошла. Укажите сегодняшнюю или более позднюю."
            )
        return due_on

    def service_arguments(self) -> dict:
        return {"readers": self.chosen(), "due_on": self.cleaned_data["due_on"]}


class RemarkForm(ServiceForm):
    """A remark to one clause or to the whole text."""

    clause = forms.ChoiceField(
        label="К какому пункту", required=False,
        error_messages={"invalid_choice": "Такого пункта в этом тексте нет. Выберите из списка."},
    )  # fmt: skip
    text = forms.CharField(
        label="Замечание", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        error_messages={"required": "Напишите замечание."},
    )  # fmt: skip

    def __init__(self, clauses: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(short(number), f"{number} {words[:WORDS_SHOWN]}") for number, words in clauses]
        self.fields["clause"].choices = [("", "ко всему тексту"), *choices]


def short(number: str) -> str:
    """Name of a clause as it is kept: «Прил. 1, п. 3 2)» when the full one is too long."""
    return (
        number
        if len(number) <= CLAUSE_LENGTH
        else number.replace("Приложение", "Прил.")[:CLAUSE_LENGTH]
    )


class AnswerForm(ServiceForm):
    answer = forms.CharField(
        label="Ответ", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        error_messages={"required": "Напишите ответ."},
    )  # fmt: skip


class PaperMarksForm(ServiceForm):
    """Signatures seen on the paper sheet, many at once, with one date."""

    rows = forms.ModelMultipleChoiceField(
        Acknowledgement.objects.none(), label="Кто расписался", widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Отметьте, кто расписался.",
            "invalid_choice": "Этого человека нет среди неознакомленных. Обновите страницу.",
        },
    )  # fmt: skip
    on = forms.DateField(label="Дата на листе")

    def __init__(self, document, *args, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = document.acknowledgements.filter(acknowledged_on=None).select_related(
            "person", "document"
        )
        self.fields["rows"].queryset = waiting
        self.fields["rows"].label_from_instance = lambda row: row.person.full_name

    def service_arguments(self) -> dict:
        return {"on": self.cleaned_data["on"], "rows": list(self.cleaned_data["rows"])}
