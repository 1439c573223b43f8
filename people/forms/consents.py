"""Forms of consents."""

import datetime as dt

from django import forms
from django.utils import timezone
from django_prose_editor.fields import ProseEditorFormField

from mentoring.core.forms import DateInput, ServiceForm
from people.models import Consent, ConsentText, Membership, Person, PublicAddress, SignatureJoining
from people.models.consents import ConsentKind, PublicItem

EDITOR = {"Bold": True, "Italic": True, "HardBreak": True, "BulletList": True, "OrderedList": {"enableListAttributes": False}, "ListItem": True, "History": True}  # fmt: skip
STAFF_KINDS = [choice for choice in ConsentKind.choices if choice[0] != ConsentKind.REPRESENTATIVE]


def kinds_for(organization) -> list[tuple[str, str]]:
    """Without pupils there is no representative, and the word does not appear (N-5)."""
    return ConsentKind.choices if organization.works_with_pupils else STAFF_KINDS


class PeopleTicks(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person) -> str:
        return ", ".join(filter(None, [person.full_name, person.job_title]))


def present(organization):
    """Everybody who is with the school today; pupils only where the school mentors them."""
    people = Person.objects.of(organization).active_on(timezone.localdate())
    return people if organization.works_with_pupils else people.exclude(kind=Person.Kind.PUPIL)


class AskForm(ServiceForm):
    kind = forms.ChoiceField(label="Какое согласие", choices=[])
    people = PeopleTicks(Person.objects.none(), label="У кого")

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_for(organization)
        self.fields["people"].queryset = present(organization)


