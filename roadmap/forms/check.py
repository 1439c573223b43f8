"""The form of the check page."""

from django import forms

from mentoring.core.forms import ServiceForm


class CheckForm(ServiceForm):
    file = forms.FileField(
        label="Файл документа (PDF)",
        error_messages={"required": "Выберите файл.", "empty": "Файл пустой. Выберите другой."},
    )
