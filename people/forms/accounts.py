"""Forms of roles and of the invitation."""

from django import forms

from mentoring.core.forms import ServiceForm
from people.models.accounts import Role


class RoleForm(ServiceForm):
    role = forms.ChoiceField(label="Роль", choices=Role)
    on = forms.DateField(label="С какого дня")
    until = forms.DateField(
        label="По какой день", required=False, help_text="Оставьте пустым, если срок не определён."
    )


class EndRoleForm(ServiceForm):
    on = forms.DateField(label="Последний день роли")


class AcceptForm(ServiceForm):
    """What an invited person types; the password is checked by the service."""

    email = forms.EmailField(
        label="Электронная почта", help_text="С этим адресом вы будете входить.",
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Пароль", strip=False,
        help_text="Не короче 10 знаков. Удобнее всего три-четыре слова подряд.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip


class JoinForm(ServiceForm):
    """Nothing to type: the person is signed in already."""
