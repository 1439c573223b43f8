"""Counting of tries that holds over any number of processes: one statement takes a try, so none is lost.

A cache is read and written in two steps, throws counters away when it is full and loses what two write at once.
"""

import hashlib
import time

from django.db.models import BigIntegerField, Case, F, IntegerField, Q, When

from people.models import Tries


def key_of(*words: str) -> str:
    return hashlib.sha256(":".join(words).encode()).hexdigest()


def take(key: str, *, limit: int, seconds: float, now: float | None = None) -> bool:
    """Take one of `limit` tries; False when none is left. The window begins with its first try."""
    now = int(time.time() if now is None else now)
    if counted(key, limit, seconds, now):
        return True
    if not Tries.objects.filter(pk=key).exists():
        Tries.objects.bulk_create([Tries(key=key)], ignore_conflicts=True)
    return counted(key, limit, seconds, now)  # also where somebody else made the row in between


def counted(key: str, limit: int, seconds: float, now: int) -> bool:
    over = Q(until__lte=now)
    free = Tries.objects.filter(over | Q(number__lt=limit), pk=key)
    return bool(free.update(
        number=Case(When(over, then=1), default=F("number") + 1, output_field=IntegerField()),
        until=Case(When(over, then=now + max(1, int(seconds))), default=F("until"), output_field=BigIntegerField()),
    ))  # fmt: skip


def is_left(key: str, *, limit: int) -> bool:
    """Whether a try could be taken now, without taking it."""
    return not Tries.objects.filter(pk=key, until__gt=int(time.time()), number__gte=limit).exists()


def give_back(key: str) -> None:
    """The try was a right one and does not count."""
    Tries.objects.filter(pk=key, number__gt=0).update(number=F("number") - 1)


def clear(key: str) -> None:
    Tries.objects.filter(pk=key).delete()


def forget(now: float) -> int:
    """Windows that are over (a part of `manage.py sweep`)."""
    return Tries.objects.filter(until__lte=int(now)).delete()[0]
