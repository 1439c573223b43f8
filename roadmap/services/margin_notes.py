"""Notes in the curator's margin of the regulation: where law is newer than the model text."""

import functools
import json

from django.conf import settings


@functools.cache
def regulation_notes() -> list[dict]:
    """Rows {"clause", "norm", "note"} of fixtures/regulation_notes.json, in the order of the clauses."""
    return json.loads(
        (settings.BASE_DIR / "fixtures/regulation_notes.json").read_text(encoding="utf-8")
    )


def notes_of(kind: str) -> list[dict]:
    return regulation_notes() if kind == "regulation" else []
