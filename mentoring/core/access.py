"""«May I»: verdicts returned by every `permissions.py`."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """Answer of a `can_<verb>` function; `reason` is Russian and empty when `ok`."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.ok

    def require(self) -> None:
        """Raise PermissionDenied (shown as the 403 page with the reason) unless allowed."""
        if not self.ok:
            raise PermissionDenied(self.reason)


ALLOWED = Verdict(True)


def deny(reason: str) -> Verdict:
    return Verdict(False, reason)


def allow_if(condition: object, reason: str) -> Verdict:
    return ALLOWED if condition else deny(reason)
