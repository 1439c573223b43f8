"""Choosing the education authority and leaving it."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.models import Organization


class AuthorityChoice(forms.ModelChoiceField):
    def label_from_instance(self, organization) -> str:
        return organization.full_name


class AuthorityForm(ServiceForm):
    authority = AuthorityChoice(
        Organization.objects.none(), label="Орган управления образованием", empty_label="не выбран",
        error_messages={"invalid_choice": "Такого органа в портале нет. Выберите из списка."},
    )  # fmt: skip
    starts_on = forms.DateField(label="С какого дня")

    def __init__(self, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Organization.objects.filter(institution_type=Organization.Type.AUTHORITY)
        self.fields["authority"].queryset = rows.exclude(pk=organization.pk)


class ReleaseForm(ServiceForm):
    ends_on = forms.DateField(label="Последний день")
