"""The front door of the public section: a kept output is sent before Django wakes up; no query, no cookie, no session.

`application` of `mentoring/wsgi.py` stands behind it. What is not kept falls through to the view, which builds it and answers by
the same `reply`, so that both ways send the same bytes.
"""

import re
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from mentoring.core.headers import COMMON
from programs.publication import variants
from programs.services import public_snapshots
from programs.services.public_outputs import HTML
from programs.services.public_snapshots import Kept

ADDRESS = re.compile(r"/p/([-\w]{1,50})/(?:v/([a-z]{4})/)?([a-z0-9_./-]{0,120})", re.ASCII)
SAFE = ("GET", "HEAD")
OK, NOT_MODIFIED = "200 OK", "304 Not Modified"


@dataclass(frozen=True)
class Asked:
    """A request to the section, read from the environment of WSGI."""

    slug: str
    variant: str
    name: str
    head: bool
    tags: str
    packed: bool


@dataclass(frozen=True)
class Reply:
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class FrontDoor:
    """WSGI application around another."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path.startswith("/p/") and (found := kept_reply(environ)):
            start_response(found.status, found.headers)
            return [found.body]
        return self.application(environ, start_response)


def kept_reply(environ: dict) -> Reply | None:
    """The answer from what is kept; None where Django must answer."""
    asked = read(environ)
    if asked is None or not secure(environ):
        return None
    kept = public_snapshots.kept(asked.slug, asked.name, time.time())
    return kept and reply(kept, asked)


def read(environ: dict) -> Asked | None:
    """None for what is no address of a section. The question mark and what follows it mean nothing here."""
    found = ADDRESS.fullmatch(environ["PATH_INFO"])
    method = environ["REQUEST_METHOD"]
    if found is None or method not in SAFE:
        return None
    slug, variant, name = found.groups()
    if ".." in name or "//" in name or (variant and variant not in variants.CODES):
        return None
    return Asked(
        slug, variant or "", name, method == "HEAD", environ.get("HTTP_IF_NONE_MATCH", ""),
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
    )  # fmt: skip


def secure(environ: dict) -> bool:
    """Django redirects to https what came without it."""
    if not settings.SECURE_SSL_REDIRECT or environ.get("wsgi.url_scheme") == "https":
        return True
    header = settings.SECURE_PROXY_SSL_HEADER
    return bool(header) and environ.get(header[0]) == header[1]


def reply(kept: Kept, asked: Asked) -> Reply | None:
    """None where a version for the visually impaired is asked of something that is no page."""
    body, packed, etag = kept.body, kept.packed, kept.etag
    if asked.variant:
        if kept.type != HTML or asked.name.startswith("embed/"):
            return None
        body, packed, etag = variants.apply(body, asked.slug, asked.variant, asked.name), b"", f"{etag}-{asked.variant}"  # fmt: skip
    if asked.packed and packed:
        body, etag, encoding = packed, f"{etag}-z", ENCODED
    else:
        encoding = []
    headers = [*standing_headers(kept.type, kept.policy), ("ETag", f'"{etag}"')]
    if asked.tags and (f'"{etag}"' in asked.tags or asked.tags == "*"):
        return Reply(NOT_MODIFIED, headers, b"")
    headers += [*encoding, ("Content-Type", kept.type), ("Content-Length", str(len(body)))]
    return Reply(OK, headers, b"" if asked.head else body)


# A picture, a paper, a feed: nothing to run, and a stricter one would stop the browser's own PDF viewer.
FILE_POLICY = "frame-ancestors 'self'"
ENCODED = [("Content-Encoding", "gzip")]


@cache
def standing_headers(type: str, policy: str) -> list[tuple[str, str]]:
    """What every answer of the kind carries; a person may stand in any of them, so each is asked for anew."""
    policy = policy or FILE_POLICY
    headers = [("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), *COMMON.items(), ("Content-Security-Policy", policy)]  # fmt: skip
    if policy.endswith("frame-ancestors 'self'"):
        headers.append(("X-Frame-Options", "SAMEORIGIN"))
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("Strict-Transport-Security", hsts()))
    return headers


def hsts() -> str:
    words = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    words += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    return "; ".join([*words, *(["preload"] if settings.SECURE_HSTS_PRELOAD else [])])
