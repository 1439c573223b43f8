"""Form of a mentor's record for attestation."""

from django import forms

from mentoring.core.forms import ServiceForm
from programs.forms.programs import area


class NoteForm(ServiceForm):
    text = forms.CharField(
        label="Дополнительно", required=False, max_length=3000, widget=area(5),
        help_text="То, чего портал не знает: открытые уроки, публикации, выступления. Имена наставляемых не пишите: бумага уйдёт из организации.",
    )  # fmt: skip