class SignForm(ServiceForm):
    """Password, or the code that was sent for this text."""

    password = forms.CharField(
        label="Пароль", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        required=False, strip=False,
    )  # fmt: skip
    code = forms.CharField(
        label="Код из письма", required=False, max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def __init__(self, *args, with_code: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not with_code:
            del self.fields["code"]
        self.helper.render_required_fields = True

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("password") and not cleaned.get("code"):
            self.add_error("password", "Введите пароль: им вы подписываете этот текст.")
        return cleaned


class ChoicesForm(forms.Form):
    """Item by item and address by address; nothing is ticked beforehand (152-ФЗ, ст. 10.1 ч. 8)."""

    def __init__(self, consent: Consent, *args, **kwargs):
        super().__init__(*args, **kwargs)
        organization = consent.organization
        self.addresses = list(PublicAddress.objects.of(organization).filter(archived=False))
        self.items = [PublicItem(code) for code in consent.text.data_items]
        for item in self.items:
            for address in self.addresses:
                self.fields[f"{item}-{address.pk}"] = forms.BooleanField(
                    label=f"{item.label}: {address.title}", required=False,
                    widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                )  # fmt: skip
            self.fields[f"{item}-condition"] = forms.CharField(
                label=f"Условия: {item.label}", required=False, max_length=300,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )  # fmt: skip

    def rows(self):
        """(label of the item, ticks by address, field of the condition) for the template."""
        for item in self.items:
            ticks = [(address, self[f"{item}-{address.pk}"]) for address in self.addresses]
            yield item.label, ticks, self[f"{item}-condition"]

    def choices(self) -> list[dict]:
        return [
            {
                "item": item,
                "address": address,
                "allowed": self.cleaned_data[f"{item}-{address.pk}"],
                "condition": self.cleaned_data[f"{item}-condition"],
            }
            for item in self.items
            for address in self.addresses
        ]


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, membership) -> str:
        return membership.person.short_name


def witnesses(organization):
    """Who may have seen the original: members with an account."""
    rows = Membership.objects.of(organization).filter(user__isnull=False)
    return rows.select_related("person").order_by("person__last_name", "person__first_name")


class MarkForm(ServiceForm):
    """Papers received: one date, one witness, one outcome for all ticked."""

    OUTCOMES = [("given", "дано"), ("refused", "отказ"), ("withdrawn", "отозвано")]
    outcome = forms.ChoiceField(label="Что в бумаге", choices=OUTCOMES)
    on = forms.DateField(label="Дата на бумаге", widget=DateInput)
    saw_original = MemberChoice(
        Membership.objects.none(), label="Кто видел подлинник", empty_label=None
    )

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["saw_original"].queryset = witnesses(organization)

    def clean_on(self):
        return not_ahead(self.cleaned_data["on"])


class PaperForm(ServiceForm):
    """One paper with its scan."""

    on = forms.DateField(label="Дата на бумаге", widget=DateInput)
    saw_original = MemberChoice(
        Membership.objects.none(), label="Кто видел подлинник", empty_label=None
    )
    scan = forms.FileField(
        label="Скан", required=False, help_text="PDF, JPEG или PNG. Без паспортных строк: закройте их листом."
    )  # fmt: skip

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["saw_original"].queryset = witnesses(organization)

    def clean_on(self):
        return not_ahead(self.cleaned_data["on"])


class SigForm(ServiceForm):
    on = forms.DateField(label="Дата подписи", widget=DateInput)
    signature = forms.FileField(label="Файл подписи (.sig)")

    def clean_on(self):
        return not_ahead(self.cleaned_data["on"])


def not_ahead(day: dt.date) -> dt.date:
    if day > timezone.localdate():
        raise forms.ValidationError("Эта дата ещё не наступила.")
    return day


class TextForm(ServiceForm):
    title = forms.CharField(label="Заголовок", max_length=200)
    purpose = forms.CharField(
        label="Цель обработки", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    data_items = forms.CharField(
        label="Перечень данных", required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Каждый вид данных с новой строки. Просите только то, что нужно.",
    )  # fmt: skip
    body = ProseEditorFormField(label="Текст", config={"extensions": EDITOR}, sanitize=True)
    term_months = forms.IntegerField(
        label="Действует, месяцев", required=False, min_value=1, max_value=120,
        help_text="Пусто – до отзыва.",
    )  # fmt: skip

    def __init__(self, text: ConsentText, *args, **kwargs):
        names = ("title", "purpose", "body", "term_months")
        initial = {name: getattr(text, name) for name in names}
        self.fixed_items = text.data_items if text.kind == ConsentKind.DISSEMINATION else None
        initial["data_items"] = "\n".join(text.data_items)
        super().__init__(*args, initial=initial, **kwargs)
        if self.fixed_items is not None:
            del self.fields["data_items"]

    def service_arguments(self) -> dict:
        values = dict(self.cleaned_data)
        lines = values.get("data_items", "").splitlines()
        values["data_items"] = (
            [line.strip() for line in lines if line.strip()]
            if self.fixed_items is None
            else self.fixed_items
        )
        return values


class AddressForm(ServiceForm):
    title = forms.CharField(label="Что это", max_length=200, help_text="Например: «Сайт школы, раздел „Наставничество“».")  # fmt: skip
    url = forms.CharField(
        label="Адрес", max_length=200, help_text="Вместе с разделом: «school.example/nastavnichestvo»."
    )  # fmt: skip


def not_joined(organization):
    """Adults of the school who may not sign in the portal yet."""
    joined = SignatureJoining.objects.of(organization).filter(ended_on=None)
    people = present(organization).exclude(kind=Person.Kind.PUPIL)
    return people.exclude(pk__in=joined.values("person"))


class JoiningForm(ServiceForm):
    people = PeopleTicks(Person.objects.none(), label="Кто подписал заявление")
    on = forms.DateField(label="Дата заявлений", widget=DateInput)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = not_joined(organization)

    def clean_on(self):
        return not_ahead(self.cleaned_data["on"])


class ConsentFilter(forms.Form):
    kind = forms.ChoiceField(label="Согласие", required=False)
    state = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "все"), *Consent.State.choices]
    )
    ending = forms.BooleanField(label="Заканчиваются за 30 дней", required=False)

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "все"), *kinds_for(organization)]
