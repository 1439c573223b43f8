"""allauth's limits (`ACCOUNT_RATE_LIMITS`), counted by our table in place of the cache.

allauth names no place to plug a counter in, so three of its names are replaced at the start;
`tests/people/test_rate_limits.py` fails when a new version no longer goes through them.
"""

from dataclasses import dataclass

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit

from people.services import tries

WRONG_LINKS = {"limit": 60, "seconds": 60}  # of one address


@dataclass(frozen=True)
class Taken:
    """One try that was taken; allauth gives back those that were right."""

    key: str

    def rollback(self) -> None:
        tries.give_back(self.key)


def consume(request, *, app, action, rate, key=None, user=None, dry_run=False, raise_exception=False):  # fmt: skip
    """In place of `_consume_single_rate`."""
    name = hashed(request, app, action, rate, key, user)
    if dry_run:
        allowed = tries.is_left(name, limit=rate.amount)
    else:
        allowed = tries.take(name, limit=rate.amount, seconds=rate.duration)
    if not allowed and raise_exception:
        raise RateLimited
    return Taken(name) if allowed else None


def clear(request, *, app, action, config=None, key=None, user=None) -> None:
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        if (
            rate.per != "ip"
        ):  # success with one account wipes nothing of the others behind the same address
            tries.clear(hashed(request, app, action, rate, key, user))


def hashed(request, app, action, rate, key, user) -> str:
    words = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
    return tries.key_of(words)


def install() -> None:
    ratelimit._consume_single_rate = consume
    ratelimit.clear = clear


def too_many_wrong_links(request) -> bool:
    """Counts a link that opens nothing. Right links are never counted: a whole school answers from one address."""
    return not tries.take(tries.key_of("link", ratelimit.get_ip(request)), **WRONG_LINKS)
