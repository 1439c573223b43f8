"""A code by mail and a link of a reset, each taken so often as it may although many ask at the same moment."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import LOGIN_BY_CODE_MAX_ATTEMPTS, LOGIN_BY_CODE_TIMEOUT
from allauth.account.forms import ConfirmLoginCodeForm, ResetPasswordKeyForm
from django.conf import settings
from django.core.exceptions import ValidationError

from people.services import tries


class CodeForm(ConfirmLoginCodeForm):
    """allauth counts the tries of a code in the session, which two requests read at once; here, by the code itself."""

    def clean_code(self) -> str:
        key = tries.key_of("code", str(self.expected_code))
        if self.expected_code and not tries.take(
            key, limit=LOGIN_BY_CODE_MAX_ATTEMPTS, seconds=LOGIN_BY_CODE_TIMEOUT
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()


class ResetForm(ResetPasswordKeyForm):
    """The link dies with the password it was made for, but two that read it at once would both set one."""

    def clean(self) -> dict:
        data = super().clean()
        key = tries.key_of("reset", str(self.user.pk), self.temp_key)
        if not self.errors and not tries.take(key, limit=1, seconds=settings.PASSWORD_RESET_TIMEOUT):  # fmt: skip
            raise ValidationError(
                "Ссылка уже использована. Запросите новую: «Забыли свой пароль?»."
            )
        return data
