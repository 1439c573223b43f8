"""What `/readyz` says: may this process get requests? Nothing secret, no session, answers kept for some seconds."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from mentoring.portal.state.safety import pending_migrations

KEPT_SECONDS = 3  # anybody may ask, and a bucket wants money for each question
_kept: dict[str, tuple[float, bool]] = {}


def answers() -> dict[str, str]:
    """Part → "ok" or "no"; without a database nothing else is asked."""
    found = {"database": said("database", database)}
    if found["database"] == "ok":
        found |= {name: said(name, ask) for name, ask in PARTS.items()}
    return found


def said(name: str, ask: Callable[[], bool]) -> str:
    at, good = _kept.get(name, (0.0, False))
    if not at or time.monotonic() - at > KEPT_SECONDS:
        try:
            good = ask()
        except Exception:  # whatever it is, the part does not answer
            good = False
        _kept[name] = (time.monotonic(), good)
    return "ok" if good else "no"


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations() -> bool:
    return not pending_migrations()


def storage() -> bool:
    """A folder can be written to; a bucket answers whether it has an object."""
    if isinstance(default_storage, FileSystemStorage):
        place = Path(settings.MEDIA_ROOT)
        place.mkdir(parents=True, exist_ok=True)
        return os.access(place, os.W_OK)
    default_storage.exists("readyz")
    return True


def shared_cache() -> bool:
    """The table of the cache is made by `createcachetable`; without it nobody could sign in."""
    ask_cache("readyz")
    return True


def ask_cache(key: str):
    return cache.get(key)


PARTS = {"migrations": migrations, "storage": storage, "cache": shared_cache}
