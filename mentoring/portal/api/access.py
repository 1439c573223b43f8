"""Who reads the API: a token with the scope, so many times a minute."""

from django.conf import settings
from django.utils import timezone
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

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


class TokenThrottle(BaseThrottle):
    """So many requests a minute; ninja's own throttles keep state in the process and lose counts between two."""

    def allow_request(self, request) -> bool:
        limit = settings.API_REQUESTS_PER_MINUTE
        return api_tokens.count_request(request.auth, at=timezone.now(), limit=limit)

    def wait(self) -> float:
        """Seconds to the next minute."""
        return 60 - timezone.now().timestamp() % 60
