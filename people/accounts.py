"""How allauth behaves here: no sign-up, sign-in only for invited people, a code by e-mail for some roles."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import (
    AuthenticationBackend,
    filter_users_by_email,
    get_user_by_username,
)
from allauth.account.internal.stagekit import clear_login
from allauth.core.internal import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mentoring.core.outages import MailAway
from people import second_factor
from people.services import sessions

TOO_MANY = (
    "Слишком много неверных попыток подряд. Подождите пять минут. Если пароль забыт, задайте новый: "
    "«Забыли свой пароль?»; без почты попросите у куратора карточку доступа."
)


ANYWHERE = {"app": "allauth.account", "action": "login_failed_anywhere"}


def name_of(credentials: dict) -> str:
    """What was typed as the name or the address."""
    return (credentials.get("email") or credentials.get("username") or "").lower()


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": TOO_MANY}

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """Of the account at one address: a stranger elsewhere cannot lock the owner out with five tries.

        Without the host of the request: a portal that answers to two names has no two limits.
        """
        return f"{ratelimit.get_ip(request)}:{name_of(credentials)}"

    def pre_authenticate(self, request, **credentials) -> None:
        """Counts before the password is looked at; a right one is given back."""
        super().pre_authenticate(request, **credentials)
        anywhere = {**ANYWHERE, "key": name_of(credentials)}
        taken = ratelimit.consume(request, **anywhere)
        if not taken:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += taken.usage

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """A new password by the letter lifts both limits."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, **ANYWHERE, key=name_of(credentials))

    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_login(self, request, user, **kwargs):
        """Whoever has no role today in any school hears so in place of empty pages."""
        refused = super().pre_login(request, user, **kwargs)
        if refused is None and not sessions.has_school(user, timezone.localdate()):
            clear_login(request)
            refused = self.respond_user_inactive(request, user)
        return refused

    def send_mail(self, template_prefix, email, context) -> None:
        """Sent at once, not through the outbox: a code waits for nobody, and no table should hold it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one too
            raise MailAway from error

    def is_login_by_code_required(self, login) -> bool:
        """After the password, for roles that need a second factor and have no code generator.

        Accounts here keep the address on the user, so it is handed to the stage that mails the code.
        """
        user = login.user
        if super().is_login_by_code_required(login):
            return True
        if not user.email or is_mfa_enabled(user) or signed_in_by_code(self.request, user):
            return False
        if not second_factor.is_demanded(second_factor.memberships_with_roles(user)):
            return False
        login.email = login.email or user.email
        return True


class PasswordBackend(AuthenticationBackend):
    """Name or address and password. One hashing whoever is asked for, so that the time of a refusal tells nothing."""

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user is None and credentials.get("password"):
            raise PermissionDenied  # no other backend hashes it again
        return user

    def _authenticate(self, request, **credentials):
        name, email = credentials.get("username"), credentials.get("email")
        user = get_user_by_username(name) if name else None
        for address in (email, name):
            if user is None and address:
                found = filter_users_by_email(
                    address, is_active=True, prefer_verified=True, for_login=True
                )
                user = found[0] if found else None
        return self._check_password(user, credentials["password"])


def signed_in_by_code(request, user) -> bool:
    """The code by e-mail was the way in already."""
    from allauth.account.internal.flows.login import get_authentication_records

    records = get_authentication_records(request, user)
    return bool(records) and records[-1]["method"] == "code"
