"""What is asked before any page: is the session still in use, does the role need a second factor."""

import time

from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.shortcuts import redirect

from people import second_factor
from people.rate_limits import too_many_wrong_links

ASK = "Для вашей роли нужен второй шаг при входе. Настройте его: понадобится телефон."


# The same for all, or opened by a token: nothing may be read of the visitor there.
PUBLIC = ("/p/", "/v/", "/api/", "/healthz", "/readyz", "/metrics", "/robots.txt")
OPEN = (*PUBLIC, "/accounts/", "/q/", "/r/")
SEEN = "seen_at"
NOTE_EVERY = 5 * 60  # seconds: one write in five minutes, not one a page


def note_sign_in(sender, request, **kwargs) -> None:
    request.session[SEEN] = int(time.time())


user_logged_in.connect(note_sign_in, dispatch_uid="note_sign_in")


# Addresses that are keys; what a link that opens nothing is answered with.
LINKS = {"/q/": 404, "/r/": 404, "/cal/": 404, "/v/": 404, "/accounts/invite/": 410}


class WrongLinksMiddleware:
    """Whoever tries many links that open nothing is asked to wait; right links are never counted nor stopped."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        wrong = next(
            (code for start, code in LINKS.items() if request.path.startswith(start)), None
        )
        if response.status_code == wrong and too_many_wrong_links(request):
            return respond_429(request)
        return response


class IdleMiddleware:
    """A session nobody has used for `SESSION_IDLE_MINUTES` ends: the computer of a staff room is shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        seen = request.session.get(SEEN) if known and not request.path.startswith(PUBLIC) else None
        if seen is not None:
            now = int(time.time())
            if now - seen > settings.SESSION_IDLE_MINUTES * 60:
                logout(request)
            elif now - seen > NOTE_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Who must have a second factor and has no address sets up a code generator first.

    Costs nothing for those who have an address: they got a code at sign-in.
    """

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
