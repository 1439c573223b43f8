"""Forms of access: the card's password, the list of sign-ins."""

from django import forms

from mentoring.core.forms import ServiceForm


class CardPasswordForm(ServiceForm):
    password = forms.CharField(
        label="Новый пароль", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Не меньше 10 знаков, не только цифры.",
    )  # fmt: skip
    again = forms.CharField(
        label="Ещё раз",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "Пароли не совпали. Введите их ещё раз.")
        return cleaned

    def service_arguments(self) -> dict:
        return {"password": self.cleaned_data["password"]}


class AccessFilter(forms.Form):
    state = forms.ChoiceField(
        label="Вход", required=False,
        choices=[("", "все"), ("none", "нет входа"), ("sent", "выдана карточка или ссылка"), ("has", "есть вход")],
    )  # fmt: skip
    mail = forms.BooleanField(label="Без почты", required=False)
