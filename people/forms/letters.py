"""What a person wants by e-mail."""

from django import forms

from mentoring.core.forms import ServiceForm
from people import reminders
from people.models import LetterChoice


class LetterChoiceForm(ServiceForm):
    digest = forms.BooleanField(
        label="Напоминания одним письмом в день", required=False,
        help_text="Только о том, чего вы ещё не сделали. Если нечего напомнить, письма нет.",
    )  # fmt: skip
    at_once = forms.BooleanField(
        label="Письма о событиях, которые касаются лично меня", required=False,
        help_text="Приглашение, предложение пары, утверждение программы.",
    )  # fmt: skip
    muted = forms.MultipleChoiceField(
        label="О чём не напоминать письмом", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Колокольчик в портале покажет и это.",
    )  # fmt: skip

    def __init__(self, choice: LetterChoice | None, *args, keeps: bool, **kwargs):
        chosen = choice or LetterChoice()
        initial = {name: getattr(chosen, name) for name in ("digest", "at_once", "muted")}
        super().__init__(*args, initial=initial, **kwargs)
        titles = reminders.TITLES.items()
        self.fields["muted"].choices = [row for row in titles if keeps or row[0] not in reminders.OFFICE]  # fmt: skip
