"""What a token of the API may be allowed to read; an upper floor adds its own scopes with `register`."""

from collections.abc import Callable
from dataclasses import dataclass

from mentoring.core.access import Verdict
from people.models import Membership
from people.permissions import can_read_organization


@dataclass(frozen=True)
class Scope:
    """`can`: the right that the author of a token needs himself, when he gives it out and at each use."""

    code: str
    title: str
    can: Callable[[Membership], Verdict]


SCOPES: dict[str, Scope] = {}


def register(code: str, title: str, can: Callable[[Membership], Verdict]) -> None:
    SCOPES[code] = Scope(code, title, can)


def open_to(membership: Membership) -> list[Scope]:
    """Scopes that the member may read himself, so may give out."""
    return [scope for scope in SCOPES.values() if scope.can(membership)]


def titles(codes: list[str]) -> list[str]:
    """In the order of registration."""
    return [scope.title for code, scope in SCOPES.items() if code in codes]


register("organization:read", "карточка организации", can_read_organization)
