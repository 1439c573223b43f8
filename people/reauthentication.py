"""The password again before what counts as a decision: an open page of somebody who went for tea decides nothing."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator

from mentoring.core.access import Verdict, allow_if

WITHOUT = (
    "Утверждать может тот, у кого есть пароль или код из приложения: портал спрашивает их перед каждым "
    "решением. Задайте пароль на странице «Мои данные»."
)


def can_prove_identity(user) -> Verdict:
    """Without both the question could not be asked, and allauth would let the person through."""
    generator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return allow_if(user.has_usable_password() or generator.exists(), WITHOUT)


def ask_again(request) -> None:
    """Once in five minutes (`ACCOUNT_REAUTHENTICATION_TIMEOUT`); a form that was sent goes on after the answer.

    Called by the view after its check of the right, so that a stranger hears of the right first.
    """
    can_prove_identity(request.user).require()
    reauthentication_required(lambda request: None)(request)
