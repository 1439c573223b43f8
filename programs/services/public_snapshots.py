"""Kept outputs of the public section: files of the host, answered without a query (GOAL 4 of the public page).

`<PUBLIC_CACHE_DIR>/<school>/<name>` (by default `<media>/public/…`) holds one line of JSON (what it is, for which day, its tag) and then the body, plain and
packed. A file counts for the day on which it was made: terms of consents and publications end by days, so the next day
begins with fresh files, and a change whose `drop` was lost with a killed process is healed that night at the latest.

Several hosts may share the disk (those that do not set PUBLIC_PAGE_SECONDS), and nobody locks anything:
- a builder opens the school's folder *before* it reads the tables and writes through that handle, into a file of its own that
  then takes the place of the old one in one step: a reader sees the old or the new, never a half;
- `drop` moves the whole folder away in one step. A builder that was at work writes into the folder that has gone, so what
  it read before the change is never served.
"""

import contextlib
import datetime as dt
import gzip
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mentoring.core.outages import FULL
from people.models import Organization

logger = logging.getLogger(__name__)
NAME = re.compile(r"(?:[a-z0-9_.-]+/)*[a-z0-9_.-]*", re.ASCII)
LONGEST = 120
PACKED = ("text/", "application/rss+xml", "application/xml")
# Bodies this small are kept in memory as well; the file is still asked about (one stat) on each request.
IN_MEMORY, MOST_IN_MEMORY = 256 * 1024, 400
_read: dict[str, tuple[tuple, "Kept"]] = {}


@dataclass(frozen=True)
class Kept:
    """An output ready to be sent. `ends_at`: seconds since 1970 from which it must be built anew."""

    type: str
    etag: str
    policy: str
    ends_at: float
    body: bytes
    packed: bytes


# ---- reading ------------------------------------------------------------------------------------------------
def root() -> str:
    """A folder of the host or of a disk that the hosts share; never a bucket: each request asks for one stat."""
    return settings.PUBLIC_CACHE_DIR or f"{settings.MEDIA_ROOT}/public"


def folder(slug: str) -> Path:
    return Path(root()) / slug


def kept(slug: str, name: str, now: float) -> Kept | None:
    """What is kept under that name and still right at that moment; one stat, the file is read once a change."""
    path = f"{root()}/{slug}/{file_name(name)}"
    try:
        state = os.stat(path)
    except OSError:
        return None
    mark = (state.st_ino, state.st_mtime_ns, state.st_size)
    known = _read.get(path)
    if known is None or known[0] != mark:
        found = read(path)
        if found is None:
            return None
        known = remember(path, mark, found)
    return known[1] if now < known[1].ends_at else None


def file_name(name: str) -> str:
    """Names of pages hold slashes, one folder holds all files: «news/5/» is «news,5,»."""
    return "," + name.replace("/", ",")


def read(path: str) -> Kept | None:
    """None for a file of another release of the portal or one that a crash left unfinished."""
    try:
        head, _, rest = Path(path).read_bytes().partition(b"\n")
        meta = json.loads(head)
    except (OSError, ValueError):
        return None
    if meta["release"] != release() or len(rest) != meta["size"] + meta["packed"]:
        return None
    return Kept(meta["type"], meta["etag"], meta["policy"], meta["ends_at"], rest[: meta["size"]], rest[meta["size"] :])  # fmt: skip


def remember(path: str, mark: tuple, found: Kept) -> tuple[tuple, Kept]:
    if len(found.body) <= IN_MEMORY:
        if len(_read) >= MOST_IN_MEMORY:
            _read.clear()
        _read[path] = (mark, found)
    return mark, found


@cache
def release() -> str:
    """Fingerprint of what pages are drawn with: files of another release are not served."""
    places = [
        "templates/public",
        "templates/base_public.html",
        "static/css/public.css",
        "static/js/frame.js",
    ]
    files = sorted(
        file for place in places for file in [settings.BASE_DIR / place, *(settings.BASE_DIR / place).rglob("*")] if file.is_file()
    )  # fmt: skip
    digest = hashlib.sha256(settings.PUBLIC_URL.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


# ---- writing ------------------------------------------------------------------------------------------------
def pack(body: bytes, *, type: str, policy: str, on: dt.date) -> Kept:
    """An output of that day, with its tag and its packed form where packing pays."""
    packed = gzip.compress(body, 6, mtime=0) if type.startswith(PACKED) else b""
    tomorrow = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), tzinfo=timezone.get_default_timezone())  # fmt: skip
    etag = hashlib.sha256(body + policy.encode()).hexdigest()[:20]
    return Kept(type, etag, policy, min(tomorrow.timestamp(), believed_until()), body, packed)


def believed_until() -> float:
    """`PUBLIC_PAGE_SECONDS`: on hosts that share no disk a withdrawn consent reaches the others when their pages have aged."""
    seconds = settings.PUBLIC_PAGE_SECONDS
    return time.time() + seconds if seconds else float("inf")


@contextlib.contextmanager
def building(slug: str) -> Iterator[int | None]:
    """Handle of the school's folder: to be taken before the first row is read; None where the disk is full."""
    path, handle = folder(slug), None
    while True:
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            break
        except (FileNotFoundError, FileExistsError):
            # Dropped between two steps: gone when it is opened, or gone just after mkdir had found it there.
            if path.is_file():
                raise
        except OSError as error:
            if error.errno not in FULL:
                raise
            break
    try:
        yield handle
    finally:
        if handle is not None:
            os.close(handle)


def keep(handle: int | None, name: str, output: Kept) -> None:
    """The last writer wins; a folder dropped meanwhile takes the file with it.

    On a full disk nothing is kept and the reader still gets the page.
    """
    if handle is None:
        return
    meta = {
        "type": output.type, "etag": output.etag, "policy": output.policy, "ends_at": output.ends_at,
        "release": release(), "size": len(output.body), "packed": len(output.packed),
    }  # fmt: skip
    content = json.dumps(meta).encode() + b"\n" + output.body + output.packed
    temporary = f".{secrets.token_hex(8)}"
    try:
        new = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=handle)
        with open(new, "wb") as file:
            file.write(content)
        os.replace(temporary, file_name(name), src_dir_fd=handle, dst_dir_fd=handle)
    except FileNotFoundError:
        pass  # the folder was dropped meanwhile
    except OSError as error:
        if error.errno not in FULL:
            raise
        logger.error("%s is not kept: the disk is full", name)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=handle)


# ---- dropping -----------------------------------------------------------------------------------------------
def drop(organization: Organization) -> None:
    """Make every kept output of the school invalid: at once, and again when the change is committed.

    The second time counts. The first one narrows what a process killed right after its commit could leave behind.
    """
    slug = organization.slug
    forget(slug)
    transaction.on_commit(lambda: forget(slug))


def forget(slug: str) -> None:
    """A disk that refuses is an error that somebody must see: what it holds may no longer be shown."""
    away = folder(slug).with_name(f".{slug}-{secrets.token_hex(8)}")
    with contextlib.suppress(FileNotFoundError):
        folder(slug).rename(away)
        shutil.rmtree(away, ignore_errors=True)
