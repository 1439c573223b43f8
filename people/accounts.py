"""How allauth behaves here: no sign-up, Russian subjects, sign-in only for invited people."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
