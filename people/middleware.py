"""Second factor by role: who must have one and has no address sets up a code generator first."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from people import second_factor

OPEN = ("/accounts/", "/healthz", "/readyz", "/p/", "/v/", "/q/", "/r/", "/api/")
ASK = "Для вашей роли нужен второй шаг при входе. Настройте его: понадобится телефон."


class SecondFactorMiddleware:
    """Costs nothing for those who have an address: they got a code at sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.open = (*OPEN, settings.STATIC_URL)

    def __call__(self, request):
        if self.must_set_up(request):
            messages.warning(request, ASK)
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def must_set_up(self, request) -> bool:
        if request.path.startswith(self.open) or not request.user.is_authenticated:
            return False
        if request.user.email:
            return False
        memberships = second_factor.memberships_with_roles(request.user)
        return second_factor.must_set_up(request.user, memberships)
