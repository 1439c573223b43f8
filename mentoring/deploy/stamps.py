"""Stamps: small files that remember what was already done, so a second start does nothing twice.

Standard library only: it is imported before the virtual environment exists.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The same variable as in the settings.
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
STAMPS = VAR / "stamps"
LOCK = ROOT / "requirements.lock"


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """SHA-256 over names and contents of the files (a folder: all inside) and the extra words."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(_files(paths)):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> set[Path]:
    found = set()
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        found.update(p for p in inside if p.is_file() and "__pycache__" not in p.parts)
    return found


def read(path: Path) -> dict:
    """The stamp's content; empty when there is none or it is broken: the work is done again."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write(path: Path, **content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
