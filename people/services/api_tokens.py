"""Tokens of the API: given out once, revoked, found again by their hash."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils import timezone

from mentoring.core.errors import RuleError
from people.api_scopes import SCOPES
from people.models import ApiToken, Membership
from people.pages import with_current_roles
from people.permissions import can_keep_tokens
from people.services import journal
from people.services.accounts import token_hash

PREFIX = "nst_"  # says what it is to those who search for leaked secrets
MOST_DAYS = 365


@transaction.atomic
def issue(*, name: str, scopes: list[str], expires_on: dt.date, on: dt.date, by: Membership) -> str:
    """A new token, which is returned once and not kept; scopes its author may not read are refused."""
    can_keep_tokens(by).require()
    if not scopes:
        raise RuleError("Отметьте, что можно читать.", "scopes")
    if refused := [code for code in scopes if code not in SCOPES or not SCOPES[code].can(by)]:
        raise RuleError(f"Вы сами этого не читаете, поэтому доступ не выдать: {', '.join(refused)}.", "scopes")  # fmt: skip
    if not on <= expires_on <= on + dt.timedelta(days=MOST_DAYS):
        raise RuleError("Срок – не раньше сегодняшнего дня и не дольше года.", "expires_on")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        organization=by.organization, name=name, scopes=sorted(set(scopes)), token_hash=token_hash(secret),
        created_by=by, expires_on=expires_on,
    )  # fmt: skip
    token.full_clean()
    token.save()
    journal.record(by, "api_token.issued", token)
    return secret


@transaction.atomic
def revoke(token: ApiToken, *, by: Membership) -> None:
    """It stops working at once and for good."""
    can_keep_tokens(by).require()
    rows = ApiToken.objects.of(by.organization).filter(pk=token.pk, revoked_at=None)
    if not rows.update(revoked_at=timezone.now()):
        raise RuleError("Токен уже отозван. Обновите страницу.")
    journal.record(by, "api_token.revoked", token)


def find(secret: str, *, on: dt.date) -> ApiToken | None:
    """The token if it works on the day, else None (two queries, one more at the first use of a day).

    The secret is looked up by its hash, so the time of the answer tells nothing of the secrets kept.
    """
    if not secret.startswith(PREFIX):
        return None
    rows = ApiToken.objects.filter(token_hash=token_hash(secret))
    rows = rows.select_related("organization", "created_by__organization", "created_by__user")
    token = rows.prefetch_related("created_by__grants").first()
    if token is None or not token.open_on(on) or not author_still_may(token, on):
        return None
    if token.last_used_on != on:
        ApiToken.objects.filter(pk=token.pk).exclude(last_used_on=on).update(last_used_on=on)
    return token


def count_request(token: ApiToken, *, at: dt.datetime, limit: int) -> bool:
    """Take one of the `limit` requests of this minute; False when none is left.

    One statement, so that many processes at once share the limit; a cache is read and written in two and loses counts.
    """
    now = int(at.timestamp()) // 60
    free = ApiToken.objects.filter(Q(minute__lt=now) | Q(in_minute__lt=limit), pk=token.pk)
    same = Q(minute__gte=now)
    counted = Case(When(same, then=F("in_minute") + 1), default=1)
    return bool(free.update(in_minute=counted, minute=Case(When(same, then=F("minute")), default=now)))  # fmt: skip


def author_still_may(token: ApiToken, on: dt.date) -> bool:
    """Who gave it out has an account that works, keeps tokens and reads all its scopes himself on the day."""
    author = with_current_roles(token.created_by, on)
    if author.user is None or not author.user.is_active or not can_keep_tokens(author):
        return False
    return all(code in SCOPES and SCOPES[code].can(author) for code in token.scopes)
