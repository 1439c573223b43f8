"""How allauth behaves here: no sign-up, sign-in only for invited people, a code by e-mail for some roles."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled

from mentoring.core.outages import MailAway
from people import second_factor


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

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


def signed_in_by_code(request, user) -> bool:
    """The code by e-mail was the way in already."""
    from allauth.account.internal.flows.login import get_authentication_records

    records = get_authentication_records(request, user)
    return bool(records) and records[-1]["method"] == "code"
