"""Forms of the papers: the draft, its text, its stamps, bases and annexes, and the filter of the list."""

import datetime as dt

from django import forms
from django.db import models
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField

from mentoring.core.forms import DateInput, ServiceForm
from people.models import Person
from roadmap import documents as builders
from roadmap import values as value_kinds
from roadmap.kinds import KINDS, Register
from roadmap.models import Document, Roadmap
from roadmap.services.packages import free_annexes

# Only the elements that mentoring/core/rich_text.py lets through.
EXTENSIONS = {
    "Bold": True, "Italic": True, "Underline": True, "HardBreak": True, "Link": {"enableTarget": False},
    "Heading": {"levels": [2, 3]}, "BulletList": True, "OrderedList": {"enableListAttributes": False}, "ListItem": True,
    "Table": True, "TableRow": True, "TableHeader": True, "TableCell": True, "History": True,
}  # fmt: skip
NOT_OURS = "Такого человека нет в списке сотрудников. Выберите из списка."
NO_ROADMAP = "Такой дорожной карты нет. Выберите из списка."
NO_PAPER = "Такого документа нет среди готовящихся. Выберите из списка."


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, queryset, **kwargs):
        super().__init__(
            queryset, empty_label="не выбран", error_messages={"invalid_choice": NOT_OURS}, **kwargs
        )

    def label_from_instance(self, person) -> str:
        return with_post(person)


class PersonsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, **kwargs):
        errors = {"invalid_choice": NOT_OURS, "invalid_pk_value": NOT_OURS}
        super().__init__(queryset, error_messages=errors, **kwargs)

    def label_from_instance(self, person) -> str:
        return with_post(person)


class PaperChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, queryset, **kwargs):
        errors = {"invalid_choice": NO_PAPER, "invalid_pk_value": NO_PAPER}
        super().__init__(queryset, error_messages=errors, **kwargs)

    def label_from_instance(self, document) -> str:
        return f"{document.full_title} ({document.get_state_display()})"


def with_post(person: Person) -> str:
    return ", ".join(filter(None, [person.full_name, person.job_title]))


def staff(organization):
    """Those who are with the school today; pupils are not named by these papers."""
    return (
        Person.objects.of(organization)
        .active_on(timezone.localdate())
        .exclude(kind=Person.Kind.PUPIL)
    )


def question(field: builders.Field, organization) -> forms.Field:
    """Form field for one question of a paper."""
    common = {"label": field.label, "required": field.required, "help_text": field.help}
    if field.kind == "person":
        return PersonChoice(staff(organization), **common)
    if field.kind == "persons":
        return PersonsChoice(staff(organization), **common)
    if field.kind == "date":
        return forms.DateField(**common)
    if field.kind in value_kinds.KINDS:
        return value_kinds.KINDS[field.kind].ask(organization, **common)
    if field.kind == "choice":
        return forms.ChoiceField(choices=field.choices, **common)
    if field.kind == "long_text":
        return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(max_length=500, **common)


def stored(value):
    """Cleaned value as it is kept in `Document.values`: ids, ISO dates, text."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(value, "model"):
        return [row.pk for row in value]
    return value


class ValuesForm(ServiceForm):
    """What a paper asks; used again when the data of a draft are mended."""

    day = forms.DateField(
        label="На какую дату составить",
        help_text="Кто руководитель на эту дату, тот и подписывает.",
    )

    def __init__(self, organization, kind: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = builders.builder(kind).FIELDS
        for field in self.questions:
            self.fields[field.name] = question(field, organization)
            if field.kind == "date":
                self.fields[field.name].widget = DateInput()
        self.order_fields([field.name for field in self.questions])

    def values(self) -> dict:
        return {field.name: stored(self.cleaned_data[field.name]) for field in self.questions}

    def service_arguments(self) -> dict:
        return {"day": self.cleaned_data["day"], "values": self.values()}


class DraftForm(ValuesForm):
    """A new paper: its questions, the roadmap, for the order its annexes."""

    def __init__(self, organization, kind: str, *args, **kwargs):
        super().__init__(organization, kind, *args, **kwargs)
        self.kind = kind
        self.ask_roadmap(organization)
        if kind == "regulation_order":
            self.ask_annexes(organization)

    def ask_roadmap(self, organization) -> None:
        roadmaps = Roadmap.objects.of(organization)
        self.fields["roadmap"] = forms.ModelChoiceField(
            roadmaps, label="Дорожная карта", required=self.kind == "roadmap", empty_label="не нужна",
            help_text="Из неё берут учебный год.", error_messages={"invalid_choice": NO_ROADMAP},
        )  # fmt: skip

    def ask_annexes(self, organization) -> None:
        free = free_annexes(organization)
        self.fields["annexes"] = PaperChoice(
            free, label="Что утверждает приказ", required=False,
            help_text="Черновики и документы на утверждении. Приказ утвердит их как приложения.",
        )  # fmt: skip
        self.fields["create_annexes"] = forms.BooleanField(
            label="Создать и приложить Положение и дорожную карту", required=False,
            help_text="Портал составит те из двух документов, что не отмечены выше.",
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        asked = "annexes" in self.fields and not self.has_error("annexes")
        if asked and not (cleaned.get("annexes") or cleaned.get("create_annexes")):
            self.add_error(
                "annexes", "Выберите, что утверждает приказ, или отметьте «Создать и приложить»."
            )
        return cleaned

    def service_arguments(self) -> dict:
        arguments = {
            **super().service_arguments(),
            "kind": self.kind,
            "roadmap": self.cleaned_data["roadmap"],
        }
        if "annexes" in self.fields:
            arguments["annexes"] = list(self.cleaned_data["annexes"])
            arguments["create_annexes"] = self.cleaned_data["create_annexes"]
        return arguments


class TextForm(ServiceForm):
    """Title and body of a draft; a script typed or pasted into the body is refused with a sentence."""

    title = forms.CharField(label="Заголовок", max_length=400)
    body = ProseEditorFormField(
        label="Текст", config={"extensions": EXTENSIONS},
        help_text="Номера пунктов портал ставит сам: пользуйтесь нумерованным списком и не пишите их руками.",
    )  # fmt: skip

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if "<script" in body.lower() or "javascript:" in body.lower():
            raise forms.ValidationError(
                "В тексте есть программный код. Уберите его: в документе нужен только текст."
            )
        return body


class DocumentFilter(forms.Form):
    """Filters of the list, read from the address."""

    kind = forms.ChoiceField(label="Вид", required=False)
    state = forms.ChoiceField(label="Состояние", required=False)
    register = forms.ChoiceField(label="Журнал", required=False)
    year = forms.TypedChoiceField(label="Год", required=False, coerce=int, empty_value=None)

    def __init__(self, years: list[int], *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(kind.code, kind.title) for kind in KINDS.values()]
        self.fields["kind"].choices = [("", "все"), *kinds]
        self.fields["state"].choices = [("", "любое"), *Document.State.choices]
        self.fields["register"].choices = [("", "все"), *Register.choices]
        self.fields["year"].choices = [("", "все"), *[(year, str(year)) for year in years]]
