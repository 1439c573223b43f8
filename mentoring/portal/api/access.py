"""Who reads the API: a token with the scope, so many times a minute."""

from django.conf import settings
from django.utils import timezone
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle

from people.api_scopes import SCOPES
from people.models import ApiToken
from people.services import api_tokens

NO_SCOPE = "Этому токену нельзя читать: {title}. Выдайте токен с этим правом на странице «Организация» → «Доступ для программ»."


class TokenAuth(HttpBearer):
    """Puts the token into `request.auth`; with `scope` also asks that it holds it. Session and cookies play no part."""

    openapi_description = (
        "Токен выдают куратор и администратор портала: «Организация» → «Доступ для программ»."
    )

    def __init__(self, scope: str = ""):
        super().__init__()
        self.scope = scope

    def authenticate(self, request, token: str) -> ApiToken | None:
        found = api_tokens.find(token, on=timezone.localdate())
        if found and self.scope and self.scope not in found.scopes:
            raise AuthorizationError(message=NO_SCOPE.format(title=SCOPES[self.scope].title))
        return found


class TokenThrottle(SimpleRateThrottle):
    """Counts in the default cache, which all processes share."""

    def __init__(self):
        super().__init__(settings.API_RATE)

    def get_cache_key(self, request) -> str:
        return f"api-token-{request.auth.pk}"
