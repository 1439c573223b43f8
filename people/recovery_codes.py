"""Spare codes of the second factor: whoever runs short of them hears it at sign-in, not on the day of the last one."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from django.contrib import messages

FEW = 3


def say_few_left(sender, request, authenticator, **kwargs) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    left = len(Authenticator.objects.get(pk=authenticator.pk).wrap().get_unused_codes())
    if left <= FEW:
        words = f"Осталось запасных кодов: {left}." if left else "Это был последний запасной код."
        messages.warning(request, f"{words} Получите новые: «Мои данные» → «Второй шаг при входе».")


authenticator_used.connect(say_few_left, dispatch_uid="say_few_left")
