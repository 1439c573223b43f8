"""Forms of «Мои данные»."""

from django import forms

from mentoring.core.forms import ServiceForm


class ContactsForm(ServiceForm):
    email = forms.EmailField(
        label="Электронная почта",
        required=False,
        help_text="Необязательно. Её видят куратор и те, с кем вы работаете в паре.",
    )
    phone = forms.CharField(
        label="Телефон", max_length=40, required=False, help_text="Необязательно."
    )


class CorrectionForm(ServiceForm):
    text = forms.CharField(
        label="Что исправить",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Например: категория с 15.05.2026 – высшая. Номера документов не пишите.",
    )
