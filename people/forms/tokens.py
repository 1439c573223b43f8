"""Giving out a token of the API."""

import datetime as dt

from django import forms

from mentoring.core.forms import ServiceForm
from people.api_scopes import open_to
from people.models import ApiToken, Membership

USUAL = dt.timedelta(days=180)


class TokenForm(ServiceForm):
    name = forms.CharField(
        label="Для чего", max_length=120, help_text=ApiToken._meta.get_field("name").help_text
    )
    scopes = forms.MultipleChoiceField(
        label="Что можно читать", widget=forms.CheckboxSelectMultiple,
        help_text="Отметьте только нужное. Здесь то, что вы читаете сами.",
        error_messages={"required": "Отметьте хотя бы одно."},
    )  # fmt: skip
    expires_on = forms.DateField(label="Действует по", help_text="Не дольше года.")

    def __init__(self, *args, by: Membership, today: dt.date, **kwargs):
        super().__init__(*args, initial={"expires_on": today + USUAL}, **kwargs)
        self.fields["scopes"].choices = [(one.code, one.title) for one in open_to(by)]
