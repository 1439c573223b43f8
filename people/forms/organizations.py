"""Requisites and settings of the school (R-914)."""

from django import forms

from mentoring.core.forms import ServiceModelForm
from people.models import Organization
from people.models.accounts import Role

REQUISITES = [
    "full_name", "short_name", "institution_type", "founder", "address", "place", "phone", "email",
    "site", "inn", "ogrn", "head_title",
]  # fmt: skip
OPTIONS = [
    "mentee_term", "has_trade_union", "works_with_pupils", "pupils_have_accounts", "addendum_required",
    "mentee_duty_consent", "simple_signature_allowed", "simple_signature_basis", "anonymous_minimum",
    "mentor_min_teaching_years", "mentor_min_here_years", "mentor_category_required",
    "head_approves_programs", "program_min_months", "program_max_months", "mentor_capacity",
    "notice_days", "number_year", "roles_with_second_factor",
]  # fmt: skip
PRINTED = {
    "full_name": "Печатается в бланке приказов и на первой странице положений.",
    "short_name": "Печатается в тексте документов и в отметках «Приложение к приказу…».",
    "founder": "Первая строка бланка. Как в уставе.",
    "address": "Строка реквизитов в бланке.",
    "place": "Печатается под датой приказа: «г. Заречье».",
    "phone": "Строка реквизитов в бланке.",
    "email": "Строка реквизитов в бланке и публичная страница.",
    "site": "Строка реквизитов в бланке. Без «https://».",
    "inn": "Строка реквизитов в бланке, если заполнено.",
    "ogrn": "Строка реквизитов в бланке, если заполнено.",
    "head_title": "Печатается в подписи и в грифе «УТВЕРЖДАЮ».",
    "mentee_term": "Так наставляемый называется на страницах и в документах.",
    "has_trade_union": "Добавляет шаг «мнение профсоюза» положению о стимулировании.",
    "simple_signature_allowed": "Включайте, когда локальный акт принят и сотрудники присоединились к нему.",
    "number_year": "Номер документа не повторяется в журнале за этот год.",
}


class SettingsForm(ServiceModelForm):
    full_name_gent = forms.CharField(
        label="Полное наименование в родительном падеже", required=False, max_length=400,
        help_text="Заполняйте, только если в документах портал склоняет наименование неверно.",
    )  # fmt: skip

    class Meta:
        model = Organization
        fields = [*REQUISITES, *OPTIONS]
        help_texts = PRINTED

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["roles_with_second_factor"] = forms.MultipleChoiceField(
            label="Кому нужно второе подтверждение входа", required=False,
            choices=[one for one in Role.choices if one[0] != Role.OBSERVER],
            widget=forms.CheckboxSelectMultiple, initial=self.instance.roles_with_second_factor,
            help_text="Код придёт на почту; у кого почты нет, тот настроит приложение с кодами. Устройство запоминается на 30 дней.",
        )  # fmt: skip
        for name in ("full_name", "founder", "address", "full_name_gent"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2})
        self.initial["full_name_gent"] = self.instance.name_forms.get("gent", "")

    def service_arguments(self) -> dict:
        """A changed full name forgets its old genitive unless a new one is typed.

        A long name may wrap in its field, but is one line on the paper.
        """
        values = {name: one_line(value) for name, value in self.cleaned_data.items()}
        genitive = values.pop("full_name_gent").strip()
        renamed = "full_name" in self.changed_data and "full_name_gent" not in self.changed_data
        forms_kept = {
            code: text for code, text in self.instance.name_forms.items() if code != "gent"
        }
        if renamed:
            forms_kept, genitive = {}, ""
        values["name_forms"] = {**forms_kept, **({"gent": genitive} if genitive else {})}
        return values

    @property
    def requisites(self):
        return [self[name] for name in [*REQUISITES, "full_name_gent"]]

    @property
    def options(self):
        return [self[name] for name in OPTIONS]


def one_line(value):
    return " ".join(value.split()) if isinstance(value, str) else value
