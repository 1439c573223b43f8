"""The code by mail at sign-in, limited although many requests may ask at the same moment."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import LOGIN_BY_CODE_MAX_ATTEMPTS, LOGIN_BY_CODE_TIMEOUT
from allauth.account.forms import ConfirmLoginCodeForm

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
