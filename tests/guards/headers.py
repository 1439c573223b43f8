"""What is wrong with the headers and the markup of an answer; asked of every answer the guards get."""

import base64
import hashlib
import re

from mentoring.core.headers import COMMON

TAG = re.compile(r"<([a-z][a-z0-9-]*)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
HANDLER = re.compile(r"(?:^|\s)(on[a-z]+|style)\s*=", re.IGNORECASE)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "http:", "https:", "*", "blob:")


def faults_of(answer, text: str = "") -> list[str]:
    """`text`: the HTML of the answer, empty for a file."""
    found = [name for name, value in COMMON.items() if answer.get(name) != value]
    if "Cache-Control" not in answer:
        found.append("Cache-Control")
    policy = answer.get("Content-Security-Policy", "")
    return found + policy_faults(answer) + markup_faults(text, policy)


def directives(policy: str) -> dict[str, list[str]]:
    rows = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in rows}


def policy_faults(answer) -> list[str]:
    """No looser than our own files; whoever may frame is «nobody» or «we», in both headers alike."""
    rules = directives(answer.get("Content-Security-Policy", ""))
    found = []
    if answer.get("Content-Type", "").startswith("text/html") and "default-src" not in rules:
        found.append("no policy for a page")
    for name, sources in rules.items():
        if name != "frame-ancestors":
            found += [f"{name} {source}" for source in sources if source in LOOSE]
    framed = rules.get("frame-ancestors")
    agreed = {("'none'",): "DENY", ("'self'",): "SAMEORIGIN"}
    if "sandbox" not in rules and framed is None:
        found.append("no frame rule")
    elif tuple(framed or ()) in agreed and answer.get("X-Frame-Options", "DENY") != agreed[tuple(framed)]:  # fmt: skip
        found.append("two frame rules")
    return found


def markup_faults(text: str, policy: str = "") -> list[str]:
    """Attributes, styles and scripts that the policy would stop: they are dead weight or a hole."""
    found = []
    for name, attributes in TAG.findall(text):
        for attribute in HANDLER.findall(QUOTED.sub('""', attributes)):
            found.append(f"<{name} {attribute}>")
        if name.lower() == "style":
            found.append("<style>")
    for attributes, body in SCRIPT.findall(text):
        if not body.strip() or "src=" in attributes or 'type="application/json"' in attributes:
            continue
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            found.append(f"<script> {body.strip()[:40]}")
    return found
