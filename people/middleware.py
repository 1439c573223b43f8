"""Second factor by role: who holds one of MFA_REQUIRED_ROLES today must have a code generator."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from people.models import RoleGrant

OPEN = ("/accounts/", "/healthz", "/readyz", "/p/", "/v/", "/q/")
ASK = "Для вашей роли нужен второй шаг при входе. Настройте его: понадобится телефон."


class SecondFactorMiddleware:
    """Costs nothing while the setting is empty or nobody is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.open = (*OPEN, settings.STATIC_URL)

    def __call__(self, request):
        if self.must_set_up(request):
            messages.warning(request, ASK)
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def must_set_up(self, request) -> bool:
        roles = settings.MFA_REQUIRED_ROLES
        if not roles or request.path.startswith(self.open) or not request.user.is_authenticated:
            return False
        grants = RoleGrant.objects.filter(membership__user=request.user, role__in=roles)
        return grants.active_on(timezone.localdate()).exists() and not is_mfa_enabled(request.user)
