"""Content security policy: only our own files, plus the two fixed hashes the rich-text editor needs.

Who may frame an answer is said once, by `X-Frame-Options`; browsers heed the policy, so it repeats that.
"""

import base64
import hashlib
import re
from functools import cache

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django_prose_editor.widgets import importmap

# The editor injects this one constant style element (Chromium prints the hash when it changes).
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


@cache
def importmap_hash() -> str:
    """CSP source of the editor's inline import map; without it there is no editor at all."""
    text = re.search(r"<script[^>]*>(.*)</script>", str(importmap), re.DOTALL).group(1)
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


class PortalCSPMiddleware(CSPMiddleware):
    """Adds the editor's hashes and the frame rule; django-csp takes no lazy values in its setting."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        update = dict(parts.update or {})
        update["script-src"] = [*_as_list(update.get("script-src")), importmap_hash()]
        update["style-src"] = [*_as_list(update.get("style-src")), EDITOR_STYLE_HASH]
        parts.update = update
        if response.get("X-Frame-Options") == "SAMEORIGIN":
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


def _as_list(value) -> list:
    return [value] if isinstance(value, str) else list(value or [])
